"""Staff log a contact with a relative: by keyboard, by thumb, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

NOTE = "Hanne ringede: hun henter Emil på fredag kl. 16."
LOG = re.compile("^Log kontakt$")


@pytest.fixture
def mette(account):
    return account("care worker")


def choose_the_first(page):
    """Whom it is about: the relatives and what they may be told follow by themselves."""
    page.goto("/contacts/new/")
    page.locator("#id_resident_0").click()
    page.locator("#id_relative_0").wait_for()


def test_by_keyboard_alone(visitor, mette):
    window = visitor(mette, width=DESK)
    page = window.page

    page.get_by_role("link", name=LOG).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    window.look()
    # The cursor stands in the first question; space answers it.
    expect(page.locator("[name=resident]").first).to_be_focused()
    page.keyboard.press("Space")
    page.locator("#id_relative_0").wait_for()
    window.look().photograph("log-contact")
    while not page.evaluate("document.activeElement.name == 'note'"):
        page.keyboard.press("Tab")
    page.keyboard.type(NOTE)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")

    window.look()
    expect(page.locator(".alert-success")).to_be_visible()
    page.goto("/contacts/new/")
    expect(page.locator("[name=note]")).to_have_value("")


def test_by_thumb_on_a_phone(visitor, mette):
    window = visitor(mette, width=PHONE, touch=True)
    page = window.page

    page.goto("/contacts/new/")
    page.locator("#id_resident_0").tap()
    page.locator("#id_relative_0").wait_for()
    window.look().look_narrow()
    page.locator("#id_channel_1").tap()
    page.locator("[name=note]").tap()
    page.locator("[name=note]").fill(NOTE + " Fra telefonen.")
    window.photograph("log-contact")
    with page.expect_navigation():
        page.locator("main form .button-primary").tap()

    window.look()
    expect(page.locator(".alert-success")).to_be_visible()


def test_without_javascript(visitor, mette):
    window = visitor(mette, width=DESK, javascript=False)
    page = window.page

    page.goto("/contacts/new/")
    page.locator("#id_resident_1").click()
    page.locator("button[name=reload]").click()
    page.fill("[name=note]", NOTE + " Uden JavaScript.")
    page.locator("main form .button-primary").click()

    expect(page.locator(".alert-success")).to_be_visible()


def test_above_the_note_stands_what_the_relative_may_be_told(visitor, mette):
    window = visitor(mette, width=DESK)
    page = window.page

    choose_the_first(page)

    told = page.locator(".telling:visible")
    expect(told).to_have_count(1)
    assert told.bounding_box()["y"] < page.locator("[name=note]").bounding_box()["y"]


def test_a_double_press_makes_one_contact(visitor, mette):
    window = visitor(mette, width=DESK)
    page = window.page
    note = NOTE + " Trykket to gange."

    choose_the_first(page)
    page.fill("[name=note]", note)
    with page.expect_navigation():
        page.locator("main form .button-primary").dblclick()
    page.wait_for_load_state()
    page.goto(contacts_of_the_resident(page))

    assert page.locator("main").inner_text().count(note) == 1


def test_what_was_written_survives_a_lost_session(visitor, mette):
    window = visitor(mette, width=DESK)
    page = window.page
    note = NOTE + " Før jeg blev logget ud."

    choose_the_first(page)
    window.context.clear_cookies(name=re.compile("session"))
    page.fill("[name=note]", note)
    with page.expect_navigation():
        page.locator("main form .button-primary").click()
    window.log_in(mette)
    page.goto("/contacts/new/")

    expect(page.locator("[name=note]")).to_have_value(note)


def test_a_correction_shows_both_versions(visitor, mette):
    window = visitor(mette, width=DESK)
    page = window.page
    wrong, right = NOTE + " Forkert dag.", NOTE + " Rigtig dag."

    choose_the_first(page)
    page.fill("[name=note]", wrong)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    open_the_newest(page)
    page.get_by_text(wrong).first.wait_for()
    with page.expect_navigation():
        page.locator("main a[href$='/correct/']").first.click()
    window.look()
    page.fill("[name=note]", right)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    open_the_newest(page)
    window.look().photograph("corrected-contact")

    text = page.locator("main").text_content()
    assert right in text
    assert wrong in text


def open_the_newest(page):
    page.goto(contacts_of_the_resident(page))
    address = re.compile(r"^/contacts/[0-9a-f-]{36}/$")
    links = page.locator("main a[href^='/contacts/']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    page.goto(next(link for link in links if address.match(link)))


def contacts_of_the_resident(page):
    """The page of the resident that the quick log thinks of first."""
    page.goto("/contacts/new/")
    uuid = page.locator("[name=resident]").first.get_attribute("value")
    return f"/residents/{uuid}/contacts/"
