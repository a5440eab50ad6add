"""Newsletters from the first choice until the last letter has left. Every change is here."""

import datetime as dt
from itertools import islice

from django.db import transaction
from django.db.models import Count, Q

from news import audience
from news.letters import KIND
from news.locking import ChangedMeanwhile, locked
from news.models import Newsletter
from portal import audit, clock, mail_times, outbox, postman
from portal.models import Letterbox, User

A_BATCH = 500
# Letters of a newsletter that was stopped wait for this day.
LATER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
# A letter that came up while the sending was stopped comes up again.
LOOKED_AT_AGAIN = dt.timedelta(minutes=10)


class NothingInIt(Exception):
    """All of it was taken back, or is over."""


@transaction.atomic
def write(*, uuid, home, title, introduction, items, to_staff, by):
    """A newsletter that nobody has yet. `items` are news, in their order."""
    letter, is_new = Newsletter.objects.get_or_create(
        uuid=uuid,
        defaults={
            "home": home,
            "title": title,
            "introduction": introduction,
            "to_staff": to_staff,
            "author": by,
        },
    )
    if is_new:
        _choose(letter, items)
        audit.record("newsletter.written", by=by, about=letter)
    return letter


def _choose(letter, items):
    letter.chosen.all().delete()
    for position, item in enumerate(items, start=1):
        letter.chosen.create(address=item.address, position=position)


def _unsent(letter):
    letter = locked(letter)
    if letter.sent_at:
        raise ChangedMeanwhile
    return letter


@transaction.atomic
def edit(letter, *, title, introduction, items, to_staff, by, **_home):
    """Raises ChangedMeanwhile if it was sent. News that stay keep their place."""
    letter = _unsent(letter)
    places = dict(letter.chosen.values_list("address", "position"))
    last = len(places) + 1
    letter.title, letter.introduction = title, introduction
    letter.to_staff, letter.edited_at = to_staff, clock.now()
    letter.save()
    _choose(letter, sorted(items, key=lambda item: places.get(item.address, last)))
    audit.record("newsletter.edited", by=by, about=letter)
    return letter


@transaction.atomic
def move_up(letter, address, *, by):
    """One of its news changes places with the one before it."""
    letter = _unsent(letter)
    chosen = list(letter.chosen.all())
    for before, here in zip(chosen, chosen[1:], strict=False):
        if here.address == address:
            before.position, here.position = here.position, before.position
            before.save(update_fields=["position"])
            here.save(update_fields=["position"])
            letter.edited_at = clock.now()
            letter.save(update_fields=["edited_at"])
            audit.record("newsletter.edited", by=by, about=letter)


@transaction.atomic
def discard(letter, *, by):
    letter = _unsent(letter)
    audit.record("newsletter.discarded", by=by, about=letter)
    letter.delete()


def recipients(letter):
    """Who has something to read in it and wants it by mail: asked again for each letter."""
    groups = {}
    for item in letter.items().prefetch_related("departments").select_related("home"):
        places = frozenset(place.pk for place in item.places)
        groups[item.whole_home, places, item.for_relatives, item.for_residents] = item
    them = Q(pk__in=[])
    for item in groups.values():
        them |= Q(pk__in=audience.relatives_of(item).values("user"))
        them |= Q(pk__in=audience.residents_of(item).values("user"))
        if letter.to_staff:
            them |= Q(pk__in=audience.staff_of(item).values("pk"))
    never = Letterbox.objects.filter(**{f"choices__{KIND}": mail_times.When.NEVER})
    return User.objects.filter(them, is_active=True).exclude(
        pk__in=never.values("user")
    )


@transaction.atomic
def send(letter, *, as_of, by):
    """Put a letter for each of its readers into the outbox, all of them or none; once.

    Raises ChangedMeanwhile if it was edited after `as_of`, NothingInIt if it is empty.
    """
    letter = locked(letter)
    if letter.sent_at:
        return letter
    if letter.edited_at != as_of:
        raise ChangedMeanwhile
    if not letter.items().exists():
        raise NothingInIt
    letter.sent_at, letter.sent_by = clock.now(), by
    letter.save(update_fields=["sent_at", "sent_by"])
    people = recipients(letter).order_by("pk").only("pk").iterator(chunk_size=A_BATCH)
    posted = 0
    while some := list(islice(people, A_BATCH)):
        posted += len(some)
        outbox.post_to_all(
            "newsletter",
            to=some,
            key=f"newsletter:{letter.pk}",
            not_before=mail_times.awake(clock.now()),
            newsletter=letter.pk,
        )
    audit.record("newsletter.sent", by=by, about=letter, letters=posted)
    return letter


@transaction.atomic
def stop(letter, *, by):
    """What has not left waits until somebody goes on."""
    letter = locked(letter)
    if letter.sent_at and not letter.stopped_at:
        letter.stopped_at = clock.now()
        letter.save(update_fields=["stopped_at"])
        # What lies ahead is in a postman's hand, or waits: it is asked when it comes up.
        _waiting(letter).filter(not_before__lte=clock.now()).update(not_before=LATER)
        audit.record("newsletter.stopped", by=by, about=letter)


@transaction.atomic
def go_on(letter, *, by):
    letter = locked(letter)
    if letter.stopped_at:
        letter.stopped_at = None
        letter.save(update_fields=["stopped_at"])
        # Only those that were put off: the others come up by themselves.
        _waiting(letter).filter(not_before=LATER).update(
            not_before=mail_times.awake(clock.now())
        )
        transaction.on_commit(postman.call, robust=True)
        audit.record("newsletter.gone-on", by=by, about=letter)


def not_before(letter):
    """When its letters may leave, if not now: it was stopped, or it is night."""
    now = clock.now()
    if letter.stopped_at:
        return now + LOOKED_AT_AGAIN
    morning = mail_times.awake(now)
    return morning if morning > now else None


def _waiting(letter):
    return letter.messages.filter(sent_at=None, given_up_at=None)


def progress(letter):
    """How many letters there are, have left, and were refused."""
    counts = letter.messages.aggregate(
        total=Count("pk"),
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        refused=Count("pk", filter=Q(given_up_at__isnull=False)),
    )
    counts["waiting"] = counts["total"] - counts["sent"] - counts["refused"]
    return counts
