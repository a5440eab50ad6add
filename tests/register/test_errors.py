"""Every bad row is named by its line and column, and told what would be right."""

import datetime as dt

import pytest
from django.utils.translation import override

from relatives.register.columns import Kind
from relatives.register.kinds import KINDS
from residents.models import Resident
from tests.factories import DepartmentFactory, ResidentFactory
from tests.register.conftest import EXAMPLES
from tests.register.test_import import ANNA, BO, CHILD, HOUSE, MOTHER, STAFF


def places(plan):
    """Where the errors are: (line, the column's letter)."""
    return [(error.line, error.column[:1]) for error in plan.errors]


def one_row(text, **cells):
    """The first row of a list with some cells changed: headings by their first word."""
    head, row, *rest = text.splitlines()
    headings, values = head.split(";"), row.split(";")
    for heading, value in cells.items():
        values[headings.index(heading)] = value
    return "\n".join([head, ";".join(values), *rest]) + "\n"


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Fødselsdato", "31-02-1990"),
        ("Fødselsdato", "1990"),
        ("Fødselsdato", "04-06-90"),
        ("Fødselsdato", "04-06-2090"),
        ("Fødselsdato", "04-06-1890"),
        ("Fødselsdato", "0"),
        ("Fødselsdato", "999999"),
        ("Indflytningsdato", "04-06-1989"),
        ("Fornavn", ""),
        ("Fornavn", "x" * 101),
        ("Fornavn", "SÃ¸ren"),
        ("Fornavn", "#REF!"),
        ("Fornavn", "=HVIS(A1;B1)"),
        ("Efternavn", "Holm 040690-1231"),
        ("Borger-id", "0406901231"),
        ("Borger-id", ""),
        ("Afdeling", "Ukendt"),
        ("Værelse", "x" * 31),
    ],
)
def test_a_cell_that_cannot_be_right(plan, heading, cell):
    found = plan(HOUSE, one_row(BO, **{heading: cell.replace(";", ",")}))

    column = "ABCDEFG"[BO.split("\n")[0].split(";").index(heading)]
    assert places(found) == [(2, column)]


@pytest.mark.parametrize("number", ["310290-1231", "12345", "0406901231x", "4,07E+08"])
def test_a_cpr_number_that_fails_its_checks_is_not_repeated(plan, number):
    rows = one_row(BO.replace("Fødselsdato", "CPR-nummer"), **{"CPR-nummer": number})

    found = plan(HOUSE, rows)

    assert places(found) == [(2, "D")]
    assert number not in found.errors[0].text


def test_a_cpr_number_and_a_date_of_birth_that_do_not_agree(plan):
    rows = BO.replace("Værelse", "CPR-nummer").replace(";12", ";050690-1231")

    found = plan(HOUSE, rows)

    assert places(found) == [(2, "D")]
    assert "050690-••••" in found.errors[0].text


def test_a_cpr_number_without_its_first_nought_is_understood(plan):
    rows = one_row(BO.replace("Fødselsdato", "CPR"), CPR="406901231")

    assert plan(HOUSE, rows).errors == []


@pytest.mark.parametrize(
    "cell",
    ["04-06-1990", "4/6/1990", "1990-06-04", "4.6.1990", "33028", "04-06-1990 00:00"],
)
def test_a_date_is_understood_however_it_is_written(plan, cell):
    assert plan(HOUSE, one_row(BO, Fødselsdato=cell)).errors == []


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("E-mail", "anna@example"),
        ("E-mail", "anna holm@example.dk"),
        ("Telefon", "20 30"),
        ("Telefon", "2,03E+07"),
        ("Telefon", "+99 123"),
        ("Borger-id", "B-9"),
        ("Borger-id", ""),
        ("Relation", "tandlæge"),
        ("Relation", ""),
        ("Relation", "mor, far"),
    ],
)
def test_a_relatives_cell_that_cannot_be_right(plan, heading, cell):
    found = plan(HOUSE, BO, one_row(ANNA, **{heading: cell}))

    column = "ABCDEFG"[ANNA.split("\n")[0].split(";").index(heading)]
    assert places(found) == [(2, column)]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("20304050", "20 30 40 50"),
        ("+45 20 30 40 50", "20 30 40 50"),
        ("4520304050", "20 30 40 50"),
        ("20304050.0", "20 30 40 50"),
        ("+46 70 123 45 67", "+46 70 123 45 67"),
        ("0046 70 123 45 67", "+46 70 123 45 67"),
    ],
)
def test_a_telephone_number_is_kept_as_danes_read_it(plan, cell, kept):
    found = plan(HOUSE, BO, one_row(ANNA, Telefon=cell))

    assert found.errors == []
    [anna] = [
        a for a in found._add.values() if hasattr(a, "phone") and hasattr(a, "born_on")
    ]
    assert anna.phone == kept


def test_a_word_close_to_a_known_one_is_suggested(plan):
    found = plan(HOUSE, BO, one_row(ANNA, Relation="søsster"))

    assert "søster" in found.errors[0].text


@pytest.mark.parametrize(
    ("change", "where"),
    [
        # The same number, the same name and birthday, the same CPR number.
        ({"Fornavn": "Ida"}, (3, "A")),
        ({"Borger-id": "B-2"}, (3, "B")),
    ],
)
def test_somebody_who_stands_twice(plan, change, where):
    again = one_row(BO, **change).splitlines()[1]

    assert places(plan(HOUSE, BO + again + "\n")) == [where]


def test_the_same_cpr_number_twice_or_in_the_portal_under_another_number(
    plan, bring_in
):
    rows = one_row(BO.replace("Fødselsdato", "CPR"), CPR="040690-1231")
    other = one_row(rows, **{"Borger-id": "B-2", "Fornavn": "Ida", "Efternavn": "Lund"})
    both = rows + other.splitlines()[1]
    assert places(plan(HOUSE, both)) == [(3, "D")]
    bring_in(HOUSE, rows)

    found = plan(other)

    assert places(found) == [(2, "D")]
    assert "B-1" in found.errors[0].text


def test_a_number_is_never_given_to_another_person(plan, bring_in):
    bring_in(HOUSE, BO, ANNA)

    resident = one_row(BO, Fornavn="Ida", Efternavn="Lund", Fødselsdato="01-02-1980")
    relative = one_row(ANNA, Fornavn="Lis", Efternavn="Lund")

    assert places(plan(resident)) == [(2, "A")]
    assert places(plan(relative)) == [(2, "A")]


def test_somebody_who_marries_is_still_the_same(plan, bring_in):
    bring_in(HOUSE, BO, ANNA)

    assert plan(one_row(ANNA, Efternavn="Lund")).errors == []


def test_a_minor_has_somebody_with_custody(plan):
    assert places(plan(HOUSE, CHILD)) == [(2, "D")]
    assert places(plan(HOUSE, CHILD, MOTHER.format(""))) == [(2, "D")]
    assert places(plan(HOUSE, CHILD, MOTHER.format("delt"))) == []
    assert places(plan(HOUSE, CHILD, MOTHER.format("ja"))) == [(2, "D"), (2, "F")]


def test_custody_is_not_held_alone_by_two(plan):
    father = "P-3;Kaj;Holm;B-1;far;delt\n"

    assert places(plan(HOUSE, CHILD, MOTHER.format("ene") + father)) == [(2, "D")]
    assert places(plan(HOUSE, CHILD, MOTHER.format("delt") + father)) == []


def test_nobody_has_custody_of_a_grown_up(plan):
    found = plan(HOUSE, BO, MOTHER.format("delt"))

    assert found.errors == []
    assert [(note.line, note.column[:1]) for note in found.notes] == [(2, "F")]


def test_a_child_decides_for_nobody(plan):
    rows = MOTHER.replace("Efternavn", "Efternavn;Født").replace(
        "Holm", "Holm;01-02-2012"
    )

    assert (2, "G") in places(plan(HOUSE, CHILD, rows.format("ene")))


def test_a_personal_guardianship_is_about_something(plan):
    rows = MOTHER.replace("Forældremyndighed", "Værge").format("personlig")

    assert [e.line for e in plan(HOUSE, BO, rows).errors] == [2]


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ({"Afdeling": ""}, (2, "D")),
        ({"Afdeling": "Nord"}, (2, "D")),
        ({"E-mail": "mette"}, (2, "C")),
        ({"E-mail": ""}, (2, "C")),
        ({"Ansat til": "01-01-2020"}, (2, "F")),
        ({"Navn": ""}, (2, "B")),
    ],
)
def test_an_employees_cell_that_cannot_be_right(plan, cells, where):
    assert places(plan(HOUSE, one_row(STAFF, **cells))) == [where]


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("M-2;Ida;mette@example.dk;Åhuset;;", (3, "C")),
        ("M-1;Mette Lund;lund@example.dk;Bakken;;", (3, "C")),
        ("M-1;Mette Lund;mette@example.dk;Åhuset;;", (3, "A")),
    ],
)
def test_two_employees_are_two_people(plan, row, where):
    assert places(plan(HOUSE + "Bakken\n", STAFF + row + "\n")) == [where]


def test_the_system_administrator_is_not_made_by_a_file(plan):
    rows = STAFF.replace("Afdeling", "Rolle").replace("Åhuset", "systemadministrator")

    assert (2, "D") in places(plan(rows))


def test_two_departments_of_one_name(plan):
    assert places(plan(HOUSE + "åhuset\n")) == [(3, "A")]


# Headings


def test_a_missing_column_is_named(plan):
    found = plan(HOUSE, BO.replace("Indflytningsdato", "Flyttede"))

    assert [(e.line, e.column) for e in found.errors] == [(1, "")]
    assert "Indflytningsdato" in found.errors[0].text
    assert "Flyttede" in found.notes[0].text


def test_one_of_two_columns_is_enough(plan):
    found = plan(HOUSE, BO.replace("Fødselsdato", "Stjernetegn"))

    assert "CPR-nummer / Fødselsdato" in found.errors[0].text


def test_an_unknown_column_is_named_and_a_close_one_suggested(plan):
    found = plan(HOUSE, BO.replace("Værelse", "Værelsse"))

    assert found.errors == []
    assert [(n.line, n.column) for n in found.notes] == [(1, "G · Værelsse")]
    assert "Værelse" in found.notes[0].text


def test_two_columns_of_one_meaning(plan):
    found = plan(HOUSE, BO.replace("Værelse", "Født"))

    assert places(found)[0] == (1, "D")


@pytest.mark.parametrize(
    "headings",
    [
        "BORGER-ID;fornavn; Efternavn ;foedselsdato;AFDELING;Indflytningsdato;Vaerelse",
        "Resident id;First name;Last name;Born;Department;Moved in;Room",
        "Borger nr.;Fornavn(e);Efternavn;Født;Hus;Indflyttet;Lejlighed",
    ],
)
def test_headings_are_known_however_they_are_written(plan, headings):
    found = plan(HOUSE, "\n".join([headings, BO.splitlines()[1]]))

    assert found.errors == []
    assert found.counts()["resident"] == [1, 0, 0]


def test_the_lines_above_the_headings_are_passed_over(plan):
    found = plan(HOUSE, "Udtræk den 22-11-2026\n\n" + one_row(BO, Fornavn=""))

    assert places(found) == [(4, "B")]


def test_more_cells_than_headings(plan):
    assert plan(HOUSE, BO.replace(";12", ";12;x")).errors[0].line == 2


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_every_column_is_explained_and_its_example_can_be_read(kind):
    assert isinstance(kind, Kind)
    for column in kind.columns:
        assert str(column.help)
        if column.example:
            column.read(column.example)


def test_the_files_full_of_errors_name_each_of_them(plan, home):
    for name in ("Lærkehuset", "Åhuset"):
        DepartmentFactory(home=home, name=name)
    files = {
        name: (EXAMPLES / f"{name}.csv").read_bytes().decode(encoding)
        for name, encoding in (
            ("borgere_med_fejl", "utf-8"),
            ("paaroerende_med_fejl", "cp1252"),
        )
    }

    with override("da"):
        found = plan(**files)

    assert len(found.errors) == 22
    assert {e.line for e in found.errors if e.file.startswith("b")} == {
        *range(2, 13)
    } - {11}
    assert not Resident.objects.exists()


def test_a_resident_whose_number_differs_by_home_is_not_ours(plan):
    ResidentFactory(register_id="B-1", born_on=dt.date(1950, 1, 1))

    assert plan(HOUSE, BO).counts()["resident"] == [1, 0, 0]
