"""Files that people give us are shown to ClamAV first, where the home has one (ASVS 5.4.3).

What we hand out again is drawn or written anew and acts in nobody's machine; this is for the
machine it is opened on here, and so that whoever gave the file is told. Where the scanner is
to be asked and does not answer, no file is taken.
"""

import logging
import socket
import struct

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

SECONDS = 20
# What one piece of a stream may hold; the protocol says so of each piece (clamd(8), INSTREAM).
PIECE = 1 << 20


def refuse(file):
    """Raises ValidationError if there is a virus in the file, or nobody to say there is none.

    The file is as it was afterwards: read from its beginning.
    """
    if not settings.CLAMAV:
        return
    try:
        answer = _asked(file)
    except OSError as error:
        log.error("The virus scanner does not answer: %s", error)
        answer = b""
    finally:
        file.seek(0)
    if answer.endswith(b" FOUND"):
        log.warning("A file with a virus in it was refused.")
        raise ValidationError(
            _(
                "There is a virus in “%(name)s”. It is not kept. Tell whoever looks "
                "after the computer that it comes from."
            ),
            code="virus",
            params={"name": file.name},
        )
    if answer != b"stream: OK":
        raise ValidationError(
            _(
                "“%(name)s” cannot be looked through for viruses just now, so it is not "
                "kept. Try again in a while."
            ),
            code="unseen",
            params={"name": file.name},
        )


def _asked(file):
    """clamd's answer in bytes: "stream: OK", or what it found."""
    with socket.socket(socket.AF_UNIX) as clamd:
        clamd.settimeout(SECONDS)
        clamd.connect(settings.CLAMAV)
        clamd.sendall(b"zINSTREAM\0")
        file.seek(0)
        while piece := file.read(PIECE):
            clamd.sendall(struct.pack("!L", len(piece)) + piece)
        clamd.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := clamd.recv(4096)):
            answer += more
    return answer.rstrip(b"\0")
