"""To whom there is such a meeting, and what opens it to them."""

from django.db import models
from django.db.models import Q

from meetings.models.accepted import invitations_to_meetings
from portal import clock
from portal.models import Department
from residents.access import workplaces
from residents.models import Resident


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those at work, and those to which the user is invited at this instant."""
        return self.filter(_at_work(user) | _as_guest(user))

    def at_work_of(self, user):
        """About residents the user cares for, and those of the places they work in."""
        return self.filter(_at_work(user))

    def for_guest(self, user):
        """What one is invited to as relative or resident, wherever one works.

        A relative's meeting about a resident only while the resident accepts them there.
        """
        return self.filter(_as_guest(user))

    def open_to(self, user):
        """Those for many to which everybody is invited where the user belongs."""
        return self.filter(belongs_to(_places(user)), invited_at__isnull=False)

    def planned(self):
        return self.filter(status="planned")

    def with_people(self):
        return self.select_related(
            "resident__department__home",
            "resident__contact_person",
            "home",
            "department",
            "chair",
            "minute_taker",
        )


def belongs_to(departments, home="home", department="department"):
    """Meetings for many at these departments, or at the whole of their home."""
    homes = Department.objects.filter(pk__in=departments).values("home")
    return Q(resident=None) & (
        Q(**{f"{department}__in": departments})
        | Q(**{department: None, f"{home}__in": homes})
    )


def _at_work(user):
    places = workplaces(user)
    return Q(resident__department__in=places) | belongs_to(places)


def named(user):
    """Those about one to which the user may be invited: whether accepted is asked after."""
    mine = Q(participants__relation__relative__user=user) | Q(resident__user=user)
    return mine & Q(resident__isnull=False)


def _as_guest(user):
    told = Q(invited_at__isnull=False)
    invited = invitations_to_meetings(user)
    own = Q(resident__in=Resident.objects.of(user).values("pk"))
    return told & (
        Q(pk__in=invited.values("meeting")) | own | belongs_to(_places(user))
    )


def _places(user):
    """The departments of those who are the user's own, and the user's own."""
    theirs = Q(relations__relative__user=user, relations__ended_at=None)
    if user.sight is None:
        theirs |= Q(user=user)
    today = clock.today()
    return (
        Resident.objects.order_by()
        .in_sight_of(user)
        .filter(Q(moved_out_on=None) | Q(moved_out_on__gt=today))
        .filter(theirs)
        .values("department")
    )
