"""A meeting from its plan to its day: planned, moved, cancelled, and who is told."""

from django.db import transaction

from meetings import inviting
from meetings.models import Meeting, MeetingReply
from portal import audit, clock

# Whoever has it in a calendar is told when one of these changes.
TOLD = ("kind", "planned_at", "planned_minutes", "place", "online_link")


class NotPlanned(Exception):
    """It has been held or cancelled meanwhile."""


@transaction.atomic
def plan(*, uuid, by, resident=None, home=None, department=None, **details):
    """Plan a meeting about a resident, or for a home or one department of it.

    The same uuid is the same meeting. `details` are the model's fields.
    """
    meeting, created = Meeting.objects.get_or_create(
        uuid=uuid,
        defaults={
            "resident": resident,
            "home": home,
            "department": department,
            "recorded_by": by,
            **details,
        },
    )
    if created:
        audit.record("meeting.planned", by=by, about=meeting, kind=meeting.kind)
    return meeting


@transaction.atomic
def move(meeting, *, by, **details):
    """Change what was planned; who was invited is told of another time or place.

    Raises NotPlanned.
    """
    meeting = _planned(meeting)
    before = meeting.planned_at
    is_news = any(getattr(meeting, name) != details[name] for name in TOLD)
    for name, value in details.items():
        setattr(meeting, name, value)
    meeting.sequence += is_news
    meeting.save(update_fields=[*details, "sequence"])
    audit.record(
        "meeting.moved",
        by=by,
        about=meeting,
        before=before.isoformat(),
        now=meeting.planned_at.isoformat(),
    )
    if is_news and meeting.invited_at:
        inviting.post("meeting-moved", meeting)
    return meeting


@transaction.atomic
def cancel(meeting, *, why, by):
    """Call it off, and tell those who were invited. Twice is once. Raises NotPlanned."""
    meeting = _locked(meeting)
    if meeting.is_called_off:
        return meeting
    if not meeting.is_planned:
        raise NotPlanned
    meeting.status, meeting.cancelled_why = Meeting.Status.CANCELLED, why
    meeting.sequence += 1
    meeting.save(update_fields=["status", "cancelled_why", "sequence"])
    audit.record("meeting.cancelled", by=by, about=meeting)
    if meeting.invited_at:
        inviting.post("meeting-cancelled", meeting)
    return meeting


@transaction.atomic
def invite(meeting, *, by):
    """Show it to those who are invited, and post their invitations: to each once.

    Pressed again it reaches those who have been chosen since. Raises NotPlanned.
    """
    meeting = _planned(meeting)
    if meeting.invited_at is None:
        meeting.invited_at = clock.now()
        meeting.save(update_fields=["invited_at"])
    inviting.post("meeting-invitation", meeting)
    audit.record("meeting.invited", by=by, about=meeting, sequence=meeting.sequence)
    return meeting


@transaction.atomic
def answer(meeting, *, coming, by, relation=None, resident=None):
    """A relative or the resident comes, or cannot. Raises NotPlanned."""
    meeting = _planned(meeting)
    reply, _created = MeetingReply.objects.update_or_create(
        meeting=meeting,
        relation=relation,
        resident=resident,
        defaults={
            "coming": coming,
            "sequence": meeting.sequence,
            "answered_by": by,
            "answered_at": clock.now(),
        },
    )
    audit.record("meeting.answered", by=by, about=meeting, coming=coming)
    return reply


def _locked(meeting):
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def _planned(meeting):
    meeting = _locked(meeting)
    if not meeting.is_planned:
        raise NotPlanned
    return meeting
