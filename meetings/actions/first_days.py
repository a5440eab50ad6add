"""The follow-up talks of the first hundred days: laid down, held, moved, declined."""

import datetime as dt

from django.db import transaction

from meetings.models import FirstDays, FirstTalk
from portal import audit


class AlreadySettled(Exception):
    """Somebody else has written what came of the talk."""


def lay_down(conversation, *, held_on):
    """A talk for each of the home's days that is still to come. Twice is once.

    In the transaction of what it follows from.
    """
    resident = conversation.resident
    FirstTalk.objects.bulk_create(
        [
            FirstTalk(
                resident=resident, conversation=conversation, number=number, due_on=due
            )
            for number in FirstDays.of(resident.department.home)
            if (due := resident.moved_in_on + dt.timedelta(days=number)) > held_on
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def settle(talk, *, status, on, words, by):
    """It has been held, with short minutes; or declined, with the reason.

    Raises AlreadySettled.
    """
    talk = _open(talk)
    talk.status, talk.settled_on = status, on
    talk.words, talk.settled_by = words, by
    talk.save(update_fields=["status", "settled_on", "words", "settled_by"])
    audit.record(f"first_talk.{status}", by=by, about=talk)
    return talk


@transaction.atomic
def move(talk, *, to, why, by):
    """To another day, and why. Raises AlreadySettled."""
    talk = _open(talk)
    before = talk.due_on
    talk.due_on, talk.moved_why = to, why
    talk.save(update_fields=["due_on", "moved_why"])
    audit.record("first_talk.moved", by=by, about=talk, before=str(before), now=str(to))
    return talk


@transaction.atomic
def choose_days(home, *, days, by):
    """From now on; talks that have been laid down keep their days."""
    chosen, _created = FirstDays.objects.update_or_create(
        home=home, defaults={"days": days}
    )
    audit.record("first_days.chosen", by=by, about=chosen, days=days)
    return chosen


def _open(talk):
    talk = FirstTalk.objects.select_for_update(of=("self",)).get(pk=talk.pk)
    if talk.status != FirstTalk.Status.TO_DO:
        raise AlreadySettled
    return talk
