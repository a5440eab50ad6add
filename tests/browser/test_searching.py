"""Looking for a word in everything, by keyboard alone; and the house in one's calendar."""

import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser


def look_for(page, words):
    """From wherever one is: to the field in the header, the words, Enter."""
    for _press in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "search-all":
            break
    page.keyboard.type(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("words", ["tøjindkøb", "tøjindkøbene", "TOEJINDKOEB emil"])
def test_the_mother_finds_her_agreement_and_opens_it(visitor, account, width, words):
    window = visitor(account("mother"), width=width)
    page = window.page

    look_for(page, words)
    window.look().look_narrow().photograph("search")

    hits = page.locator("main .rows a")
    expect(hits).to_have_count(1)
    expect(page.locator("main mark").first).to_be_visible()
    hits.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("tøjindkøb")


@pytest.mark.parametrize("role", ["brother", "relatives' adviser"])
def test_who_may_not_see_it_finds_nothing(visitor, account, role):
    window = visitor(account(role))

    look_for(window.page, "tøjindkøb")

    window.look()
    expect(window.page.locator("main .rows a")).to_have_count(0)
    expect(window.page.locator("main .empty-state")).to_be_visible()


def test_staff_find_people_and_choose_a_kind(visitor, account):
    window = visitor(account("care worker"))
    page = window.page

    look_for(page, "Nørgård")
    expect(page.locator("main .rows a").first).to_contain_text("Nørgaard")
    page.select_option("#kind", "relatives")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()

    window.look()
    expect(page.locator("main section.hits")).to_have_count(1)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_house_stands_in_her_own_calendar(visitor, account, width):
    window = visitor(account("mother"), width=width)
    page = window.page
    window.open("/events/").look().look_narrow().photograph("events")
    with page.expect_navigation():
        page.locator("main a[href='/events/my-calendar/']").click()
    with page.expect_navigation():
        page.locator("main form[action$='/open/'] button").click()
    window.look().look_narrow().photograph("my-calendar")

    address = page.locator("#address").input_value()
    with urllib.request.urlopen(address) as answer:  # noqa: S310 -- the test's own
        calendar = answer.read().decode()
    page.reload()

    assert calendar.count("BEGIN:VEVENT") > 3
    assert "Emil" not in calendar
    assert address not in page.content()
