"""Who reads what: house news by where one belongs, glimpses by what residents share."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from portal.models import Department, Employment, User
from relatives.models import Relation, Relative
from residents.access import readers_by_topic
from residents.models import Resident
from residents.topics import Topic

Role = Employment.Role
NOTHING = Q(pk__in=[])


def read_by(user):
    """House news for the places where the user belongs today, as a condition.

    Residents and their relatives belong to the department where the resident lives.
    Staff belong to theirs; those without one (the centre manager, the relatives'
    adviser) to all of the home.
    """
    return _as_staff(user) | _as_resident(user) | _as_relative(user)


def _for(homes, departments):
    # The home first, for it has an index in the order of the news.
    return Q(home__in=homes) & (Q(whole_home=True) | _told_in(departments))


def _told_in(departments):
    """As EXISTS, for a join would show news for two departments twice."""
    return Q(Exists(_places().filter(department__in=departments)))


def _told_beyond(departments):
    return Q(whole_home=True) | Q(Exists(_places().exclude(department__in=departments)))


def _places():
    return Department.news.through.objects.filter(newsitem=OuterRef("pk"))


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
    return _for(homes, departments) | Q(home__in=whole_homes)


def _as_resident(user):
    if not is_resident(user):
        return NOTHING
    oneself = user.resident
    return Q(for_residents=True) & _for({oneself.home_id}, {oneself.department_id})


def _as_relative(user):
    if not getattr(user, "relative", None):
        return NOTHING
    theirs = (
        Resident.objects.order_by()
        .living_here()
        .in_sight_of(user)
        .filter(relations__relative__user=user, relations__ended_at=None)
    )
    return Q(for_relatives=True) & _for(
        theirs.values("home"), theirs.values("department")
    )


def edited_by(user):
    """What the user may still change: as a manager all versions, else one's own drafts.

    What is also for departments that are not theirs is not theirs to change.
    """
    homes, managed, worked_in = set(), set(), set()
    for job in user.employments_in_force:
        if job.role == Role.CENTRE_MANAGER:
            homes.add(job.home_id)
        elif job.role in Employment.AT_A_DEPARTMENT:
            worked_in.add(job.department_id)
            if job.role == Role.MANAGER:
                managed.add(job.department_id)
    edited = Q(home__in=homes)
    if managed:
        edited |= _told_in(managed) & ~_told_beyond(managed)
    if worked_in:
        own = Q(author=user, published_at=None)
        edited |= own & _told_in(worked_in) & ~_told_beyond(worked_in)
    return edited


def is_resident(user):
    """Somebody who lives here and reads with a log-in of their own."""
    oneself = getattr(user, "resident", None)
    return bool(oneself) and not oneself.has_moved_out


@dataclass(frozen=True)
class Readers:
    """How many a piece of house news reaches, and how many it does not reach yet."""

    relatives: int
    residents: int
    staff: int
    # Relatives and residents without a log-in.
    without_login: int


def people(item):
    """Those for whom `read_by` holds and who can log in, as users."""
    return User.objects.filter(
        Q(pk__in=residents_of(item).values("user"))
        | Q(pk__in=relatives_of(item).values("user"))
        | Q(pk__in=staff_of(item).values("pk")),
        is_active=True,
    )


def readers(item):
    """Those for whom `read_by` holds, counted. Asked before anything is published."""
    relatives, residents = relatives_of(item), residents_of(item)
    let_in = Q(user__is_active=True)
    with_login = relatives.filter(let_in).count(), residents.filter(let_in).count()
    return Readers(
        relatives=with_login[0],
        residents=with_login[1],
        staff=staff_of(item).count(),
        without_login=relatives.count() + residents.count() - sum(with_login),
    )


def relatives_of(item):
    """Those it is for, also without a log-in."""
    if not item.for_relatives:
        return Relative.objects.none()
    standing = Relation.objects.standing().filter(resident__in=living_there(item))
    return Relative.objects.filter(pk__in=standing.values("relative"))


def residents_of(item):
    return living_there(item) if item.for_residents else Resident.objects.none()


def staff_of(item):
    """Everybody who works there today; those without a department belong to them all."""
    jobs = Employment.objects.in_force().filter(home=item.home, user__is_active=True)
    if not item.whole_home:
        jobs = jobs.filter(Q(department__in=item.places) | Q(department=None))
    return jobs.people()


def living_there(item):
    """The residents whose departments it is for, whether or not it is for them."""
    residents = Resident.objects.living_here().filter(department__home=item.home)
    if not item.whole_home:
        residents = residents.filter(department__in=item.places)
    return residents


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
