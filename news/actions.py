"""What is written about residents, and taking back what was told. Every change is here."""

from django.db import transaction

from news import telling
from news.locking import ChangedMeanwhile, latest, locked
from news.models import DiaryEntry
from portal import audit, clock, walls


# A relative who takes back what they wrote sees it no more.
@walls.set_aside()
@transaction.atomic
def recall(row, *, reason, by):
    """Take back a piece of news or a diary entry: from now on readers do not see it.

    Raises ChangedMeanwhile if a correction has taken its place.
    """
    row = latest(row)
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
    entry = locked(entry)
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
