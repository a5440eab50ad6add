"""Custody, guardianship, powers of attorney: recorded, ended, marked as in error."""

from django.db import transaction

from portal import audit, clock
from relatives import representing
from relatives.models import Relation, Representation


class CannotBeRecorded(Exception):
    """What the law does not let be recorded, as (field, why not): see representing."""

    def __init__(self, faults):
        super().__init__(faults)
        self.faults = faults


@transaction.atomic
def record_representation(*, relation, uuid, by, **said):
    """From its first day the law lets the relative hear of what it is about.

    The same uuid is the same row, however often it is pressed. Raises CannotBeRecorded,
    also if somebody else has recorded the like a moment ago.
    """
    # Two at once come one after the other, also about two holders of custody.
    list(Relation.objects.select_for_update().filter(resident=relation.resident_id))
    known = Representation.objects.filter(uuid=uuid, relation=relation).first()
    if known:
        return known
    relation = Relation.objects.select_related("relative", "resident").get(
        pk=relation.pk
    )
    if found := list(representing.faults(relation, **said)):
        raise CannotBeRecorded(found)
    row = Representation.objects.create(
        relation=relation, uuid=uuid, recorded_by=by, **said
    )
    audit.record(
        "representation.recorded",
        by=by,
        about=row,
        kind=row.kind,
        topics=row.topics,
        starts_on=row.starts_on.isoformat(),
    )
    return row


class CannotBeEnded(Exception):
    """It has ended by that day already, or is marked as recorded in error."""


@transaction.atomic
def end_representation(representation, *, last_day, why, by):
    """It holds no longer than that day. What was right until then stays as it was.

    The same end said twice is one. Raises CannotBeEnded.
    """
    row = _latest(representation)
    if (row.ends_on, row.ended_by, row.ended_because) == (last_day, by, why):
        return row
    if row.in_error_at or (row.ends_on and row.ends_on <= last_day):
        raise CannotBeEnded
    was = row.ends_on
    row.ends_on, row.ended_by, row.ended_because = last_day, by, why
    row.save(update_fields=["ends_on", "ended_by", "ended_because"])
    audit.record(
        "representation.ended",
        by=by,
        about=row,
        last_day=last_day.isoformat(),
        was=was and was.isoformat(),
    )
    return row


@transaction.atomic
def mark_representation_in_error(representation, *, why, by):
    """It never was: it opens nothing from this instant on, and is kept to be seen."""
    row = _latest(representation)
    if row.in_error_at is None:
        row.in_error_at, row.in_error_by, row.in_error_note = clock.now(), by, why
        row.save(update_fields=["in_error_at", "in_error_by", "in_error_note"])
        audit.record("representation.in_error", by=by, about=row, kind=row.kind)
    return row


def _latest(representation):
    return Representation.objects.select_for_update().get(pk=representation.pk)
