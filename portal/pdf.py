"""HTML to PDF. The only module that knows WeasyPrint, whose libraries may be missing."""

import atexit
import threading
from functools import cache
from io import BytesIO

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render as render_page
from django.template.loader import render_to_string
from django.utils import translation

from portal import archival

# What a paper may fetch, and nothing else: no address, no file, no data.
FONTS = {
    f"print:{name}": settings.BASE_DIR / "static" / "vendor" / name
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
    for file in (settings.BASE_DIR / "static" / "vendor" / "openmoji").glob("*.svg")
}
SVG = "image/svg+xml"
STYLES = settings.BASE_DIR / "static" / "print" / "paper.css"
# Debian's names of what WeasyPrint draws with.
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# Pango's fonts are one a process; two papers at once would take turns anyhow.
_one_at_a_time = threading.Lock()


class Unavailable(Exception):
    """This machine lacks the libraries that papers are drawn with (PACKAGES)."""


def check():
    """Raises Unavailable, before anything is promised."""
    _weasyprint()


def render(template, context):
    """The bytes of a PDF/A-2a and PDF/UA-1 file; the same bytes for the same context.

    The template gives title, language and dates in its head. Raises Unavailable.
    """
    weasyprint = _weasyprint()
    # Papers are the home's own documents: Danish, whoever prints them.
    with translation.override("da"):
        html = render_to_string(template, context)
    with _one_at_a_time:
        stylesheet, fonts = _style()
        page = weasyprint.HTML(string=html, url_fetcher=_fetcher())
        return page.write_pdf(
            stylesheets=[stylesheet],
            font_config=fonts,
            finisher=archival.finish,
            pdf_variant="pdf/a-2a",
        )


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


def _weasyprint():
    try:
        import weasyprint
    except OSError as missing:
        raise Unavailable(str(missing)) from missing
    return weasyprint


@cache
def _style():
    """The style sheet with its fonts, read once a process."""
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheet = weasyprint.CSS(
        string=STYLES.read_text(encoding="utf-8"),
        font_config=fonts,
        url_fetcher=_fetcher(),
    )
    # Pango's configuration wants to be put away before Python is.
    atexit.register(_style.cache_clear)
    return sheet, fonts


@cache
def _fetcher():
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
