"""The ways in, and the ways out again, on a PC that others use too."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def telephone(visitor, portal):
    """A window on a telephone that knows its owner's finger, and how to change that."""
    # Passkeys belong to a name, and 127.0.0.1 is none.
    window = visitor(width=PHONE, base=portal.replace("127.0.0.1", "localhost"))
    wire = window.context.new_cdp_session(window.page)
    wire.send("WebAuthn.enable")
    number = wire.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})

    def knows_the_finger(*, yes):
        wire.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": number["authenticatorId"], "isUserVerified": yes},
        )

    return window, knows_the_finger


def log_out(window):
    with window.page.expect_navigation():
        window.page.get_by_role("button", name="Log ud", exact=True).click()
    return window


def test_a_mother_makes_a_passkey_and_needs_no_password_again(telephone, account):
    window, knows_the_finger = telephone
    hanne, page = account("mother"), window.page
    window.log_in(hanne).open("/account/")
    window.follow("Sådan logger jeg ind").look_narrow().photograph("how-i-log-in")
    window.follow("Lav en adgangsnøgle").look_narrow().photograph("make-a-passkey")
    page.fill("[name=name]", "Min telefon")
    with page.expect_navigation():
        page.click("#make-passkey")
    window.look().photograph("spare-codes")
    expect(page.locator("main")).to_contain_text("Hver kode")
    window.open("/account/2fa/").photograph("my-passkeys")
    expect(page.locator("main")).to_contain_text("Min telefon")

    log_out(window).look().photograph("log-in-with-a-passkey")
    with page.expect_navigation(url=re.compile(r"/$")):
        page.click("#use-passkey")
    expect(page.locator("header .user")).to_contain_text(hanne["name"])

    # Another's finger: the telephone says no, and the page says so.
    log_out(window)
    knows_the_finger(yes=False)
    page.click("#use-passkey")
    expect(page.locator("[data-passkey-failed]")).to_contain_text("Prøv igen")
    window.look().photograph("passkey-refused")
    knows_the_finger(yes=True)

    # The password alone no longer does.
    page.fill("[name=login]", hanne["email"])
    page.fill("[name=password]", hanne["password"])
    with page.expect_navigation():
        page.locator("main form").first.get_by_role("button", name="Log ind").click()
    expect(page.locator("h1")).to_have_text("Din kode")
    window.look().look_narrow().photograph("second-factor")
    with page.expect_navigation(url=re.compile(r"/$")):
        page.click("#use-passkey")
    expect(page.locator("header .user")).to_contain_text(hanne["name"])


def test_nothing_stays_behind_on_the_pc_of_the_staff_room(visitor, account):
    pc = visitor(width=DESK)
    mette, karen = account("care worker"), account("department manager")
    page = pc.page
    page.goto("/account/login/")
    page.check("[name=shared]")
    pc.photograph("log-in")
    page.fill("[name=login]", mette["email"])
    page.fill("[name=password]", mette["password"])
    with page.expect_navigation():
        page.get_by_role("button", name="Log ind", exact=True).click()
    assert page.locator("[data-idle]").get_attribute("data-idle") == "600"
    pc.open("/account/sessions/").look_narrow().photograph("where-i-am-logged-in")
    page.goto("/residents/")
    log_out(pc)

    page.go_back()
    expect(page.locator("[name=password]")).to_be_visible()
    expect(page.get_by_text("Emil Nørgaard")).to_have_count(0)
    page.goto("/account/login/")
    expect(page.locator("[name=shared]")).to_be_checked()
    pc.log_in(karen)
    expect(page.locator("header .user")).to_contain_text(karen["name"])
