"""Checks what was scanned by what is in it, and keeps no more of it than the picture.

Pictures are drawn anew as JPEG, so that nothing hidden in the file comes along: no place,
no camera, no second file behind the first. PDF files are kept as they are and are never
shown in a page, only fetched (consent.record.views.scan).
"""

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from consent.models import ScannedPaper

MOST_BYTES = 10 * 1024 * 1024
# A telephone's largest photograph; more is a trap.
MOST_PIXELS = 60_000_000
# Enough to read every letter of a page of A4.
LONGEST_SIDE = 3000
# What no scanner puts into a PDF, and what could run.
RUNS = re.compile(rb"/(JavaScript|Launch|EmbeddedFile|RichMedia)\b")


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
    if b"%%EOF" not in content[-2048:] or RUNS.search(content):
        raise ValidationError(
            _(
                "This PDF is broken, or has more in it than a picture. Scan it once more."
            ),
            code="broken",
        )
    return Scan(ScannedPaper.Kind.PDF, content)


def _picture(content):
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValueError
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ValidationError(
            _("The picture cannot be read. Scan or photograph the paper once more."),
            code="broken",
        ) from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn = BytesIO()
    upright.save(drawn, "JPEG", quality=85, optimize=True)
    return Scan(ScannedPaper.Kind.JPEG, drawn.getvalue())
