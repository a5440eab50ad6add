"""Checks what was scanned by what is in it, and keeps no more of it than the picture.

Pictures are drawn anew as JPEG, so that nothing hidden in the file comes along: no place,
no camera, no second file behind the first. PDF files are kept as they are, if they are
whole and can be opened by anybody, and are never shown in a page, only fetched
(consent.record.views.scan).
"""

import hashlib
import re
import zlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consent.models import ScannedPaper
from portal import redrawing

MOST_BYTES = 10 * 1024 * 1024
# A telephone's largest photograph; more is a trap.
MOST_PIXELS = 60_000_000
# Enough to read every letter of a page of A4.
LONGEST_SIDE = 3000
# What no scanner puts into a PDF, and what could run.
RUNS = re.compile(rb"/(JavaScript|Launch|EmbeddedFile|RichMedia)\b")
LOCKED = re.compile(rb"/Encrypt\b")
# Where a PDF says what is in it; nothing but blank space after it, or it is two files.
ENDS = re.compile(rb"startxref\s+\d+\s+%%EOF[\s\0]*\Z")
# A name in a PDF may be written in numbers: /J#61vaScript.
_SPELLED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"\bstream\r?\n")
# Of what stands before a stream; what it says of itself is shorter.
LONGEST_HEAD = 500
# Objects may be packed together, with their names: a paper has few of them.
MOST_PACKS, LARGEST_PACK = 100, 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024


@dataclass(frozen=True)
class Scan:
    kind: str
    content: bytes

    @property
    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()


def read(content):
    """The scan in the bytes of a file. Raises ValidationError with what is wrong."""
    if len(content) > MOST_BYTES:
        raise ValidationError(
            _("The file is larger than 10 MB. Scan it in black and white, or smaller."),
            code="large",
        )
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _picture(content)
    raise ValidationError(
        _("This is no PDF, JPEG or PNG. Scan or photograph the paper once more."),
        code="kind",
    )


def _pdf(content):
    if not ENDS.search(content[-2048:]) or b"/Root" not in content:
        raise ValidationError(
            _("This PDF is broken: not all of it is here. Scan the paper once more."),
            code="broken",
        )
    for part in _parts(content):
        if LOCKED.search(part):
            raise ValidationError(
                _(
                    "This PDF is locked with a password, so nobody can read it later."
                    " Save it without one, or scan the paper once more."
                ),
                code="locked",
            )
        if RUNS.search(part):
            raise _more_than_a_picture()
    return Scan(ScannedPaper.Kind.PDF, content)


def _parts(content):
    """The file itself, and the objects packed in it, with all names as they are read."""
    yield _read_out(content)
    left = MOST_UNPACKED
    for number, pack in enumerate(_packs(content)):
        if number >= MOST_PACKS:
            raise _more_than_a_picture()
        try:
            objects = zlib.decompressobj().decompress(pack, left)
        except zlib.error:
            # Not packed in this way: then it has been read as it stands.
            objects = b""
        if len(objects) >= left:
            raise _more_than_a_picture()
        left -= len(objects)
        yield _read_out(objects)


def _packs(content):
    """The streams of packed objects, as they stand in the file."""
    for stream in _STREAM.finditer(content):
        head = content[max(0, stream.start() - LONGEST_HEAD) : stream.start()]
        if b"/ObjStm" in _read_out(head.rpartition(b" obj")[2]):
            yield content[stream.end() : stream.end() + LARGEST_PACK]


def _more_than_a_picture():
    return ValidationError(
        _("This PDF has more in it than a picture. Scan the paper once more."),
        code="runs",
    )


def _read_out(content):
    return _SPELLED.sub(lambda found: bytes([int(found[1], 16)]), content)


def _picture(content):
    try:
        upright = redrawing.redraw(
            content,
            longest=LONGEST_SIDE,
            most_pixels=MOST_PIXELS,
            formats=("JPEG", "PNG"),
        )
    except ValueError:
        raise ValidationError(
            _("The picture cannot be read. Scan or photograph the paper once more."),
            code="broken",
        ) from None
    return Scan(ScannedPaper.Kind.JPEG, redrawing.as_jpeg(upright, quality=85))
