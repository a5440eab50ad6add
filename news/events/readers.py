"""Who reads of an event: whoever belongs to the place, if it is for such as them."""

from django.db.models import Q

from portal.models import Employment
from residents.models import Resident

Role = Employment.Role
NOTHING = Q(pk__in=[])


def read_by(user):
    """The events of the places where the user belongs today, as a condition.

    Residents and their relatives belong to the department where the resident lives.
    Staff belong to theirs; those without one (the centre manager, the relatives'
    adviser) to all of the home.
    """
    return _as_staff(user) | _as_resident(user) | _as_relative(user)


def _at(homes, departments):
    # The home first, for it has an index in the order of the events.
    return Q(home__in=homes) & (Q(department=None) | Q(department__in=departments))


def _as_staff(user):
    homes, departments, whole_homes = set(), set(), set()
    for job in user.employments_in_force:
        homes.add(job.home_id)
        if job.department_id:
            departments.add(job.department_id)
        else:
            whole_homes.add(job.home_id)
    if not homes:
        return NOTHING
    return _at(homes, departments) | Q(home__in=whole_homes)


def _as_resident(user):
    oneself = getattr(user, "resident", None)
    if not oneself or oneself.has_moved_out:
        return NOTHING
    return Q(for_residents=True) & _at([oneself.home_id], [oneself.department_id])


def _as_relative(user):
    if not getattr(user, "relative", None):
        return NOTHING
    theirs = (
        Resident.objects.order_by()
        .living_here()
        .in_sight_of(user)
        .filter(relations__relative__user=user, relations__ended_at=None)
    )
    return Q(for_relatives=True) & _at(
        theirs.values("home"), theirs.values("department")
    )


def edited_by(user):
    """What the user may still change: as a manager all versions, else one's own drafts."""
    edited = NOTHING
    for job in user.employments_in_force:
        if job.role == Role.CENTRE_MANAGER:
            edited |= Q(home=job.home_id)
        elif job.role == Role.MANAGER:
            edited |= Q(department=job.department_id)
        elif job.role == Role.CARE:
            edited |= Q(department=job.department_id, author=user, published_at=None)
    return edited
