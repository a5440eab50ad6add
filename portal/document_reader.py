"""Reads a PDF from its input and writes it anew: `python -m portal.document_reader`.

A process of its own with little memory and little time. Whatever is wrong with the file
it says in a word on stderr (portal.documents.Refused).
"""

import resource
import sys
from io import BytesIO

import pikepdf

MEGABYTES, SECONDS, MOST_PAGES = 700, 15, 100
# A file that nests deeper than any program writes is a trap.
DEEPEST = 100

# What acts by itself, or carries another file along (ISO 32000-1, 12.6 and 7.11.4).
KEYS = {
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/EF",
    "/RF",
    "/XFA",
    "/RichMediaContent",
}
ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR"),
    *("/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"),
}
KINDS = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/FileAttachment"}


def main():
    limit = MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        sys.stdout.buffer.write(anew(sys.stdin.buffer.read()))
    except Refused as error:
        return str(error)
    except pikepdf.PasswordError:
        return "locked"
    except Exception:
        # Whatever the reader stumbles over, it is the file that is wrong.
        return "broken"
    return 0


class Refused(Exception):
    pass


def anew(content):
    if not content.startswith(b"%PDF-"):
        raise Refused("broken")
    with pikepdf.open(BytesIO(content), attempt_recovery=False) as pdf:
        if pdf.is_encrypted:
            raise Refused("locked")
        if not len(pdf.pages):
            raise Refused("broken")
        if len(pdf.pages) > MOST_PAGES:
            raise Refused("long")
        for thing in pdf.objects:
            look_at(thing)
        written = BytesIO()
        pdf.save(written, fix_metadata_version=False)
    return written.getvalue()


def look_at(thing, depth=0):
    if depth > DEEPEST:
        raise Refused("broken")
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        parts = dict(thing.items())
        if (
            KEYS & parts.keys()
            or str(parts.get("/S", "")) in ACTIONS
            or str(parts.get("/Subtype", "")) in KINDS
        ):
            raise Refused("acts")
        parts = parts.values()
    elif isinstance(thing, pikepdf.Array):
        parts = list(thing)
    else:
        return
    for part in parts:
        # What has a number of its own is looked at by itself.
        if isinstance(part, pikepdf.Object) and not part.is_indirect:
            look_at(part, depth + 1)


if __name__ == "__main__":
    sys.exit(main())
