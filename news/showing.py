"""Photographs as they stand on a page: address, size and words, and who sees them."""

from dataclasses import dataclass, field

from django.urls import reverse

from news import policy
from news.audience import PhotoAudience, of_photos
from news.models import DiaryPhoto
from portal import pictures
from residents import ledger

# In a list more would be a wall of pictures.
THUMBS = 3


@dataclass(frozen=True)
class Shown:
    """One photograph. `width` and `height` are those it is drawn with."""

    src: str
    width: int
    height: int
    alt: str
    # What staff learn besides: to whom it is shown, and who else is in it.
    photo: DiaryPhoto | None = None
    audience: PhotoAudience | None = None
    also: list = field(default_factory=list)
    can_take_back: bool = False


def thumbs(entries, user):
    """The first photographs of each entry, by its number, as far as the user sees them.

    Entries say in `has_photos` whether there are any: where there are none, nothing is
    asked.
    """
    some = [entry.pk for entry in entries if entry.has_photos]
    if not some:
        return {}
    photos = (
        DiaryPhoto.objects.visible_to(user)
        .current()
        .filter(entry__in=some)
        .select_related("resident", "entry")
    )
    shown = {}
    for photo in photos:
        of_entry = shown.setdefault(photo.entry_id, [])
        if len(of_entry) < THUMBS:
            of_entry.append(photo)
    ledger.read(user, [photo for of_entry in shown.values() for photo in of_entry])
    return {
        number: [_small(photo, user) for photo in of_entry]
        for number, of_entry in shown.items()
    }


def _small(photo, user):
    width, height = pictures.fitted(photo.width, photo.height, "small")
    return Shown(_address("news:photo-small", photo, user), width, height, photo.says)


def of_entry(entry, user):
    """All of an entry. Staff learn who sees each of them, and see what was taken back."""
    photos = list(
        entry.photos.visible_to(user)
        .select_related("resident__department", "entry", "recalled_by")
        .prefetch_related("also__resident")
    )
    ledger.read(user, photos)
    cares = policy.can_write_entry(user, entry.resident)
    return [_large(photo, entry, user, cares=cares) for photo in photos]


def _large(photo, entry, user, *, cares):
    also = [one.resident for one in photo.also.all()] if cares else []
    return Shown(
        src=_address("news:photo", photo, user),
        width=photo.width,
        height=photo.height,
        alt=photo.says,
        photo=photo,
        audience=of_photos(entry.resident, also=also, topic=entry.topic)
        if cares
        else None,
        also=also,
        can_take_back=policy.can_take_back_photo(user, photo),
    )


def _address(name, photo, user):
    return f"{reverse(name, args=[photo.uuid])}?key={pictures.key(photo, user)}"
