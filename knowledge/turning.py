"""Whom do I turn to? From the organisation as it stands today: step by step upwards.

Source: 001 ("informerer pårørende om ledelsens rolle og ansvar på forskellige niveauer"),
000 ("Ledelsen skal være engageret, tilgængelig og synlig").
"""

from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge import audience, policy
from knowledge.models.turning import SHOWN, Guide
from portal import pictures
from portal.models import Department, Employment, Home
from residents import ledger
from residents.models import Grant, Resident

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


@dataclass(frozen=True)
class Ladder:
    """All steps of one home."""

    home: Home
    steps: list[Step]
    complaints: str = ""
    can_edit: bool = False


def jobs_shown(homes):
    """The jobs of those whom everybody who belongs to the homes may turn to."""
    return (
        Employment.objects.in_force()
        .filter(home__in=homes, role__in=SHOWN, user__is_active=True)
        .select_related("user", "home", "department", "presentation__portrait")
        .order_by("department__name", "user__name", "pk")
    )


def ladders(user):
    """One for each home where the user belongs."""
    numbers = audience.homes_of(user)
    homes = Home.objects.in_bulk(numbers)
    jobs = list(jobs_shown(numbers))
    guides = {guide.home_id: guide for guide in Guide.objects.filter(home__in=numbers)}
    own = _own_residents(user)
    ours = _departments(user)
    return [
        _ladder(
            homes[number],
            [job for job in jobs if job.home_id == number],
            guides.get(number),
            user=user,
            residents=[one for one in own if one.home_id == number],
            departments=[one for one in ours if one.home_id == number],
        )
        for number in numbers
    ]


def _own_residents(user):
    """Oneself, and those who share something with the user: they may be named here."""
    shared = Grant.objects.of(user).values("content_object")
    residents = list(
        Resident.objects.visible_to(user)
        .filter(pk__in=shared)
        .living_here()
        .select_related("contact_person")
    )
    ledger.read(user, residents)
    return residents


def _departments(user):
    """Where the user's own live, also those who share nothing; all of them for staff."""
    of_own = (
        Resident.objects.order_by()
        .living_here()
        .in_sight_of(user)
        .filter(
            Q(relations__relative__user=user, relations__ended_at=None)
            | Q(pk__in=Resident.objects.of(user).values("pk"))
        )
    )
    of_work = [job.home_id for job in user.employments_in_force]
    return list(
        Department.objects.open()
        .filter(Q(pk__in=of_own.values("department")) | Q(home__in=of_work))
        .distinct()
    )


def _ladder(home, jobs, guide, *, user, residents, departments):
    steps = [
        _contact_persons(residents),
        _places(home, departments),
        _managers(jobs, departments, user),
        _centre_manager(jobs, user),
        _authority(guide),
        _adviser(jobs, user),
    ]
    return Ladder(
        home,
        [step for step in steps if step],
        complaints=guide.complaints if guide else "",
        can_edit=user.runs(home),
    )


def _contact_persons(residents):
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


def _places(home, departments):
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


def _managers(jobs, departments, user):
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


def _centre_manager(jobs, user):
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


def _authority(guide):
    if guide is None:
        return None
    return Step(
        _("The municipality"),
        _("Decides who gets a place and which help. It gets complaints about it too."),
        [Person(guide.authority, phone=guide.phone, hours=guide.hours)],
        url=guide.url,
    )


def _adviser(jobs, user):
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
    """Somebody at work here, with what they say about themselves."""
    said = getattr(job, "presentation", None)
    portrait = getattr(said, "portrait", None)
    edit = ""
    if policy.can_present(user, job):
        edit = reverse("knowledge:present", args=[job.uuid])
    return Person(
        str(job.user),
        where,
        phone=said.phone if said else "",
        hours=said.hours if said else "",
        words=said.words if said else "",
        portrait=_address(portrait, user) if portrait else "",
        edit=edit,
    )


def _address(portrait, user):
    where = reverse("knowledge:portrait", args=[portrait.uuid])
    return f"{where}?key={pictures.key(portrait, user)}"
