"""A relative sees what is new, reads it, and says yes or asks for a change."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def hanne(account):
    return account("mother")


def open_one_with(page, answer):
    """An agreement on which this answer can be given."""
    page.goto("/my-agreements/")
    links = page.locator("main a[href^='/agreements/']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    for link in links:
        page.goto(link)
        if page.locator(answer).count():
            return
    raise AssertionError(f"no agreement has {answer}")


CONFIRM = "main form[action$='/confirm/'] button"
ASK = "main a[href$='/ask/']"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_what_is_new_is_on_the_start_page(visitor, hanne, width):
    window = visitor(hanne, width=width)

    window.look().look_narrow().photograph("relative-start")

    links = window.page.locator("main a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    for room in ("/news/", "/everyday/", "/agreements/"):
        assert any(link.startswith(room) and link != room for link in links), room


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_house_news_and_what_is_shared_can_be_read(visitor, hanne, width):
    window = visitor(hanne, width=width)
    page = window.page

    for listing, item in (("/news/", "/news/"), ("/everyday/", "/everyday/")):
        window.open(listing)
        one = page.locator(f"main a[href^='{item}']").filter(
            has_not_text=re.compile("^$")
        )
        with page.expect_navigation():
            one.first.click()
        window.look().look_narrow()
        window.photograph(f"relative{listing.replace('/', '-')}item")


def test_read_and_agreed(visitor, hanne):
    window = visitor(hanne, width=PHONE, touch=True)
    page = window.page

    open_one_with(page, CONFIRM)
    window.look().look_narrow().photograph("agreement-to-confirm")
    address = page.url
    with page.expect_navigation():
        page.locator(CONFIRM).tap()
    window.look()

    expect(page.locator(".alert-success")).to_be_visible()
    page.goto(address)
    expect(page.locator("form[action$='/confirm/']")).to_have_count(0)


def test_asking_for_a_change(visitor, hanne):
    window = visitor(hanne, width=DESK)
    page = window.page
    wish = "Kan vi lægge det om tirsdagen i stedet?"

    open_one_with(page, ASK)
    with page.expect_navigation():
        page.locator(ASK).click()
    window.look().look_narrow()
    page.locator("main textarea").fill(wish)
    with page.expect_navigation():
        page.locator("main form .button-primary").click()
    window.look()

    expect(page.locator(".alert-success")).to_be_visible()
    assert wish in page.locator("main").inner_text()


def test_without_javascript(visitor, hanne):
    window = visitor(hanne, width=PHONE, javascript=False)
    page = window.page

    open_one_with(page, ASK)
    page.locator(ASK).click()
    page.locator("main textarea").fill("Gerne en time senere.")
    page.locator("main form .button-primary").click()

    expect(page.locator(".alert-success")).to_be_visible()


def test_the_log_of_contacts_is_not_for_relatives(visitor, hanne):
    window = visitor(hanne, width=DESK)
    window.expected_statuses = {403, 404}

    for path in ("/contacts/new/", "/contacts/to-follow-up/", "/residents/"):
        answer = window.page.goto(path)
        assert answer.status in (403, 404), path
        window.look()
