"""HTML to PDF, drawn in a process with limits (portal.press)."""

import atexit
import contextlib
import json
import logging
import os
import subprocess
import sys
import threading

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render as render_page
from django.template.loader import render_to_string
from django.utils import translation

from portal import typography

# Debian's names of what WeasyPrint draws with.
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# A process that has drawn so many gives way to a fresh one, so that memory stays flat.
ENOUGH = 100
# Beyond its own clock: the process may hang where no clock reaches it.
GRACE = 5
log = logging.getLogger("weasyprint")


class Unavailable(Exception):
    """This machine lacks the libraries that papers are drawn with (PACKAGES)."""


class Failed(Exception):
    """The paper could not be drawn within its limits. Nothing is lost by it."""


def check():
    """Raises Unavailable, before anything is promised."""
    with _one_at_a_time:
        _press.check()


def render(template, context):
    """The bytes of a PDF/A-2a and PDF/UA-1 file; the same bytes for the same context.

    The template gives title, language and dates in its head. Raises Unavailable, Failed.
    """
    return draw(html(template, context))


def html(template, context):
    """The document. Papers are the home's own: Danish, whoever prints them.

    Where a sign is missing in our fonts, the last line says what stands in its place.
    """
    box = typography.CANNOT_DRAW
    with translation.override("da"):
        document = render_to_string(template, context)
        if box in document:
            told = context | {"has_boxes": True, "box": box}
            document = render_to_string(template, told)
    return document


def draw(document):
    """The paper of a document, from this process's press. Raises Unavailable, Failed."""
    with _one_at_a_time:
        return _press.draw(document.encode())


class Press:
    """The child process, started when it is first wanted and after it was ended."""

    def __init__(self):
        self._process, self._drawn, self._of = None, 0, 0
        self._is_able = False

    def check(self):
        if not self._is_able:
            self._ask(b"")
            self._is_able = True

    def draw(self, document):
        paper = self._ask(document)
        self._drawn += 1
        return paper

    def _ask(self, document):
        process = self._ready()
        clock = threading.Timer(settings.PAPER_SECONDS + GRACE, process.kill)
        clock.daemon = True
        clock.start()
        try:
            process.stdin.write(b"%d\n" % len(document) + document)
            process.stdin.flush()
            head = json.loads(process.stdout.readline() or b"{}")
            paper = process.stdout.read(head.get("size", 0))
        except (OSError, ValueError):
            head, paper = {}, b""
        finally:
            clock.cancel()
        for level, message in head.get("said", ()):
            log.log(level, message)
        why = head.get("why", "time")
        if not why and len(paper) == head["size"]:
            return paper
        self.end()
        if why.startswith("unavailable"):
            raise Unavailable(why)
        raise Failed(why)

    def _ready(self):
        if self._of != os.getpid():
            # A fork has no press: the one it remembers is its parent's.
            self._process, self._of = None, os.getpid()
        if self._process and (
            self._process.poll() is not None or self._drawn >= ENOUGH
        ):
            self.end()
        if self._process is None:
            self._drawn = 0
            self._process = subprocess.Popen(  # noqa: S603 -- our own words
                [
                    *(sys.executable, "-m", "portal.press"),
                    *map(str, (settings.PAPER_MEGABYTES, settings.PAPER_SECONDS)),
                ],
                cwd=settings.BASE_DIR,
                env={name: os.environ[name] for name in KNOWN if name in os.environ},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        return self._process

    def end(self):
        """It is over with the process; the next paper has another."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.stdout.close()
            # What it had not read is of no use to it.
            with contextlib.suppress(OSError):
                process.stdin.close()
            process.wait()


# What the press may know of its surroundings: where programs and fonts are.
KNOWN = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")
_press = Press()
atexit.register(_press.end)
_one_at_a_time = threading.Lock()


def response(content, *, filename):
    """Shown in the browser, kept by nobody. The file name names no person."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{filename}"',
            "Cache-Control": "no-store, private",
        },
    )


def unavailable(request):
    """This machine cannot draw papers. Everything else works."""
    return render_page(request, "no_paper.html", {"packages": PACKAGES}, status=503)
