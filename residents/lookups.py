"""Looking something up in the access log: by those who protect a home's data or run it.

Each look is kept with its reason. Names of residents are read past the wall, which shows
those who protect the data no resident: as names in the log, and nothing else of them.
"""

from django.db import transaction
from django.db.models import Count, Max, Min, Q

from portal import audit, walls
from portal.models import Employment, User
from residents.models import AccessEvent, Lookup, Resident


def home_of(user):
    """The home whose logs the user may look into, or None."""
    if user.homes_protected:
        return user.homes_protected[0]
    role = Employment.Role.CENTRE_MANAGER
    jobs = [job for job in user.employments_in_force if job.role == role]
    return jobs[0].home if jobs else None


@transaction.atomic
def look(*, uuid, home, kind, by, **asked):
    """Write down what is looked up, and why. The same uuid is the same look."""
    lookup, is_new = Lookup.objects.get_or_create(
        uuid=uuid, defaults={"home": home, "kind": kind, "by": by, **asked}
    )
    if is_new:
        audit.record("log.looked_up", by=by, about=lookup, kind=kind)
        if lookup.resident_id:
            about(by, [lookup.resident_id])
    return lookup


def about(user, residents):
    """The user reads in the log about these residents, and so stands in it too."""
    home = home_of(user)
    jobs = [job for job in user.jobs_today if job.home_id == home.pk]
    places = _places(home, residents)
    return AccessEvent.objects.bulk_create(
        AccessEvent(
            user=user,
            capacity=jobs[0].role,
            resident_id=number,
            department_id=places[number],
            way=AccessEvent.Way.PORTAL,
            among=len(places),
            purpose=AccessEvent.Purpose.OVERSIGHT,
            ground=AccessEvent.Ground.EMPLOYMENT,
            ground_id=jobs[0].pk,
        )
        for number in sorted(places)
    )


def _places(home, residents):
    with walls.set_aside():
        rows = Resident.objects.filter(home=home, pk__in=set(residents))
        return dict(rows.values_list("pk", "department_id"))


def names(home, residents):
    """The names of these residents of the home, by their numbers."""
    with walls.set_aside():
        rows = Resident.objects.filter(home=home, pk__in=set(residents))
        return {
            pk: f"{given} {family}".strip()
            for pk, given, family in rows.values_list("pk", "given_name", "family_name")
        }


def residents_called(home, words):
    """The numbers and names of residents whose name has all of these words, at most ten."""
    asked = Q()
    for word in words.split()[:5]:
        asked &= Q(given_name__icontains=word) | Q(family_name__icontains=word)
    with walls.set_aside():
        rows = Resident.objects.filter(asked, home=home).order_by("given_name", "pk")
        return {
            pk: f"{given} {family}".strip()
            for pk, given, family in rows.values_list(
                "pk", "given_name", "family_name"
            )[:10]
        }


def people_of(home):
    """The numbers of everybody who has or had a log-in for the home's sake."""
    with walls.set_aside():
        staff = Employment.objects.filter(home=home).values_list("user", flat=True)
        residents = Resident.objects.filter(home=home).exclude(user=None)
        relatives = User.objects.filter(relative__relations__resident__home=home)
        return {
            *staff,
            *residents.values_list("user", flat=True),
            *relatives.values_list("pk", flat=True),
        }


def people_called(home, words):
    """Those of the home's people whose name has all of these words, at most ten."""
    asked = Q()
    for word in words.split()[:5]:
        asked &= Q(name__icontains=word)
    rows = User.objects.filter(asked, pk__in=people_of(home)).order_by("name", "pk")
    return dict(rows.values_list("pk", "name")[:10])


def found(lookup, user):
    """The rows of the access log that answer it, for as much of it as the user may read."""
    rows = AccessEvent.objects.visible_to(user).filter(
        at__gte=lookup.from_at, at__lt=lookup.until_at
    )
    rows = (
        rows.filter(resident=lookup.resident_id)
        if lookup.kind == Lookup.Kind.SAW
        else rows.filter(user=lookup.person_id)
    )
    if lookup.way:
        rows = rows.filter(way=lookup.way)
    if lookup.topic:
        rows = rows.filter(topic=lookup.topic)
    return rows.order_by("-at", "-pk")


def people_in(rows):
    """Who stands in these rows, how often, first and last."""
    return (
        rows.order_by()
        .values("user", "user__name", "capacity")
        .annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
        .order_by("-times", "user__name")
    )


def residents_in(rows):
    """Which residents stand in these rows, how often, first and last."""
    return (
        rows.exclude(resident=None)
        .order_by()
        .values("resident_id")
        .annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
        .order_by("-times", "resident_id")
    )
