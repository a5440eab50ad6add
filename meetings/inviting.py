"""Whom a meeting is mailed to, and its posting. Asked again when each mail leaves."""

from django.db.models import Q

from meetings.models import Meeting
from portal import notices
from portal.models import User
from relatives.models import Relation
from residents.models import Resident


def post(template, meeting):
    """The same message to all of them; each has it once for each change."""
    notices.tell(
        "meetings",
        to=recipients(meeting),
        about=f"{template}:{meeting.pk}:{meeting.sequence}",
        template=template,
        meeting=meeting.pk,
        sequence=meeting.sequence,
    )


def recipients(meeting):
    """Those with a log-in, as users."""
    asked = _of_one(meeting) if meeting.resident_id else _of_many(meeting)
    return list(User.objects.filter(asked, is_active=True).distinct())


def may_have(user, meeting):
    """Still invited at this instant."""
    if Meeting.objects.for_guest(user).filter(pk=meeting.pk).exists():
        return True
    at_work = Meeting.objects.at_work_of(user).filter(pk=meeting.pk)
    return at_work.exists() and user in recipients(meeting)


def _of_one(meeting):
    there = meeting.participants.all()
    relations = there.exclude(relation=None).values("relation")
    return (
        Q(relative__relations__in=relations, relative__relations__ended_at=None)
        | Q(pk__in=there.exclude(user=None).values("user"))
        | Q(pk__in=[meeting.chair_id, meeting.minute_taker_id or meeting.chair_id])
        | Q(resident=meeting.resident_id)
    )


def _of_many(meeting):
    residents = Resident.objects.living_here().filter(home=meeting.home_id)
    if meeting.department_id:
        residents = residents.filter(department=meeting.department_id)
    relations = Relation.objects.standing().filter(resident__in=residents)
    return (
        Q(pk__in=relations.values("relative__user"))
        | Q(pk__in=residents.values("user"))
        | Q(pk__in=[meeting.chair_id, meeting.minute_taker_id or meeting.chair_id])
    )
