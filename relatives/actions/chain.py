"""Who is called about what: one relative's part of the contact chain."""

import uuid as uuids

from django.db import transaction

from portal import audit, clock
from relatives.models import TOPICS, Call, Telling
from residents.models import Resident


@transaction.atomic
def set_calls(
    relation, *, uuid, events, place, channel, at_night=False, told_by=None, by
):
    """From now on the relative is called about these events and no others.

    `events`: for each event when. `place` is where in the line the relative stands, from
    1 on; the others move. The same uuid is the same change. Raises ValueError if the
    relative is below 18, or may not be told of one of the events.
    """
    Resident.objects.select_for_update().get(pk=relation.resident_id)
    numbers = {event: uuids.uuid5(uuid, event) for event in events}
    if Call.objects.filter(uuid__in=numbers.values()).exists():
        return
    if events and relation.relative.is_minor:
        raise ValueError("A relative under 18 is not in the chain.")
    topics = set(
        Telling.objects.filter(relation=relation).values_list("topic", flat=True)
    )
    if not {TOPICS[event] for event in events} <= topics:
        raise ValueError("The relative may not be told of this.")
    standing = relation.calls.standing()
    standing.update(ended_at=clock.now(), ended_by=by)
    Call.objects.bulk_create(
        Call(
            uuid=numbers[event],
            resident=relation.resident,
            relation=relation,
            event=event,
            topic=TOPICS[event],
            place=place,
            moment=moment,
            at_night=at_night and moment == Call.Moment.AT_ONCE,
            channel=channel,
            told_by=told_by,
            recorded_by=by,
        )
        for event, moment in events.items()
    )
    _line_up(relation, place)
    audit.record("chain.changed", by=by, about=relation, events=sorted(events))


def _line_up(relation, place):
    """Everybody's place anew, from 1 on, with this relative at theirs."""
    calls = Call.objects.standing().filter(resident=relation.resident_id)
    others = calls.exclude(relation=relation).order_by("place", "pk")
    line = list(dict.fromkeys(others.values_list("relation", flat=True)))
    if calls.filter(relation=relation).exists():
        line.insert(place - 1, relation.pk)
    for number, one in enumerate(line, 1):
        calls.filter(relation=one).exclude(place=number).update(place=number)
