"""Somebody calls: staff find out what they may say, and write down what they told."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser


@pytest.fixture
def mette(account):
    return account("care worker")


def press(page, key):
    with page.expect_navigation():
        page.keyboard.press(key)


def test_by_keyboard_alone(visitor, mette):
    window = visitor(mette, width=DESK)
    page = window.page

    page.get_by_role("link", name=re.compile("^Må jeg sige det")).first.focus()
    press(page, "Enter")
    window.look()
    # The cursor waits in the field.
    page.keyboard.type("hanne nør")
    press(page, "Enter")
    window.look().photograph("may-i-say-it")
    address = urlsplit(page.url)
    assert not re.search("hanne|n%C3%B8r", address.path + address.query, re.IGNORECASE)
    expect(page.locator(".say-yes")).to_be_visible()
    expect(page.locator(".say-no")).to_be_visible()
    while not page.evaluate("document.activeElement.name == 'told'"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    press(page, "Control+Enter")

    window.look()
    expect(page.locator(".alert-success")).to_be_visible()
    expect(page.locator(".told-topics").first).to_be_visible()


def test_by_thumb_on_a_phone(visitor, mette):
    window = visitor(mette, width=PHONE, touch=True)
    page = window.page

    page.goto("/contacts/may-i-tell/")
    page.locator("#q").tap()
    page.locator("#q").fill("emil")
    with page.expect_navigation():
        page.locator(".caller-search button").tap()
    window.look().look_narrow().photograph("may-i-say-it-to-whom")
    with page.expect_navigation():
        page.locator(".callers a", has_text="Hanne").tap()
    window.look().look_narrow().photograph("may-i-say-it")
    page.locator("[name=told]").first.tap()
    with page.expect_navigation():
        page.locator("main form .button-primary").tap()

    window.look()
    expect(page.locator(".alert-success")).to_be_visible()


def test_back_and_forward_without_javascript(visitor, mette):
    window = visitor(mette, width=DESK, javascript=False)
    page = window.page

    page.goto("/contacts/may-i-tell/")
    page.fill("#q", "emil")
    page.locator(".caller-search button").click()
    page.locator(".callers a").first.click()
    page.go_back()

    expect(page.locator("#q")).to_have_value("emil")
    assert page.locator(".callers a").count() > 1
