"""A text is looked through for the names of the neighbours before it is saved."""

import datetime as dt

import pytest
from django.utils.translation import gettext as _

from portal import clock
from portal.plain import plain
from residents.mentions import named_in, shown_to
from tests.factories import DepartmentFactory, HomeFactory, ResidentFactory


@pytest.fixture
def house(db):
    department = DepartmentFactory(home=HomeFactory())
    for given, family, called in (
        ("Bo", "Holm", ""),
        ("Ida Marie", "Krogh", ""),
        ("Anne-Sofie", "Juhl", "Fie"),
        ("Åge", "Sørensen", ""),
    ):
        ResidentFactory(
            department=department, given_name=given, family_name=family, called=called
        )
    ResidentFactory(given_name="Elsewhere")
    return department.home


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Vi bagte boller.", []),
        ("De vil bo her.", []),
        ("Idas kage var god.", ["Ida Marie"]),
        ("Hun bagte med ida marie.", ["Ida Marie"]),
        ("Bos kat, og Bo selv.", ["Bo"]),
        ("Fie kom forbi.", ["Anne-Sofie"]),
        ("Anne kom forbi.", ["Anne-Sofie"]),
        ("Åge's hat", ["Åge"]),
        ("Bogen og Agent Idaho", []),
        ("Elsewhere", []),
        ("Ida Marie Krogh og Bo Holm", ["Bo", "Ida Marie"]),
        ("", []),
    ],
)
def test_names_of_residents_are_found(house, text, names):
    assert [one.given_name for one in named_in(text, house)] == names


def test_the_person_it_is_about_may_be_named(house):
    bo = ResidentFactory(
        department=house.departments.get(), given_name="Bo", family_name="Lund"
    )

    # The other Bo is meant only when he is named in full.
    assert named_in("Bo bagte.", house, about=bo) == []
    assert [str(one) for one in named_in("Bo Holm bagte.", house, about=bo)] == [
        "Bo Holm"
    ]


def test_who_has_moved_out_is_no_neighbour(house):
    ResidentFactory(
        department=house.departments.get(),
        given_name="Gamle",
        moved_out_on=clock.today() - dt.timedelta(days=1),
    )

    assert named_in("Gamle", house) == []


def test_guessing_at_names_tells_nothing_of_another_department(cast):
    named = named_in("Bo and Ida baked.", cast.solgaarden)

    assert named == [cast.bo, cast.ida]
    assert shown_to(cast.tim, named) == [
        "Ida Holm",
        _("somebody in another department"),
    ]
    assert shown_to(cast.clara, named) == ["Bo Holm", "Ida Holm"]


def test_a_name_is_found_however_its_letters_are_written(house):
    composed = plain("A\u030age and \u202eId\u200ba Marie")

    assert {one.given_name for one in named_in(composed, house)} == {
        "Åge",
        "Ida Marie",
    }
