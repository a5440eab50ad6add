"""Who may do what to the home itself: its texts, its departments, its staff."""

from portal import rooms
from portal.models import Employment

Role = Employment.Role
# Who answers for how the home handles personal data, or for that it is kept safe.
ANSWERS_FOR_DATA = (Role.CENTRE_MANAGER, Role.SYSTEM)


def handles_staff(user):
    """Manages somebody: a department's care workers, or the whole home."""
    return any(job.is_manager for job in user.employments_in_force)


def roles_to_give(user, home):
    """The roles that the user may employ somebody as."""
    return list(Role) if user.runs(home) else [Role.CARE]


def departments_to_staff(user, home):
    """The open departments that the user may employ somebody in."""
    if user.runs(home):
        return home.departments.open()
    managed = [
        job.department_id
        for job in user.employments_in_force
        if job.role == Role.MANAGER and job.home_id == home.pk
    ]
    return home.departments.open().filter(pk__in=managed)


def can_end_employment(user, job):
    """A department manager ends what a department manager may begin."""
    if user.runs(job.home):
        return True
    return job.role == Role.CARE and user.manages(job.department)


def can_change_person(user, person):
    """Correct name and e-mail, or forget a lost telephone: the whole log-in is at stake.

    So it takes whoever runs every home where the log-in opens something: who changes the
    address in one home would else come into another by it.
    """
    jobs = person.employments.select_related("home")
    homes = {job.home for job in jobs if not job.is_over} | rooms.homes_beside_work(
        person
    )
    return any(user.runs(job.home) for job in jobs) and all(map(user.runs, homes))


def answers_for_data(user):
    """The home whose handling of personal data the user answers for, or None.

    The data protection officer does too, who has no other job in it.
    """
    jobs = user.employments_in_force
    homes = [job.home for job in jobs if job.role in ANSWERS_FOR_DATA]
    return next(iter([*homes, *user.homes_protected]), None)
