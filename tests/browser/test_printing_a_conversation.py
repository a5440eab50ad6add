"""A manager goes from the residents to the record of a move-in conversation on paper."""

import io

import pikepdf
import pytest

from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

PRINT = "main form[action$='/print/']"


@pytest.fixture
def karen(account):
    return account("department manager")


def open_one_to_print(window):
    """From the list of residents to a conversation that was held."""
    page = window.page
    page.goto("/residents/")
    residents = page.locator("main td a[href^='/residents/']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    for resident in residents:
        page.goto(resident + "move-in/")
        if page.locator(PRINT).count():
            return page.locator("h1").inner_text()
    raise AssertionError("no conversation can be printed")


def paper(answer):
    """The PDF of an answer: readable aloud, in Danish, and called by no one's name."""
    assert answer.headers["content-type"] == "application/pdf"
    assert "no-store" in answer.headers["cache-control"]
    found = pikepdf.open(io.BytesIO(answer.body()))
    assert str(found.Root.Lang).startswith("da")
    assert bool(found.Root.MarkInfo.Marked)
    return found


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_record_is_printed_from_the_list_of_residents(visitor, karen, width):
    window = visitor(karen, width=width)
    page = window.page

    heading = open_one_to_print(window)
    window.look().look_narrow().photograph("move-in-conversation")
    form = page.locator(PRINT).first
    with page.expect_navigation():
        form.locator("button").click()
    window.look().look_narrow().photograph("version")
    answer = window.context.request.get(
        page.locator("main .button-primary").get_attribute("href")
    )

    assert len(paper(answer).pages) >= 2
    disposition = answer.headers["content-disposition"]
    assert not any(name in disposition for name in heading.split() if name.istitle())


def test_the_empty_form_is_a_paper_too(visitor, karen):
    window = visitor(karen, width=DESK)
    page = window.page

    page.goto("/residents/")
    with page.expect_navigation():
        page.locator("main td a[href^='/residents/']").first.click()
    with page.expect_navigation():
        page.locator(".tab-list a[href$='/move-in/']").click()
    window.look()
    link = page.locator("main a[href$='/move-in/blank/']").first
    answer = window.context.request.get(link.get_attribute("href"))

    assert len(paper(answer).pages) >= 2
