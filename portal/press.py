"""The process that draws papers: HTML in, PDF out, and nothing else within reach.

`python -m portal.press` reads one document after another from its standard input and
answers on its standard output. It has no database, no settings and no secrets, so much
memory and so many seconds for each, and is ended by the one who started it (portal.pdf)
or, should that one be gone, by the end of its input.
"""

import atexit
import json
import logging
import resource
import signal
import sys
from functools import cache
from io import BytesIO
from pathlib import Path

from portal import archival

STATIC = Path(__file__).resolve().parent.parent / "static"
# What a paper may fetch, and nothing else: no address, no file, no data.
FONTS = {
    f"print:{name}": STATIC / "vendor" / name
    for name in (
        *(
            f"source-sans-3/source-sans-3-{alphabet}-{weight}-normal.woff2"
            for alphabet in ("latin", "latin-ext")
            for weight in (400, 600, 700)
        ),
        "source-sans-3/source-sans-3-latin-400-italic.woff2",
        "dejavu/DejaVuSans.ttf",
    )
}
# The pictograms, for an <img src="print:health">.
PICTURES = {
    f"print:{file.stem}": file
    for file in (STATIC / "vendor" / "openmoji").glob("*.svg")
}
SVG = "image/svg+xml"
STYLES = STATIC / "print" / "paper.css"


def weasyprint():
    """Raises OSError where the libraries that it draws with are missing."""
    import weasyprint

    return weasyprint


def draw(html):
    """The bytes of a PDF/A-2a and PDF/UA-1 file; the same bytes for the same HTML."""
    stylesheet, fonts = style()
    page = weasyprint().HTML(string=html, url_fetcher=fetcher())
    return page.write_pdf(
        stylesheets=[stylesheet],
        font_config=fonts,
        finisher=archival.finish,
        pdf_variant="pdf/a-2a",
    )


@cache
def style():
    """The style sheet with its fonts, read once a process."""
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheet = weasyprint().CSS(
        string=STYLES.read_text(encoding="utf-8"),
        font_config=fonts,
        url_fetcher=fetcher(),
    )
    # Pango's configuration wants to be put away before Python is.
    atexit.register(style.cache_clear)
    return sheet, fonts


@cache
def fetcher():
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyOurs(URLFetcher):
        """A word in a record must never make the server open a file or an address."""

        def fetch(self, url, headers=None):
            if url in PICTURES:
                drawing = BytesIO(PICTURES[url].read_bytes())
                return URLFetcherResponse(url, drawing, {"Content-Type": SVG})
            if url not in FONTS:
                raise ValueError(f"A paper may not fetch {url[:100]}")
            return URLFetcherResponse(url, BytesIO(FONTS[url].read_bytes()))

    return OnlyOurs()


class _Kept(logging.Handler):
    """What WeasyPrint warns of, for whoever asked for the paper."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.said = []

    def emit(self, record):
        self.said.append([record.levelno, record.getMessage()])


def main(megabytes, seconds):
    """Until the input ends. Too much time ends the process, too much memory the paper."""
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    kept = _Kept()
    logging.getLogger("weasyprint").addHandler(kept)
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    # Whatever else prints must not stand among the answers.
    sys.stdout = sys.stderr
    while size := source.readline():
        html = source.read(int(size)).decode()
        kept.said.clear()
        # The system's own clock ends it, also in the middle of somebody else's code.
        signal.alarm(seconds)
        paper, why = b"", ""
        try:
            weasyprint()
            # Nothing to draw is the question whether one could.
            paper = draw(html) if html else b""
        except MemoryError:
            why = "memory"
        except OSError as missing:
            why = f"unavailable {missing}"
        except Exception as error:
            why = f"{type(error).__name__}"
        signal.alarm(0)
        head = {"size": len(paper), "why": why, "said": kept.said}
        answers.write(json.dumps(head).encode() + b"\n" + paper)
        answers.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
