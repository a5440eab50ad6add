"""Whom do I turn to? From the organisation as it stands today: step by step upwards.

Source: 001 ("informerer pårørende om ledelsens rolle og ansvar på forskellige niveauer"),
000 ("Ledelsen skal være engageret, tilgængelig og synlig").
"""

from dataclasses import dataclass

from django.db.models import Q

from knowledge import audience
from knowledge import steps as steps_of
from knowledge.models.turning import SHOWN, Guide, departments_of_family
from portal.models import Department, Employment, Home
from residents import ledger
from residents.models import Grant, Resident


@dataclass(frozen=True)
class Ladder:
    """All steps of one home."""

    home: Home
    steps: list[steps_of.Step]
    complaints: str = ""
    can_edit: bool = False


def jobs_shown(homes):
    """The jobs of those whom everybody who belongs to the homes may turn to."""
    return (
        Employment.objects.lasting()
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


def of_home(home, departments):
    """The steps that are the same for everybody in these departments, for a paper."""
    jobs = list(jobs_shown([home.pk]))
    guide = Guide.objects.filter(home=home).first()
    found = [
        steps_of.places(home, departments),
        steps_of.managers(jobs, departments),
        steps_of.centre_manager(jobs),
        steps_of.authority(guide),
        steps_of.adviser(jobs),
    ]
    return [step for step in found if step]


def departments_of(user, home):
    """Those of the home that concern the user."""
    return [one for one in _departments(user) if one.home_id == home.pk]


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
    of_work = [job.home_id for job in user.employments_in_force]
    return list(
        Department.objects.open()
        .filter(Q(pk__in=departments_of_family(user)) | Q(home__in=of_work))
        .distinct()
    )


def _ladder(home, jobs, guide, *, user, residents, departments):
    found = [
        steps_of.contact_persons(residents),
        steps_of.places(home, departments),
        steps_of.managers(jobs, departments, user),
        steps_of.centre_manager(jobs, user),
        steps_of.authority(guide),
        steps_of.adviser(jobs, user),
    ]
    return Ladder(
        home,
        [step for step in found if step],
        complaints=guide.complaints if guide else "",
        can_edit=user.runs(home),
    )
