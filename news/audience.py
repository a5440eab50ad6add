"""Who reads what: house news by where one belongs, glimpses by what residents share."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from portal.models import Employment, User
from relatives.models import Relation, Relative
from residents.access import readers_by_topic
from residents.models import Resident
from residents.topics import Topic

Role = Employment.Role


def read_by(user):
    """House news for the places where the user belongs today, as a condition.

    Residents and their relatives belong to the department where the resident lives.
    Staff belong to theirs; those without one (the centre manager, the relatives'
    adviser) to all of the home.
    """
    homes, departments, whole_homes = set(), set(), set()
    for job in user.employments_in_force:
        homes.add(job.home_id)
        if job.department_id:
            departments.add(job.department_id)
        else:
            whole_homes.add(job.home_id)
    oneself = getattr(user, "resident", None)
    if oneself and not oneself.has_moved_out:
        homes.add(oneself.home_id)
        departments.add(oneself.department_id)
    return (
        Q(department__in=departments)
        | Q(department=None, home__in=homes)
        | Q(home__in=whole_homes)
        | _as_relative(user)
    )


def _as_relative(user):
    if not getattr(user, "relative", None):
        return Q(pk__in=[])
    theirs = (
        Resident.objects.order_by()
        .living_here()
        .in_sight_of(user)
        .filter(relations__relative__user=user, relations__ended_at=None)
    )
    # The home first, for it has an index in the order of the news.
    return Q(home__in=theirs.values("home")) & (
        Q(department=None) | Q(department__in=theirs.values("department"))
    )


def edited_by(user):
    """What the user may still change: as a manager all versions, else one's own drafts."""
    edited = Q(pk__in=[])
    for job in user.employments_in_force:
        if job.role == Role.CENTRE_MANAGER:
            edited |= Q(home=job.home_id)
        elif job.role == Role.MANAGER:
            edited |= Q(department=job.department_id)
        elif job.role == Role.CARE:
            edited |= Q(department=job.department_id, author=user, published_at=None)
    return edited


@dataclass(frozen=True)
class Readers:
    """How many a piece of house news reaches, and how many it does not reach yet."""

    relatives: int
    residents: int
    staff: int
    # Relatives and residents without a log-in.
    without_login: int


def people(home, department=None):
    """Those for whom `read_by` holds and who can log in, as users."""
    residents, relatives, jobs = _those_of(home, department)
    return User.objects.filter(
        Q(pk__in=residents.values("user"))
        | Q(pk__in=relatives.values("user"))
        | Q(pk__in=jobs.values("user")),
        is_active=True,
    )


def _those_of(home, department):
    """Who belongs there today: residents, their relatives, and jobs."""
    residents = Resident.objects.living_here().filter(department__home=home)
    jobs = Employment.objects.in_force().filter(home=home, user__is_active=True)
    if department:
        residents = residents.filter(department=department)
        jobs = jobs.filter(Q(department=department) | Q(department=None))
    relatives = Relative.objects.filter(
        pk__in=Relation.objects.standing()
        .filter(resident__in=residents)
        .values("relative")
    )
    return residents, relatives, jobs


def readers(home, department=None):
    """The same counted, and those without a log-in. Asked before anything is published."""
    residents, relatives, jobs = _those_of(home, department)
    let_in = Q(user__is_active=True)
    with_login = relatives.filter(let_in).count(), residents.filter(let_in).count()
    return Readers(
        relatives=with_login[0],
        residents=with_login[1],
        staff=User.objects.filter(pk__in=jobs.values("user")).count(),
        without_login=relatives.count() + residents.count() - sum(with_login),
    )


def seers(resident):
    """Who will see something written about the resident now: topic to names and kinds.

    The resident is not among them; staff who care for the resident see it all.
    """
    kinds = _relatives_of(resident)
    return {
        topic: sorted(kinds[user] for user in users if user in kinds)
        for topic, users in readers_by_topic(resident).items()
    }


def _relatives_of(resident):
    """Those who can log in: user's number to name and kind."""
    return {
        relation.relative.user_id: (
            f"{relation.relative.given_name} ({relation.get_kind_display()})"
        )
        for relation in Relation.objects.standing()
        .filter(resident=resident, relative__user__isnull=False)
        .select_related("relative")
    }


@dataclass(frozen=True)
class PhotoAudience:
    """Which of a resident's relatives see a photograph, and why the others do not."""

    resident: Resident
    see: list
    # Pairs: who, and why not.
    do_not: list


def of_photos(resident, *, also=(), topic=None):
    """Who will see photographs of the resident, in which others (`also`) can be seen too.

    Without a topic: as far as the topic of the text is open to them as well.
    """
    opened = readers_by_topic(resident)
    lets = opened.get(Topic.PHOTOS, set())
    others = {one: readers_by_topic(one).get(Topic.PHOTOS, set()) for one in also}
    audience = PhotoAudience(resident, [], [])
    for user, name in sorted(_relatives_of(resident).items(), key=lambda one: one[1]):
        closed = [one for one, users in others.items() if user not in users]
        if user not in lets:
            audience.do_not.append((name, _("no consent for photos")))
        elif topic and user not in opened.get(topic, ()):
            audience.do_not.append((name, _("no consent for what the text is about")))
        elif closed:
            names = get_text_list([one.short_name for one in closed], _("and"))
            why = _("no consent for photos from %(names)s") % {"names": names}
            audience.do_not.append((name, why))
        else:
            audience.see.append(name)
    return audience
