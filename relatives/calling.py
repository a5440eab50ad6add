"""Whom to call about what has happened, at this instant. Read at night, in a hurry."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal import clock
from relatives.models import Call, Event
from residents import ledger

# At night one calls only those who have said that it may be at night, too.
NIGHT = (dt.time(22), dt.time(7))
PEOPLE = ("relation__relative", "resident", "told_by__relative")


def is_night(at=None):
    """Between 22 and 7 in Denmark."""
    hour = localtime(at or clock.now(), clock.DENMARK).time()
    return hour >= NIGHT[0] or hour < NIGHT[1]


@dataclass(frozen=True)
class Line:
    """One relative for one event, in words for whoever is to call."""

    call: Call
    name: str
    kind: str
    phone: str
    how: str
    # In words, and whether that is now.
    when: str
    is_now: bool
    # Who passes it on to them instead of us, and to whom they pass it on.
    told_by: str
    passes_on_to: list[str]

    @property
    def dial(self):
        """The number as a telephone takes it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


@dataclass(frozen=True)
class Answer:
    """Everybody in line for one event: first those to call now."""

    event: Event
    now: list[Line] = field(default_factory=list)
    later: list[Line] = field(default_factory=list)

    @property
    def is_empty(self):
        return not (self.now or self.later)


def answers(user, resident, *, purpose=""):
    """An Answer for each kind of event, in their order, for staff or the resident."""
    calls = list(_of(user, resident).open_now())
    ledger.read(user, calls, purpose=purpose)
    night = is_night()
    found = {event: Answer(event) for event in Event}
    for call in calls:
        answer = found[Event(call.event)]
        line = _line(call, calls, night)
        (answer.now if line.is_now else answer.later).append(line)
    return list(found.values())


def closed(user, resident):
    """Who stands in line and may not be told now: (name, events), for staff."""
    events = {}
    calls = list(_of(user, resident).closed_now())
    ledger.read(user, calls, purpose=ledger.Purpose.CONTACT)
    for call in calls:
        events.setdefault(call.relation, []).append(call.get_event_display())
    return list(events.items())


def own(user):
    """What a relative is called about, and nothing of the others: the calls."""
    calls = (
        Call.objects.visible_to(user)
        .open_now()
        .filter(relation__relative__user=user)
        .select_related("resident")
        .order_by("resident__given_name", "resident", "pk")
    )
    ledger.read(user, calls)
    return calls


def _of(user, resident):
    return (
        Call.objects.visible_to(user).filter(resident=resident).select_related(*PEOPLE)
    )


def _line(call, calls, night):
    relative = call.relation.relative
    return Line(
        call=call,
        name=str(relative),
        kind=call.relation.get_kind_display(),
        phone=relative.phone,
        how=call.get_channel_display(),
        when=_when(call, night),
        is_now=_is_now(call, night),
        told_by=str(call.told_by.relative) if call.told_by else "",
        passes_on_to=[
            str(other.relation.relative)
            for other in calls
            if other.told_by_id == call.relation_id and other.event == call.event
        ],
    )


def _is_now(call, night):
    at_once = call.moment == Call.Moment.AT_ONCE
    return at_once and not call.told_by_id and (call.at_night or not night)


def _when(call, night):
    if call.moment in (Call.Moment.AT_ONCE, Call.Moment.SAME_DAY) and night:
        return _("now") if _is_now(call, night) else _("not before 7")
    if call.moment == Call.Moment.AT_ONCE:
        return _("now")
    return call.get_moment_display()
