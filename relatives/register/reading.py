"""Files into tables of text, whatever they turn out to be.

Read with csv and openpyxl, which tablib is built on, and not through tablib itself: it
forgets empty lines, so that no line could be named, takes a formula for its last value,
and reads as many rows as a file claims to have.
"""

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
from collections import namedtuple

import openpyxl
from django.utils.translation import gettext as _

from portal.plain import on_one_line
from relatives.register import words

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
# What a workbook may unfold to; a bomb of a few kilobytes unfolds to gigabytes.
MOST_UNFOLDED = 40 * 1024 * 1024
MOST_PARTS = 2_000
MOST_SHEETS = 20
SEPARATORS = ";,\t"
# A table: what to call it, and its rows: each with its line, and its cells as text.
Table = namedtuple("Table", "name rows")


class Unreadable(Exception):
    """The file cannot be read at all. Says why, and what would be right."""


def read(name, content):
    """The tables of one file. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than 10 MB. Divide it into several."))
    if content.startswith(b"PK\x03\x04"):
        return _read_workbook(name, content)
    _refuse_what_is_no_table(content)
    return [Table(name, _read_text(_decode(content)))]


def _refuse_what_is_no_table(content):
    start = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not content.strip(b"\xef\xbb\xbf \r\n\t\x00"):
        raise Unreadable(_("The file is empty."))
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            _(
                "This is an old Excel file, or one with a password. "
                "Open it in Excel and save it as .xlsx without a password."
            )
        )
    if start.startswith(b"%pdf"):
        raise Unreadable(_("This is a PDF. Export the list as CSV or XLSX."))
    if start.startswith((b"<", b"{")) or b"<html" in start:
        raise Unreadable(
            _(
                "This is a web page and not a spreadsheet, whatever the file is called. "
                "Open it in Excel and save it as .xlsx."
            )
        )


def _decode(content):
    encodings = ["utf-8-sig", "cp1252"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(_("This is not a text file. Export the list as CSV or XLSX."))


def _read_text(text):
    # Excel writes a first line of its own to remember the separator.
    told = re.match(r"sep=(.)\r?\n", text)
    separator = told[1] if told else _separator(text)
    if told:
        text = "\n" + text[told.end() :]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    result, line = [], 1
    try:
        for cells in rows:
            cells = [clean(cell) for cell in cells]
            _count(result, cells)
            if any(cells):
                result.append((line, cells))
            line = rows.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            _("Line %(line)s cannot be read. Is a quotation mark missing?")
            % {"line": line}
        ) from error
    return result


def _separator(text):
    """The one that finds the most headings we know in the first lines."""

    def known(separator):
        try:
            lines = list(csv.reader(text.splitlines()[:10], delimiter=separator))
        except csv.Error:
            return (0, 0)
        found = [
            sum(words.simplify(c) in words.all_headings() for c in r) for r in lines
        ]
        return (max(found, default=0), max((len(r) for r in lines), default=0))

    return max(SEPARATORS, key=known)


def _count(rows, cells):
    if len(rows) > MOST_ROWS:
        raise too_many_rows()
    if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
        raise Unreadable(
            _("The file has more than %(most)s columns.") % {"most": MOST_COLUMNS}
        )


def _read_workbook(name, content):
    try:
        _refuse_a_bomb(content)
        with warnings.catch_warnings():
            # Of ornaments that openpyxl does not know.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, keep_links=False
            )
            sheets = book.worksheets[:MOST_SHEETS]
            tables = [Table(f"{name} › {s.title}", _read_sheet(s)) for s in sheets]
        if len(tables) == 1:
            return [Table(name, tables[0].rows)]
        return [table for table in tables if table.rows]
    except Unreadable:
        raise
    # A broken workbook fails in as many ways as there are parts in it.
    except Exception as error:
        raise Unreadable(
            _(
                "The file cannot be opened as a spreadsheet. "
                "Open it in Excel and save it again as .xlsx."
            )
        ) from error


def _refuse_a_bomb(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        unfolded = sum(part.file_size for part in parts.infolist())
        if len(names) > MOST_PARTS or unfolded > MOST_UNFOLDED:
            raise Unreadable(_("The file unfolds to more than a register can be."))
        if "xl/workbook.xml" not in names:
            raise Unreadable(
                _("This is not a spreadsheet. Export the list as CSV or XLSX.")
            )
        for part in names:
            # No spreadsheet has one, and one can be made to unfold without end.
            if part.endswith((".xml", ".rels")):
                with parts.open(part) as xml:
                    if b"<!DOCTYPE" in xml.read(4000).replace(b"\x00", b""):
                        raise Unreadable(
                            _("The file unfolds to more than a register can be.")
                        )


def _read_sheet(sheet):
    # What the sheet says of its own size may be wrong, or a trap.
    sheet.reset_dimensions()
    result = []
    rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
    for line, values in enumerate(rows, start=1):
        if line > 10 * MOST_ROWS:
            raise too_many_rows()
        if any(values):
            cells = [_as_text(value) for value in values]
            _count(result, cells)
            if any(cells):
                result.append((line, cells))
    return result


def too_many_rows():
    return Unreadable(
        _("The file has more than %(most)s rows. Divide it into several.")
        % {"most": MOST_ROWS}
    )


def _as_text(value):
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str | int | float | dt.date | dt.time | dt.timedelta):
        return clean(str(value))
    # A formula over several cells.
    return "="


def clean(text):
    """One line, as what people write in a form. A broken export has NULs in it."""
    return on_one_line(text.replace("\x00", ""))
