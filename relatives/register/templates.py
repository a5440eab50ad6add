"""Empty files with the right headings, written by tablib."""

import io

import tablib
from django.utils.translation import override

from relatives.register import words
from relatives.register.kinds import KINDS

WORKBOOK = "register"


def _sheet(kind):
    return tablib.Dataset(headers=kind.headings, title=str(kind.label))


def empty(name):
    """A file and what to call it. Raises KeyError for a kind there is not."""
    # The headings are Danish, so the names of the sheets are too.
    with override("da"):
        if name == WORKBOOK:
            book = tablib.Databook([_sheet(k) for k in KINDS.values()])
            return io.BytesIO(book.export("xlsx")), "register.xlsx"
        kind = KINDS[name]
        text = _sheet(kind).export("csv", delimiter=";")
        file = f"{words.simplify(str(kind.label))}.csv"
        # With a mark in front, or Excel spoils the Danish letters.
        return io.BytesIO(text.encode("utf-8-sig")), file
