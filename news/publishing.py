"""House news from the first draft until it is told. Every change to it is here."""

from django.db import transaction

from news import audience, telling
from news.locking import ChangedMeanwhile, latest, locked
from news.models import Attachment, NewsItem, NewsRead
from portal import audit, clock

# What of an item may be changed until it is told; `departments` is none for the whole home.
WRITTEN = ("home", "title", "text", "easy_text", "important")
WRITTEN += ("for_relatives", "for_residents", "shown_from", "shown_until")


class OverBeforeItBegins(Exception):
    """It lay so long that nobody would see it any more."""


@transaction.atomic
def draft_news(*, uuid, home, departments, by, corrects=None, **written):
    """Write a piece of news, or a correction of one, that nobody reads yet.

    `departments` is None for the whole home. Raises ChangedMeanwhile if another
    correction is being written.
    """
    if corrects:
        corrects = latest(corrects)
        if NewsItem.objects.filter(corrects=corrects).exclude(uuid=uuid).exists():
            raise ChangedMeanwhile
    now = clock.now()
    item, is_new = NewsItem.objects.get_or_create(
        uuid=uuid,
        defaults={
            "address": corrects.address if corrects else uuid,
            "corrects": corrects,
            "home": home,
            "whole_home": departments is None,
            "author": by,
            "written_at": now,
            "edited_at": now,
            **written,
        },
    )
    if is_new:
        item.departments.set(departments or [])
        if corrects:
            for file in [*corrects.attachments.all(), *corrects.pictures.all()]:
                file.copy_to(item)
        audit.record("news.drafted", by=by, about=item)
    return item


def unpublished(item):
    """The draft, locked. Raises ChangedMeanwhile if it was published."""
    item = locked(item)
    if item.published_at:
        raise ChangedMeanwhile
    return item


@transaction.atomic
def edit_draft(item, *, departments, by, **written):
    """Change what nobody has read yet. Raises ChangedMeanwhile if it was published."""
    item = unpublished(item)
    for name in WRITTEN:
        if name in written:
            setattr(item, name, written[name])
    item.whole_home = departments is None
    item.edited_at = clock.now()
    item.save()
    item.departments.set(departments or [])
    audit.record("news.edited", by=by, about=item)
    return item


@transaction.atomic
def discard_draft(item, *, by):
    """Throw away what nobody has read. What was published is recalled instead."""
    item = unpublished(item)
    audit.record("news.discarded", by=by, about=item)
    files = set(item.attachments.values_list("file", flat=True))
    item.delete()
    Attachment.sweep(files)


@transaction.atomic
def ask_for_a_look(item, *, by):
    """Its author is done: whoever may publish it is asked to look at it."""
    item = unpublished(item)
    if item.asked_at is None:
        item.asked_at = clock.now()
        item.returned_at = item.returned_by = None
        item.return_reason = ""
        item.save()
        audit.record("news.look-asked", by=by, about=item)
    return item


@transaction.atomic
def return_draft(item, *, reason, by):
    """Back to its author, with what should be otherwise."""
    item = unpublished(item)
    item.asked_at = None
    item.returned_at, item.returned_by = clock.now(), by
    item.return_reason = reason
    item.save()
    audit.record("news.returned", by=by, about=item)
    return item


@transaction.atomic
def publish(item, *, as_of, by):
    """Tell it to everybody it is for, in place of what it corrects.

    Raises ChangedMeanwhile if the draft was edited after `as_of`: nobody publishes
    what they have not looked at. Raises OverBeforeItBegins if the time until which it
    was to be shown has passed.
    """
    item = locked(item)
    if item.published_at:
        return item
    if item.edited_at != as_of:
        raise ChangedMeanwhile
    now = clock.now()
    item.published_at, item.published_by = now, by
    item.shown_from = max(now, item.shown_from or now)
    if item.shown_until and item.shown_until <= item.shown_from:
        raise OverBeforeItBegins
    item.save(update_fields=["published_at", "published_by", "shown_from"])
    if item.corrects:
        item.corrects.replaced_at = now
        item.corrects.save(update_fields=["replaced_at"])
    told = audience.readers(item)
    audit.record(
        "news.published",
        by=by,
        about=item,
        departments=sorted(place.pk for place in item.departments.all()),
        important=item.important,
        relatives=told.relatives,
    )
    telling.tell_news(item)
    return item


@transaction.atomic
def mark_read(item, *, by):
    """Somebody at work says that they have read what is important."""
    _read, is_new = NewsRead.objects.get_or_create(item=item, user=by)
    if is_new:
        audit.record("news.read", by=by, about=item)
