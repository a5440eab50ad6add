"""To whom there is such a meeting, and what opens it to them."""

from django.db import models
from django.db.models import Q

from meetings.models.accepted import invitations_to_meetings
from meetings.models.participants import Participant
from portal.models import Department
from relatives.near import near, own_relations
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
        return self.filter(_open_to(user), invited_at__isnull=False)

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


def belongs_to(departments, homes=None, home="home", department="department"):
    """Meetings for many at these departments, or at the whole of their home."""
    if homes is None:
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
    theirs = own_relations(user).values("pk")
    mine = Resident.objects.order_by().of(user).values("pk")
    return Q(
        pk__in=Participant.objects.order_by()
        .filter(relation__in=theirs)
        .values("meeting")
    ) & Q(resident__isnull=False) | Q(resident__in=mine)


def _as_guest(user):
    told = Q(invited_at__isnull=False)
    invited = invitations_to_meetings(user)
    own = Q(resident__in=Resident.objects.of(user).values("pk"))
    return told & (Q(pk__in=invited.values("meeting")) | own | _open_to(user))


def _open_to(user):
    """Those for many where the user's own live, and where the user lives."""
    there = near(user)
    return belongs_to(there.values("department"), there.values("home"))
