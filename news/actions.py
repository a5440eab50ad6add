"""What the house tells, and what is written about residents. Every change is here."""

from django.db import transaction

from news import audience, telling
from news.models import DiaryEntry, NewsItem
from portal import audit, clock


class ChangedMeanwhile(Exception):
    """Somebody else was there first: look again before you act."""


def _locked(row):
    """The row as it stands now. Raises ChangedMeanwhile if it has been thrown away."""
    row = type(row).objects.select_for_update().filter(pk=row.pk).first()
    if row is None:
        raise ChangedMeanwhile
    return row


def _latest(row):
    """The row, locked. Raises ChangedMeanwhile if a correction has taken its place."""
    row = _locked(row)
    if row.replaced_at:
        raise ChangedMeanwhile
    return row


@transaction.atomic
def draft_news(*, uuid, home, department, title, text, important, by, corrects=None):
    """Write a piece of news, or a correction of one, that nobody reads yet.

    Raises ChangedMeanwhile if another correction is being written.
    """
    if corrects:
        corrects = _latest(corrects)
        if NewsItem.objects.filter(corrects=corrects).exclude(uuid=uuid).exists():
            raise ChangedMeanwhile
    now = clock.now()
    item, is_new = NewsItem.objects.get_or_create(
        uuid=uuid,
        defaults={
            "address": corrects.address if corrects else uuid,
            "corrects": corrects,
            "home": home,
            "department": department,
            "title": title,
            "text": text,
            "important": important,
            "author": by,
            "written_at": now,
            "edited_at": now,
        },
    )
    if is_new:
        audit.record("news.drafted", by=by, about=item)
    return item


@transaction.atomic
def edit_draft(item, *, home, department, title, text, important, by):
    """Change what nobody has read yet. Raises ChangedMeanwhile if it was published."""
    item = _locked(item)
    if item.published_at:
        raise ChangedMeanwhile
    item.home, item.department = home, department
    item.title, item.text, item.important = title, text, important
    item.edited_at = clock.now()
    item.save()
    audit.record("news.edited", by=by, about=item)
    return item


@transaction.atomic
def discard_draft(item, *, by):
    """Throw away what nobody has read. What was published is recalled instead."""
    item = _locked(item)
    if item.published_at:
        raise ChangedMeanwhile
    audit.record("news.discarded", by=by, about=item)
    item.delete()


@transaction.atomic
def publish(item, *, as_of, by):
    """Tell it to everybody it is for, in place of what it corrects.

    Raises ChangedMeanwhile if the draft was edited after `as_of`: nobody publishes
    what they have not looked at.
    """
    item = _locked(item)
    if item.published_at:
        return item
    if item.edited_at != as_of:
        raise ChangedMeanwhile
    item.published_at, item.published_by = clock.now(), by
    item.save(update_fields=["published_at", "published_by"])
    if item.corrects:
        item.corrects.replaced_at = item.published_at
        item.corrects.save(update_fields=["replaced_at"])
    told = audience.readers(item.home, item.department)
    audit.record(
        "news.published",
        by=by,
        about=item,
        department=item.department_id,
        important=item.important,
        relatives=told.relatives,
    )
    telling.tell_news(item)
    return item


@transaction.atomic
def recall(row, *, reason, by):
    """Take back a piece of news or a diary entry: from now on readers do not see it.

    Raises ChangedMeanwhile if a correction has taken its place.
    """
    row = _latest(row)
    if row.recalled_at:
        return row
    row.recalled_at, row.recalled_by = clock.now(), by
    row.recall_reason = reason
    row.save(update_fields=["recalled_at", "recalled_by", "recall_reason"])
    audit.record(f"{row.logged_as}.recalled", by=by, about=row)
    return row


@transaction.atomic
def write_entry(
    *,
    uuid,
    resident,
    topic,
    title,
    text,
    happened_on,
    by,
    names_others=False,
    kind=DiaryEntry.Kind.ORDINARY,
    written_as=DiaryEntry.WrittenAs.STAFF,
):
    """Write down a glimpse of the resident's life, shared as the resident wishes."""
    now = clock.now()
    entry, is_new = DiaryEntry.objects.get_or_create(
        uuid=uuid,
        defaults={
            "address": uuid,
            "resident": resident,
            "topic": topic,
            "kind": kind,
            "title": title,
            "text": text,
            "happened_on": happened_on,
            "written_as": written_as,
            "recorded_by": by,
            "recorded_at": now,
            "written_at": now,
        },
    )
    if is_new:
        audit.record(
            "entry.written",
            by=by,
            about=entry,
            resident=resident.pk,
            topic=topic,
            # The author was asked whether another resident is named, and went on.
            names_others=names_others,
        )
        telling.tell_entry(entry)
    return entry


@transaction.atomic
def correct_entry(
    entry,
    *,
    uuid,
    topic,
    title,
    text,
    happened_on,
    by,
    names_others=False,
    kind=None,
):
    """A new version in place of the old, which only staff see from now on.

    Its photographs come along.

    Raises ChangedMeanwhile if it was corrected or recalled by somebody else.
    """
    entry = _locked(entry)
    done = DiaryEntry.objects.filter(uuid=uuid).first()
    if done:
        return done
    if entry.replaced_at or entry.recalled_at:
        raise ChangedMeanwhile
    now = clock.now()
    correction = DiaryEntry.objects.create(
        uuid=uuid,
        address=entry.address,
        corrects=entry,
        resident=entry.resident,
        topic=topic,
        kind=kind or entry.kind,
        title=title,
        text=text,
        happened_on=happened_on,
        written_as=entry.written_as,
        recorded_by=by,
        recorded_at=entry.recorded_at,
        written_at=now,
    )
    entry.replaced_at = now
    entry.save(update_fields=["replaced_at"])
    entry.photos.update(entry=correction)
    audit.record(
        "entry.corrected",
        by=by,
        about=correction,
        topic=topic,
        names_others=names_others,
    )
    return correction
