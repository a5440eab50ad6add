"""Codes from an app: set up once, asked for at each log-in, and a spare one for a bad day."""

import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import expect

from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser


def code_of(secret, steps=0):
    counter = int(time.time()) // 30 + steps
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def with_password(window, who):
    page = window.page
    page.goto("/account/login/")
    page.fill("[name=login]", who["email"])
    page.fill("[name=password]", who["password"])
    with page.expect_navigation():
        page.get_by_role("button", name="Log ind", exact=True).click()


def with_code(window, code):
    window.page.fill("[name=code]", code)
    with window.page.expect_navigation():
        window.page.locator("main form:has([name=code]) [type=submit]").first.click()
    return window.look()


def log_out(window):
    with window.page.expect_navigation():
        window.page.get_by_role("button", name="Log ud", exact=True).click()


def test_a_brother_sets_up_an_app_and_uses_a_spare_code_once(visitor, account):
    rasmus, window = account("brother"), visitor(width=PHONE)
    page = window.page
    inside = page.locator("header .user")
    with_password(window, rasmus)
    window.open("/account/2fa/totp/activate/").look_narrow()
    secret = page.locator("code.secret").inner_text().strip()
    with_code(window, code_of(secret)).photograph("spare-codes-of-the-app")
    spare = page.locator(".spare-codes code").first.inner_text().strip()

    log_out(window)
    with_password(window, rasmus)
    expect(page.locator("h1")).to_have_text("Din kode")
    # A code opens once: the next one, not the one that set the app up.
    with_code(window, code_of(secret, 1))
    expect(inside).to_contain_text(rasmus["name"])

    log_out(window)
    with_password(window, rasmus)
    with_code(window, spare)
    expect(inside).to_contain_text(rasmus["name"])

    log_out(window)
    with_password(window, rasmus)
    with_code(window, spare)
    expect(inside).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Koden er forkert")
