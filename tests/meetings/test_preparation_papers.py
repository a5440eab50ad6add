"""The sheet to prepare on: what the portal asks, and what one person has written."""

import pytest
from django.urls import reverse

from meetings import preparing
from meetings.papers import preparation
from portal import pdf
from tests.factories import PreparationFactory
from tests.papers import silence, words


@pytest.fixture
def annas(cast):
    return PreparationFactory(
        conversation=cast.talk, relation=cast.annas, answer__text="Sangskattesøndag"
    )


@pytest.mark.parametrize(
    ("who", "asked"),
    [("relatives", preparing.OF_RELATIVES), ("resident", preparing.OF_RESIDENTS)],
)
def test_the_empty_sheet_asks_what_the_portal_asks(cast, caplog, who, asked):
    with silence(caplog):
        sheet = preparation.blank(cast.solgaarden, who=who)
        paper = words(pdf.render(preparation.TEMPLATE, sheet))

    assert len(sheet["questions"]) == len(asked)
    for question in sheet["questions"]:
        assert question["text"].split("?")[0] in paper
    # Easy words name no law and no medicine.
    assert ("Retlige forhold" in paper) == (who == "relatives")


def test_the_filled_sheet_has_the_writers_words_and_room_for_the_rest(cast, annas):
    PreparationFactory(
        conversation=cast.talk, relation=cast.jenss, answer__text="Jensord"
    )

    paper = words(pdf.render(preparation.TEMPLATE, preparation.filled(annas)))

    assert "Sangskattesøndag" in paper
    assert str(cast.annas.relative) in paper
    assert "Jensord" not in paper
    assert str(cast.jenss.relative) not in paper


def test_what_is_taken_back_is_no_paper_for_staff(cast, annas, sign_in):
    page = reverse("meetings:prepared-paper", args=[annas.uuid])
    client = sign_in(cast.mette)
    assert client.get(page).status_code == 200

    type(annas).objects.filter(pk=annas.pk).update(sent_at=None)

    assert client.get(page).status_code == 404
