"""The levels of a home, one by one: what each answers for, and when to go further."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge import policy
from portal import pictures
from portal.models import Employment

Role = Employment.Role


@dataclass(frozen=True)
class Person:
    name: str
    what: str = ""
    phone: str = ""
    hours: str = ""
    words: str = ""
    portrait: str = ""
    edit: str = ""


@dataclass(frozen=True)
class Step:
    """One level: what it answers for, who that is, and when to go further."""

    heading: str
    about: str
    people: list[Person] = field(default_factory=list)
    further: str = ""
    url: str = ""
    # Beside the steps: somebody one can always ask.
    is_beside: bool = False


def contact_persons(residents):
    people = [
        Person(
            str(one.contact_person),
            _("Contact person for %(name)s") % {"name": one.short_name},
        )
        for one in residents
        if one.contact_person
    ]
    if not people:
        return None
    return Step(
        _("The contact person"),
        _("Everyday life: how it goes, clothes, visits, trips, small wishes."),
        people,
        _("Is the contact person off today? Then talk with the department."),
    )


def places(home, departments):
    people = [
        Person(str(one), phone=one.phone or home.phone, hours=home.opening_hours)
        for one in departments
    ]
    if not people:
        return None
    return Step(
        _("The department"),
        _("Messages for today, illness, questions that cannot wait."),
        people,
        _("Is it about how we work together? Then ask the department's manager."),
    )


def managers(jobs, departments, user=None):
    ours = {one.pk for one in departments}
    people = [
        _person(job, user, str(job.department))
        for job in jobs
        if job.role == Role.MANAGER and job.department_id in ours
    ]
    if not people:
        return None
    return Step(
        _("The department's manager"),
        _(
            "Answers for the help in the department, for its staff, and for what we agree."
        ),
        people,
        _("Do you not agree in the end? Then go to the centre manager."),
    )


def centre_manager(jobs, user=None):
    people = [_person(job, user, "") for job in jobs if job.role == Role.CENTRE_MANAGER]
    if not people:
        return None
    return Step(
        _("The centre manager"),
        _(
            "Answers for the whole home: money, safety, staff, and that the law is kept."
        ),
        people,
        _("Is it about the place or the help that was granted? Ask the municipality."),
    )


def authority(guide):
    if guide is None:
        return None
    return Step(
        _("The municipality"),
        _("Decides who gets a place and which help. It gets complaints about it too."),
        [Person(guide.authority, phone=guide.phone, hours=guide.hours)],
        url=guide.url,
    )


def adviser(jobs, user=None):
    people = [_person(job, user, "") for job in jobs if job.role == Role.ADVISER]
    if not people:
        return None
    return Step(
        _("The relatives' adviser"),
        _("Listens, knows the rules, and can help you on. You can always ask."),
        people,
        is_beside=True,
    )


def _person(job, user, where):
    """Somebody at work here, with what they say about themselves; to nobody, on paper."""
    said = getattr(job, "presentation", None)
    portrait = getattr(said, "portrait", None)
    edit = ""
    if user and policy.can_present(user, job):
        edit = reverse("knowledge:present", args=[job.uuid])
    return Person(
        str(job.user),
        where,
        phone=said.phone if said else "",
        hours=said.hours if said else "",
        words=said.words if said else "",
        portrait=_address(portrait, user) if portrait and user else "",
        edit=edit,
    )


def _address(portrait, user):
    where = reverse("knowledge:portrait", args=[portrait.uuid])
    return f"{where}?key={pictures.key(portrait, user)}"
