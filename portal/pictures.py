"""Photographs that people give us: drawn anew, kept in a folder, and shown with care.

For whoever takes pictures (news, articles, a manager's portrait):

- a form has a `PictureField` or a `PicturesField` (portal.picture_forms); both answer
  what `keep()` has put away, as `Kept`;
- a model is a `portal.models.Picture` and takes `**kept.fields`;
- a page that shows it makes the address with `key(picture, user)`;
- the view behind the address finds the picture through `visible_to(user)` each time and
  answers with `show(request, picture, size, key)`.

Nothing of the file that was sent is kept: what is in the folder we have drawn ourselves,
pixel by pixel. No camera, no place, no second file behind the first.
(OWASP ASVS 5.2 and 5.4; the traps were measured beforehand.)
"""

import logging
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from portal import viruses
from portal.redrawing import as_jpeg, redraw

logger = logging.getLogger(__name__)

MOST_BYTES = 15 * 1024 * 1024
# The longest side of what is shown by itself, and of what stands in lists.
SIDES = {"full": 2000, "small": 480}
# An address that was copied out of a page opens nothing after this many seconds.
KEY_LASTS = 24 * 60 * 60
NAME = re.compile(r"[0-9a-f]{32}")


class NotKept(Exception):
    """The folder is full or cannot be written to. Nothing of the picture is left in it."""


@dataclass(frozen=True)
class Drawn:
    """A picture as we have drawn it: its JPEG files by size, and how large it is."""

    files: dict
    width: int
    height: int


@dataclass(frozen=True)
class Kept:
    """A picture in the folder: what a row must know of it."""

    file: str
    width: int
    height: int

    @property
    def fields(self):
        return {"file": self.file, "width": self.width, "height": self.height}


def read(file):
    """What a person has chosen, drawn in all sizes.

    Raises ValidationError that says what is wrong and what to do about it.
    """
    if file.size > MOST_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than 15 MB. Choose a smaller version of it."),
            code="large",
            params={"name": file.name},
        )
    viruses.refuse(file)
    try:
        image = redraw(file.read(), longest=SIDES["full"])
    except ValueError:
        raise ValidationError(
            _(
                "“%(name)s” cannot be read as a photo. Choose a whole photo in JPEG, PNG, "
                "WebP or HEIC, of at most 40 megapixels."
            ),
            code="broken",
            params={"name": file.name},
        ) from None
    small = image.copy()
    small.thumbnail((SIDES["small"], SIDES["small"]))
    files = {"full": as_jpeg(image), "small": as_jpeg(small)}
    return Drawn(files, image.width, image.height)


# The folder


def _path(name, size):
    if not NAME.fullmatch(name):
        raise ValueError("No name of ours.")
    return settings.DATA_DIR / "pictures" / name[:2] / f"{name}-{size}.jpg"


def keep(drawn, *, name=None):
    """Put a drawn picture into the folder, whole or not at all. Raises NotKept.

    Its name says nothing and cannot be guessed; only a demo gives one of its own.
    """
    name = name or secrets.token_hex(16)
    try:
        for size, content in drawn.files.items():
            _write(_path(name, size), content)
    except OSError as error:
        remove(name)
        logger.error("A picture could not be kept: %s", error.strerror)
        raise NotKept from error
    return Kept(name, drawn.width, drawn.height)


def _write(path, content):
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    try:
        with open(half, "xb", opener=_private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _private(path, flags):
    return os.open(path, flags, 0o640)


def content(name):
    """The bytes of a picture that has been kept, or none. Who may have them is decided."""
    try:
        return _path(name, "full").read_bytes()
    except (OSError, ValueError):
        return b""


def remove(name):
    """Take a picture out of the folder that no row knows."""
    for size in SIDES:
        with suppress(OSError):
            _path(name, size).unlink(missing_ok=True)


# Showing


def fitted(width, height, size):
    """How large a picture is in one of the SIDES."""
    scale = min(1, SIDES[size] / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def key(picture, user):
    """What opens the picture's address to this user for a day, and to nobody else.

    It is asked besides visible_to(), never instead: who may no longer see the picture
    has no use of an address that still lasts.
    """
    whose = _whose(picture, user)
    return _signer().sign(whose).removeprefix(f"{whose}:")


def _whose(picture, user):
    return f"{picture.uuid}:{user.pk}"


def _signer():
    return signing.TimestampSigner(salt="portal.pictures")


def opens(picture, user, key):
    """Whether the key was made for this picture and user, less than a day ago."""
    try:
        _signer().unsign(f"{_whose(picture, user)}:{key}", max_age=KEY_LASTS)
    except signing.BadSignature:
        return False
    return True


def show(request, picture, size, key):
    """The picture, which the caller has found through visible_to(). Raises Http404."""
    if not opens(picture, request.user, key):
        raise Http404
    try:
        content = _path(picture.file, size).read_bytes()
    except FileNotFoundError:
        logger.error("A picture is missing in the folder: row %s", picture.pk)
        raise Http404 from None
    return HttpResponse(
        content,
        content_type="image/jpeg",
        headers={
            "Content-Disposition": "inline",
            "Content-Security-Policy": "sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )
