"""What holds for every paper that leaves the portal: PDF/A-2a and PDF/UA-1 in one file."""

import logging
import subprocess
from contextlib import contextmanager
from io import BytesIO

import pikepdf


@contextmanager
def silence(caplog):
    """WeasyPrint warns of glyphs that no font has, of missing titles and languages."""
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        yield
    assert not [r for r in caplog.records if r.name.startswith("weasyprint")]


def words(paper):
    told = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True
    )
    return " ".join(told.stdout.decode().split())


def unbroken(paper):
    """All words in one, so that a word that is broken over two lines is found too."""
    told = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=paper, capture_output=True, check=True
    )
    return "".join(told.stdout.decode().replace("-\n", "").split())


def archival(paper):
    """Look for what we know to go wrong, and answer all that it says about itself.

    Whether nothing else does is veraPDF's to say (tests.standards).
    """
    with pikepdf.open(BytesIO(paper)) as file:
        about = file.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"]
        assert file.Root.Lang == "da"
        assert file.Root.MarkInfo.Marked
        assert file.Root.ViewerPreferences.DisplayDocTitle
        _fonts_are_in(file)
        _drawings_have_words(file)
        return str(about) + str(file.docinfo)


def drawings(paper):
    with pikepdf.open(BytesIO(paper)) as file:
        return len(_figures(file))


def _fonts_are_in(file):
    fonts = [
        font for page in file.pages for font in page.Resources.get("/Font", {}).values()
    ]
    assert fonts
    for font in fonts:
        for descendant in font.DescendantFonts:
            held = descendant.FontDescriptor
            assert "/FontFile3" in held or "/FontFile2" in held


def _figures(file):
    return [
        thing
        for thing in file.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
    ]


def _drawings_have_words(file):
    assert all(str(figure.Alt) for figure in _figures(file))
