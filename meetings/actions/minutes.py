"""The agenda of a meeting, its minutes, and that it has been held."""

from django.db import transaction

from meetings.actions.holding import record_attendance
from meetings.actions.meetings import NotPlanned
from meetings.models import AgendaItem, Meeting, Minutes
from portal import audit


class Overtaken(Exception):
    """Somebody else has written there meanwhile. `theirs` is what stands."""

    def __init__(self, theirs):
        super().__init__()
        self.theirs = theirs


class NothingWritten(Exception):
    """Of a meeting of this kind there are minutes; these items have none."""

    def __init__(self, items):
        super().__init__()
        self.items = items


@transaction.atomic
def suggest(meeting, *, title, uuid, by, relation=None):
    """A relative or the resident wants to talk about something. Twice is once.

    Raises NotPlanned.
    """
    meeting = _locked(meeting)
    if not meeting.is_planned:
        raise NotPlanned
    item, created = AgendaItem.objects.get_or_create(
        uuid=uuid,
        defaults={
            "meeting": meeting,
            "resident": meeting.resident,
            "title": title,
            "status": AgendaItem.Status.SUGGESTED,
            "suggested_by": by,
            "relation": relation,
            "recorded_by": by,
        },
    )
    if created:
        audit.record("meeting.suggested", by=by, about=item)
    return item


@transaction.atomic
def add_item(meeting, *, title, topic, number, uuid, by):
    """Put something on the agenda. The same uuid is the same item. Raises NotPlanned."""
    meeting = _locked(meeting)
    if meeting.is_called_off:
        raise NotPlanned
    item, created = AgendaItem.objects.get_or_create(
        uuid=uuid,
        defaults={
            "meeting": meeting,
            "resident": meeting.resident,
            "title": title,
            "topic": topic,
            "recorded_by": by,
        },
    )
    if created:
        _place(item, number)
        audit.record("meeting.item_added", by=by, about=item, topic=topic)
    return item


@transaction.atomic
def change_item(item, *, topic, number, by, title=None, left_out_why=""):
    """Another topic or place on the agenda; or not this time, because.

    The words of a suggestion stay those of whoever made it.
    """
    _locked(item.meeting)
    item = AgendaItem.objects.get(pk=item.pk)
    before = item.topic
    item.topic, item.left_out_why = topic, left_out_why
    item.status = AgendaItem.Status.LEFT_OUT if left_out_why else AgendaItem.Status.ON
    if title and not item.suggested_by_id:
        item.title = title
    item.save(update_fields=["topic", "left_out_why", "status", "title"])
    if item.is_on:
        _place(item, number)
    audit.record("meeting.item_changed", by=by, about=item, before=before, now=topic)
    return item


@transaction.atomic
def write(item, *, seen, text, decided, by, correction_reason=""):
    """What was said to it, as the next version; the same again is no new one.

    `seen` is the version before the writer when they began, 0 for none. Raises Overtaken
    if somebody else has written meanwhile.
    """
    _locked(item.meeting)
    latest = item.said.order_by("version").select_related("recorded_by").last()
    if latest and (latest.text, latest.decided) == (text, decided):
        return latest
    number = latest.version if latest else 0
    if number != seen:
        raise Overtaken(latest)
    said = Minutes.objects.create(
        item=item,
        version=number + 1,
        text=text,
        decided=decided,
        correction_reason=correction_reason,
        recorded_by=by,
    )
    audit.record("meeting.minutes_written", by=by, about=item, version=said.version)
    return said


@transaction.atomic
def finish(meeting, *, held_at, by, attendance, **details):
    """It has been held. `attendance`: see holding.record_attendance.

    `details`: minutes, participation and participation_note, or guests. Raises NotPlanned
    if it was cancelled, NothingWritten if minutes are lacking that it must have.
    """
    meeting = _locked(meeting)
    if meeting.is_called_off:
        raise NotPlanned
    if missing := unwritten(meeting):
        raise NothingWritten(missing)
    meeting.status, meeting.held_at = Meeting.Status.HELD, held_at
    for name, value in details.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=["status", "held_at", *details])
    if meeting.resident_id:
        record_attendance(meeting, attendance, at=held_at, by=by)
    audit.record("meeting.held", by=by, about=meeting)
    return meeting


def unwritten(meeting):
    """Items without the minutes that they must have, or None on an empty agenda."""
    if not meeting.is_formal:
        return []
    items = list(meeting.items.on())
    if not items:
        return [None]
    written = set(Minutes.objects.filter(item__in=items).values_list("item", flat=True))
    return [item for item in items if item.pk not in written]


def _place(item, number):
    """At this number, and the others around it."""
    others = list(item.meeting.items.on().exclude(pk=item.pk))
    others.insert(max(0, number - 1), item)
    for place, one in enumerate(others, start=1):
        one.number = place
    AgendaItem.objects.bulk_update(others, ["number"])


def _locked(meeting):
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
