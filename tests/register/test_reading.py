"""Files of every make, and files that are something else."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relatives.register import reading
from relatives.register.kinds import KINDS
from relatives.register.plan import make_plan
from relatives.register.sheets import Register, read_register
from tests.register.conftest import EXAMPLES, LISTS, examples
from tests.register.test_import import BO, HOUSE


@pytest.fixture
def read(home):
    def read(*files):
        return make_plan(home, read_register(files))

    return read


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_encoding_and_separator(read, encoding, separator, ending):
    text = "Afdeling;Telefon\nÆblegården;86 12 34 50\n"
    text = text.replace(";", separator).replace("\n", ending)

    found = read(("afdelinger.csv", text.encode(encoding)))

    assert found.errors == []
    assert [change.name for change in found.new["department"]] == ["Æblegården"]


def test_the_example_reads_the_same_in_windows_letters_and_commas(read):
    def converted(name, content):
        text = content.decode("utf-8-sig")
        # What Windows-1252 has no letter for stays as it was.
        return name, text.encode("cp1252", "ignore")

    plain = read(*examples())
    windows = read(*(converted(*file) for file in examples()))

    assert plain.counts() == windows.counts()
    assert windows.errors == []


def test_a_line_is_named_as_an_editor_counts_it(read):
    rows = BO.splitlines()
    text = f'{rows[0]}\n\n"B-0";"Ib\nmellem";Holm;01-02-1990;Åhuset;01-02-2024;\n\n{rows[1]}'
    text = text.replace("04-06-1990", "31-02-1990")

    found = read(("hus.csv", HOUSE.encode()), ("b.csv", text.encode()))

    assert [error.line for error in found.errors] == [6]


def test_excels_own_line_about_the_separator_is_understood(read):
    found = read(("hus.csv", b"sep=,\r\nAfdeling,Telefon\r\nNord,20"))

    assert [error.line for error in found.errors] == [3]


HTML = b"<html><table><tr><td>Afdeling</td></tr></table></html>"


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * (reading.MOST_UNFOLDED + 1))
    return file.getvalue()


def with_part(name, text):
    file = io.BytesIO(workbook(Ark=[["Afdeling"], ["Nord"]]))
    with zipfile.ZipFile(file) as parts:
        kept = {part: parts.read(part) for part in parts.namelist()}
    kept[name] = text
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        for part, content in kept.items():
            parts.writestr(part, content)
    return file.getvalue()


def archive():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("word/document.xml", "<x/>")
    return file.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><sst>&a;</sst>'
FAR_DOWN = b"""<?xml version="1.0"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>Afdeling</t></is></c></row>
<row r="99999999"><c r="A99999999" t="inlineStr"><is><t>Nord</t></is></c></row>
</sheetData></worksheet>"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tom.csv", b""),
        ("tom.csv", b"\xef\xbb\xbf \r\n\r\n"),
        ("side.xls", HTML),
        ("side.csv", b"<?xml version='1.0'?>" + HTML),
        ("side.csv", b"  \n<!DOCTYPE html>" + HTML),
        ("liste.pdf", b"%PDF-1.7 ..."),
        ("gammel.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        ("billede.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("data.json", b'{"a": 1}'),
        ("bombe.xlsx", bomb()),
        ("lag.xlsx", with_part("xl/sharedStrings.xml", LAUGHS)),
        ("langt.xlsx", with_part("xl/worksheets/sheet1.xml", FAR_DOWN)),
        ("brev.docx", archive()),
        ("brudt.xlsx", b"PK\x03\x04 nothing more"),
        ("brudt.xlsx", with_part("xl/workbook.xml", b"<workbook")),
        ("mange.csv", b"Afdeling\n" + b"x\n" * (reading.MOST_ROWS + 5)),
        ("brede.csv", b"Afdeling" + b";x" * 200),
        ("stor.csv", b"x" * (reading.MOST_BYTES + 1)),
        ("ukendt.csv", b"Frugt;Farve\nBanan;Gul\n"),
        ("hoved.csv", b"Afdeling;Telefon\n"),
        ("citat.csv", b'Afdeling\n"' + b"x" * 200_000),
    ],
)
def test_what_is_no_register_is_told_in_a_sentence(read, name, content):
    found = read((name, content))

    assert [error.file for error in found.errors] == [name]
    assert found.changes_nothing


def test_a_workbook_may_have_a_sheet_that_is_something_else(read):
    content = workbook(Noter=[["Husk", "at ringe"]], Huse=[["Afdeling"], ["Nord"]])

    found = read(("register.xlsx", content))

    assert found.errors == []
    assert [note.file for note in found.notes] == ["register.xlsx › Noter"]


def test_dates_and_numbers_of_a_spreadsheet_are_what_they_look_like(read):
    headings = BO.splitlines()[0].replace("Fødselsdato", "CPR").split(";")
    row = ["B-1", "Bo", "Holm", 406901231, "Åhuset", dt.date(2024, 2, 1), 12]
    content = workbook(Huse=[["Afdeling"], ["Åhuset"]], Borgere=[headings, row])

    found = read(("register.xlsx", content))

    assert found.errors == []
    [bo] = [thing for thing in found._add.values() if hasattr(thing, "cpr_digest")]
    assert (bo.born_on, bo.moved_in_on, bo.room) == (
        dt.date(1990, 6, 4),
        dt.date(2024, 2, 1),
        "12",
    )


def test_a_formula_is_not_taken_for_its_last_value(read):
    content = workbook(Huse=[["Afdeling"], ['="Nord"&" øst"']])

    found = read(("huse.xlsx", content))

    assert [(error.line, error.column) for error in found.errors] == [
        (2, "A · Afdeling")
    ]


def test_a_letter_in_two_parts_is_one_letter(read):
    # A Mac may write å as a and a ring.
    found = read(("huse.csv", "Afdeling\nÅhuset\nA\u030ahuset\n".encode()))

    assert [error.line for error in found.errors] == [3]


def test_what_was_read_is_the_same_after_a_night_in_the_database(home):
    register = read_register(examples())

    again = Register.from_json(register.as_json())

    assert make_plan(home, again).fingerprint == make_plan(home, register).fingerprint


# Whatever stands in the cells

ANYTHING = st.text(max_size=12) | st.sampled_from(
    [
        *("31-02-1990", "04-06-1990", "33028", "=1+1", "#REF!", "040690-1231", "ja"),
        *("B-1", "P-1", "M-1", "mor", "delt", "Åhuset", "a@b.dk", "20304050"),
        *("personlig", "helbred", "B-1, B-2", "mor, far", "\x00", "Ã¸", '"', "\ud7ff"),
    ]
)
HEADINGS = {name: kind.headings for name, kind in KINDS.items()}


@st.composite
def tables(draw):
    headings = draw(st.sampled_from(list(HEADINGS.values())))
    row = st.lists(ANYTHING, min_size=0, max_size=len(headings) + 2)
    return [headings, *draw(st.lists(row, max_size=4))]


@given(found=st.lists(tables(), min_size=1, max_size=3))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_cell_is_a_fault(home, found):
    files = [
        (
            f"{i}.csv",
            "\n".join(";".join(row) for row in rows).encode("utf-8", "replace"),
        )
        for i, rows in enumerate(found)
    ]

    plan = make_plan(home, Register.from_json(read_register(files).as_json()))

    assert plan.fingerprint
    assert all(str(problem) for problem in plan.problems)


@given(content=st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_file_is_a_fault(content):
    for start in (b"", b"Afdeling;Telefon\n", b"PK\x03\x04"):
        read_register([("x", start + content)])


def test_the_committed_workbook_holds_what_the_lists_hold():
    book = openpyxl.load_workbook(EXAMPLES / "register.xlsx")

    for sheet, name in zip(book.worksheets, LISTS, strict=True):
        lines = (EXAMPLES / f"{name}.csv").read_text("utf-8-sig").splitlines()
        assert sheet.max_row == len(lines)
        assert [cell.value for cell in sheet[1]] == lines[0].split(";")
