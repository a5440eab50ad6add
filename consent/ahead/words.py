"""A forecast in words, for a page."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consent import texts
from consent.ahead.turning import SOON, Turn
from portal import clock
from residents.models import Resident


@dataclass
class Spoken:
    """One day for one resident, as a page says it."""

    day: str
    resident: Resident
    why: list[str]
    # What must be done beforehand, or "".
    prepare: str
    changes: list
    turns: list[Turn]

    @property
    def age(self):
        """15 or 18, if it is that birthday."""
        return next((turn.kind[-2:] for turn in self.turns if turn.is_birthday), "")

    @property
    def lost(self):
        """How many lose something they saw, and how many things in all."""
        losing = [change for change in self.changes if change.lost]
        return len(losing), sum(change.things_lost for change in losing)


def spoken(days, residents):
    """The days of a forecast, with their words."""
    known = {resident.pk: resident for resident in residents}
    return [
        Spoken(
            date_format(day.day, "DATE_FORMAT"),
            known[day.resident_id],
            list(dict.fromkeys(turn.why for turn in day.turns)),
            prepare(day.turns, known[day.resident_id]),
            [_Said(change) for change in day.changes],
            day.turns,
        )
        for day in days
    ]


def prepare(turns, resident):
    """The talk to have before a birthday, once it is near enough."""
    name = {"name": resident.short_name}
    for turn in turns:
        if turn.day > clock.today() + SOON:
            continue
        if turn.kind == "turns_15":
            return (
                _(
                    "Talk with %(name)s before then: who may know about %(name)s's health?"
                )
                % name
            )
        if turn.kind == "turns_18":
            return (
                _(
                    "Talk with %(name)s before then: who may know what, when %(name)s decides alone?"
                )
                % name
            )
    return ""


class _Said:
    """One relative and what they lose and gain, counted and named."""

    def __init__(self, change):
        self.who = change.relation.relative
        self.name = self.who.given_name
        self.lost = _listed(change.lost)
        self.gained = _listed(change.gained)
        self.unheard = ", ".join(str(topic.label) for topic in change.unheard)
        self.heard = ", ".join(str(topic.label) for topic in change.heard)
        self.things_lost = change.things_lost
        self.things_gained = change.things_gained
        self.number_lost = _things(change.things_lost)
        self.number_gained = _things(change.things_gained)
        # The same to the resident, who knows each by its pictogram.
        self.face = texts.face(change.relation)
        self.closing = _pictured(topic for topic, _n in change.lost)
        self.opening = _pictured(topic for topic, _n in change.gained)
        self.silenced = _pictured(change.unheard)
        self.voiced = _pictured(change.heard)


def _pictured(topics):
    return [(topic.value, texts.NAMES[topic]) for topic in topics]


def _things(number):
    return ngettext("%(number)s thing", "%(number)s things", number) % {
        "number": number
    }


def _listed(topics):
    """Topics with how many things: those with none last, and without the nought."""
    return ", ".join(
        f"{topic.label} ({number})" if number else str(topic.label)
        for topic, number in sorted(topics, key=lambda pair: not pair[1])
    )
