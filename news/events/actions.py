"""What is planned in the house for many. Every change is here."""

import hashlib
import secrets

from django.db import transaction

from news.models import CalendarFeed, HouseEvent
from portal import audit, clock


class ChangedMeanwhile(Exception):
    """Somebody else was there first: look again before you act."""


def _locked(event):
    """The row as it stands now. Raises ChangedMeanwhile if it has been thrown away."""
    found = HouseEvent.objects.select_for_update().filter(pk=event.pk).first()
    if found is None:
        raise ChangedMeanwhile
    return found


def _draft(event):
    """The draft, locked. Raises ChangedMeanwhile if it was published or thrown away."""
    event = _locked(event)
    if event.published_at:
        raise ChangedMeanwhile
    return event


def _latest(event):
    """What readers are told, locked. Raises ChangedMeanwhile if that is another."""
    event = _locked(event)
    if event.replaced_at or event.recalled_at:
        raise ChangedMeanwhile
    return event


@transaction.atomic
def draft(*, uuid, by, corrects=None, **details):
    """Write of an event, or a correction of one, that nobody reads yet.

    Raises ChangedMeanwhile if another correction is being written, or it is called off.
    """
    if corrects:
        done = HouseEvent.objects.filter(uuid=uuid).first()
        if done:
            return done
        corrects = _latest(corrects)
        if HouseEvent.objects.filter(corrects=corrects).exists():
            raise ChangedMeanwhile
    now = clock.now()
    event, is_new = HouseEvent.objects.get_or_create(
        uuid=uuid,
        defaults={
            "address": corrects.address if corrects else uuid,
            "corrects": corrects,
            "sequence": corrects.sequence + 1 if corrects else 0,
            "author": by,
            "written_at": now,
            "edited_at": now,
            **details,
        },
    )
    if is_new:
        audit.record("event.drafted", by=by, about=event)
    return event


@transaction.atomic
def edit(event, *, by, **details):
    """Change what nobody has read yet. Raises ChangedMeanwhile if it was published."""
    event = _draft(event)
    for name, value in details.items():
        setattr(event, name, value)
    event.edited_at = clock.now()
    event.save()
    audit.record("event.edited", by=by, about=event)
    return event


@transaction.atomic
def discard(event, *, by):
    """Throw away what nobody has read. What was published is called off instead."""
    event = _draft(event)
    audit.record("event.discarded", by=by, about=event)
    event.delete()


@transaction.atomic
def publish(event, *, as_of, by):
    """Tell it to everybody it is for, in place of what it corrects.

    Raises ChangedMeanwhile if the draft was edited after `as_of`: nobody publishes
    what they have not looked at. Nor a correction of what was called off meanwhile.
    """
    event = _locked(event)
    if event.published_at:
        return event
    if event.edited_at != as_of:
        raise ChangedMeanwhile
    event.published_at, event.published_by = clock.now(), by
    event.save(update_fields=["published_at", "published_by"])
    if event.corrects:
        corrected = _latest(event.corrects)
        corrected.replaced_at = event.published_at
        corrected.save(update_fields=["replaced_at"])
    audit.record("event.published", by=by, about=event, department=event.department_id)
    return event


@transaction.atomic
def call_off(event, *, reason, by):
    """It does not happen. It stays to be seen, with the reason, here and in calendars.

    Raises ChangedMeanwhile if a correction has taken its place.
    """
    event = _locked(event)
    if event.replaced_at or not event.published_at:
        raise ChangedMeanwhile
    if event.recalled_at:
        return event
    event.recalled_at, event.recalled_by = clock.now(), by
    event.recall_reason, event.sequence = reason, event.sequence + 1
    event.save(
        update_fields=["recalled_at", "recalled_by", "recall_reason", "sequence"]
    )
    audit.record("event.called_off", by=by, about=event)
    return event


# The feed


def digest_of(token):
    """What is kept of a secret address."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def open_feed(*, by):
    """Make the person's secret address, in place of any earlier. Returns the secret.

    It is shown this once: afterwards nobody can read it, only make a new one.
    """
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user=by, defaults={"digest": digest_of(token), "made_at": clock.now()}
    )
    audit.record("calendar.opened", by=by, about=by)
    return token


@transaction.atomic
def close_feed(*, by):
    """From now on the address leads nowhere."""
    closed, _models = CalendarFeed.objects.filter(user=by).delete()
    if closed:
        audit.record("calendar.closed", by=by, about=by)
