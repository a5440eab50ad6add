"""PDF files that people give us: read, written anew, kept in a folder, and handed out.

What is kept we have written ourselves from what pikepdf (qpdf) could read: no second file
behind the first, nothing that acts by itself. It is read in a process with limits, for a
small file may unpack to a very large one. (OWASP ASVS 5.2 and 5.4.)
"""

import logging
import os
import re
import secrets
import subprocess
import sys
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from portal import viruses

log = logging.getLogger(__name__)

MOST_BYTES = 10 * 1024 * 1024
MOST_PAGES = 100
SECONDS = 20
NAME = re.compile(r"[0-9a-f]{32}")
# What the reading process may know of its surroundings: where programs are.
KNOWN = ("PATH", "HOME", "LANG", "LC_ALL", "VIRTUAL_ENV")


class NotKept(Exception):
    """The folder is full or cannot be written to. Nothing of the file is left in it."""


def read(file):
    """The bytes of a PDF that somebody has chosen, written anew.

    Raises ValidationError that says what is wrong and what to do about it.
    """
    viruses.refuse(file)
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        why = _("“%(name)s” is larger than 10 MB. Choose a smaller version of it.")
        raise ValidationError(why, params={"name": file.name}, code="large")
    try:
        written = _written_anew(content)
    except Refused as error:
        raise ValidationError(
            _why(str(error)), params={"name": file.name}, code=str(error)
        ) from None
    if len(written) > 2 * MOST_BYTES:
        raise ValidationError(_why("broken"), params={"name": file.name})
    return written


class Refused(Exception):
    """In a word why: broken, locked, acts, long."""


def _why(word):
    return {
        "locked": _(
            "“%(name)s” is locked with a password. Save it without one and try again."
        ),
        "acts": _(
            "“%(name)s” holds a program or another file. Print it to a new PDF and "
            "choose that."
        ),
        "long": _("“%(name)s” has more than 100 pages. Choose a shorter one."),
    }.get(
        word,
        _("“%(name)s” cannot be read as a PDF. Make the PDF again and try once more."),
    )


def _written_anew(content):
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "portal.document_reader"],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=settings.BASE_DIR,
            env={name: os.environ[name] for name in KNOWN if name in os.environ},
        )
    except subprocess.TimeoutExpired:
        raise Refused("broken") from None
    if answer.returncode:
        raise Refused(answer.stderr.decode(errors="replace").strip()[-10:] or "broken")
    return answer.stdout


# The folder


def _path(name):
    if not NAME.fullmatch(name):
        raise ValueError("No name of ours.")
    return settings.DATA_DIR / "documents" / name[:2] / f"{name}.pdf"


def keep(content):
    """Put it into the folder, whole or not at all, and say by what name. Raises NotKept."""
    name = secrets.token_hex(16)
    path = _path(name)
    half = path.with_suffix(".half")
    try:
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        with open(half, "xb", opener=_private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        log.error("A document could not be kept: %s", error.strerror)
        raise NotKept from error
    return name


def _private(path, flags):
    return os.open(path, flags, 0o640)


def remove(name):
    """Take it out of the folder when no row knows it any more."""
    with suppress(OSError):
        _path(name).unlink(missing_ok=True)


def answer(name, *, filename):
    """The file to be saved, which the caller has found through visible_to()."""
    try:
        content = _path(name).read_bytes()
    except FileNotFoundError:
        log.error("A document is missing in the folder: %s", name)
        raise Http404 from None
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Content-Security-Policy": "sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )
