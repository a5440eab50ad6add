"""Photographs of a glimpse: put to it, taken back. And one glimpse about several."""

from uuid import uuid5

from django.db import transaction

from news import actions
from news.models import AlsoInPhoto, DiaryEntry, DiaryPhoto
from portal import audit, clock, walls

# As many as somebody looks at; the field says it too.
MOST = 10


class TooManyPhotos(Exception):
    """Somebody else has put photographs there meanwhile. `room`: for how many there is."""

    def __init__(self, room):
        self.room = room


@transaction.atomic
def write_glimpses(*, uuid, texts, photos=(), alt="", pictured=None, by, **what):
    """The same glimpse about each of several residents, in words of its own for each.

    `texts`: resident to text. One row each, so that what the relatives of one read knows
    nothing of the other. `pictured`: who of them can be recognised in the photographs;
    unless it is said, all. Answers the entries, the first resident's first.
    """
    entries = []
    for resident, text in texts.items():
        number = uuid5(uuid, str(resident.uuid)) if entries else uuid
        entries.append(
            actions.write_entry(
                uuid=number, resident=resident, text=text, by=by, **what
            )
        )
    shown = list(texts) if pictured is None else pictured
    for entry in entries:
        stands = not (entry.replaced_at or entry.recalled_at)
        if photos and stands and entry.resident in shown:
            add_photos(
                entry, uuid=entry.uuid, photos=photos, alt=alt, also=shown, by=by
            )
    return entries


@transaction.atomic
def add_photos(entry, *, uuid, photos, alt="", also=(), by):
    """Put photographs (pictures.Kept) to a glimpse. Pressed twice they are there once.

    `also`: residents who can be recognised in them. Raises ChangedMeanwhile if the
    glimpse has been corrected or taken back, TooManyPhotos if it has no room for them all.
    """
    entry = DiaryEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.replaced_at or entry.recalled_at:
        raise actions.ChangedMeanwhile
    numbers = [uuid5(uuid, f"photo {place}") for place in range(len(photos))]
    room = MOST - entry.photos.current().exclude(uuid__in=numbers).count()
    if len(photos) > room:
        raise TooManyPhotos(max(room, 0))
    others = [one for one in also if one.pk != entry.resident_id]
    now, first = clock.now(), entry.photos.count()
    for place, kept in enumerate(photos):
        photo, is_new = DiaryPhoto.objects.get_or_create(
            uuid=numbers[place],
            defaults={
                "entry": entry,
                "resident": entry.resident,
                "others": len(others),
                "place": first + place,
                "alt": alt or DiaryPhoto.UNSAID,
                "recorded_at": now,
                "recorded_by": by,
                **kept.fields,
            },
        )
        if is_new:
            AlsoInPhoto.objects.bulk_create(
                AlsoInPhoto(
                    photo=photo, about=entry.resident, resident=one, recorded_at=now
                )
                for one in others
            )
            audit.record(
                "photo.added",
                by=by,
                about=photo,
                resident=entry.resident_id,
                also=[one.pk for one in others],
            )


@transaction.atomic
def describe(photos, *, words, by):
    """What can be seen in each, for those who have it read aloud.

    `words`: the photo's uuid to its sentence, or to nothing. The rows of the same photograph with other
    residents keep theirs: what is told about one of them is not told about another.
    """
    for photo in photos:
        said = words[photo.uuid] or DiaryPhoto.UNSAID
        if said != photo.alt:
            photo.alt = said
            photo.save(update_fields=["alt"])
            audit.record("photo.described", by=by, about=photo)


# Its rows with the others are not in sight of everybody who may take it back.
@walls.set_aside()
@transaction.atomic
def take_back_photo(photo, *, by):
    """From now on only staff see it, here and with everybody else who is in it."""
    rows = DiaryPhoto.objects.select_for_update().filter(file=photo.file)
    for row in rows.filter(recalled_at=None):
        row.recalled_at, row.recalled_by = clock.now(), by
        row.save(update_fields=["recalled_at", "recalled_by"])
        audit.record("photo.recalled", by=by, about=row)
