"""A resident says yes and then stop; the relative's open page is empty at the next click."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

GLIMPSES = "main a[href^='/everyday/']"
YES, NO, STOP = "Ja", "Nej", "Stop"


@pytest.fixture
def rasmus(visitor, account):
    """The brother, who has been told nothing yet."""
    window = visitor(account("brother"), width=DESK)
    window.expected_statuses = {404}
    return window


def find_rasmus(window):
    page = window.page
    page.goto("/my-consents/")
    card = page.locator(".easy-card", has=page.get_by_role("heading", name="Rasmus"))
    with page.expect_navigation():
        card.get_by_role("link").click()


def press(window, name):
    page = window.page
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def open_question(window, topic):
    with window.page.expect_navigation():
        window.page.get_by_role("link", name=topic).first.click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_yes_opens_and_a_stop_closes_at_the_next_click(
    visitor, account, rasmus, javascript
):
    emil = visitor(account("resident"), width=PHONE, touch=True, javascript=javascript)
    theirs = rasmus.page
    theirs.goto("/everyday/")
    expect(theirs.locator(GLIMPSES)).to_have_count(0)

    find_rasmus(emil)
    emil.look().photograph("my-person")
    open_question(emil, "Min hverdag")
    emil.look().photograph("my-question")
    press(emil, YES)
    emil.look().photograph("my-receipt")
    theirs.reload()
    with theirs.expect_navigation():
        theirs.locator(GLIMPSES).first.click()
    glimpse = theirs.locator("main").inner_text()

    find_rasmus(emil)
    press(emil, f"{STOP} – Min hverdag")
    emil.look()
    assert "Rasmus" in emil.page.locator("h1").inner_text()
    theirs.reload()

    assert theirs.locator("main").inner_text() != glimpse
    theirs.goto("/everyday/")
    expect(theirs.locator(GLIMPSES)).to_have_count(0)


def test_all_questions_by_keyboard_one_after_another(visitor, account):
    window = visitor(account("resident"), width=DESK)
    page = window.page
    page.goto("/my-consents/")
    card = page.locator(".easy-card", has=page.get_by_role("heading", name="Jonathan"))
    card.get_by_role("link").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("main .button-primary").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    asked = []
    while page.locator("button[name=answer]").count():
        asked.append(page.locator("h1").inner_text())
        page.get_by_role("button", name=NO, exact=True).focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        following = page.locator("main .easy-ways .button-primary")
        if following.count():
            following.focus()
            with page.expect_navigation():
                page.keyboard.press("Enter")

    assert len(asked) == len(set(asked)) >= 10


def test_together_nothing_else_is_within_reach_until_the_password(visitor, account):
    mette = account("care worker")
    window = visitor(mette, width=PHONE)
    page = window.page
    page.goto("/residents/")
    with page.expect_navigation():
        page.get_by_role("link", name="Emil").first.click()
    with page.expect_navigation():
        page.locator(".tab-list a[href$='/consents/']").click()
    with page.expect_navigation():
        page.locator("main form[action$='/together/'] button").click()

    window.look().look_narrow().photograph("together")
    # Only this resident's pages, what is in them, and the telephone of the home.
    ways = page.locator("a[href], form[action]").evaluate_all(
        "all => all.map(one => one.getAttribute('href') || one.getAttribute('action'))"
    )
    own = re.compile(
        r"#|tel:|/together/[0-9a-f-]{36}/|/language/|/static/vendor/openmoji/"
    )
    assert [way for way in ways if not own.match(way)] == []
    page.goto("/residents/")
    expect(page).to_have_url(re.compile("/together/"))

    press(window, "Vi er færdige")
    window.look().photograph("together-over")
    page.goto("/")
    expect(page).to_have_url(re.compile("/together/over/"))
    with page.expect_navigation():
        page.locator("main .easy-ways a").click()
    page.fill("[name=password]", mette["password"])
    with page.expect_navigation():
        page.locator("main .button-primary").click()

    expect(page).to_have_url(re.compile("/consents/$"))
    window.look()


def test_a_screen_that_was_left_asks_and_then_clears_itself(visitor, account):
    window = visitor(account("care worker"), width=PHONE)
    page = window.page
    page.goto("/residents/")
    with page.expect_navigation():
        page.get_by_role("link", name="Emil").first.click()
    with page.expect_navigation():
        page.locator(".tab-list a[href$='/consents/']").click()
    page.clock.install()
    with page.expect_navigation():
        page.locator("main form[action$='/together/'] button").click()

    page.clock.fast_forward("13:30")
    expect(page.get_by_role("alert")).to_be_empty()
    page.clock.fast_forward("00:31")
    still = page.get_by_role("button", name="Ja, vi er her")
    expect(still).to_be_visible()
    window.look().look_narrow().photograph("together-still")
    with page.expect_navigation():
        still.click()
    expect(page.get_by_role("alert")).to_be_empty()

    # Nobody answers: the server is asked, which decides whether it is over.
    with page.expect_request("**/together/over/"):
        page.clock.fast_forward("15:10")


def test_without_a_danish_voice_the_button_says_so(visitor, account):
    window = visitor(account("resident"), width=PHONE)
    page = window.page
    page.goto("/my-consents/")

    page.get_by_role("button", name="Læs op").first.click()

    expect(page.locator(".listen-said").first).to_have_text(
        "Der er ingen dansk stemme her."
    )
