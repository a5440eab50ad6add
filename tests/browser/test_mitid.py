"""MitID in a browser: tied to a log-in once, and enough from then on."""

import re

import pytest
from playwright.sync_api import expect

from tests import mitid
from tests.browser import portal as portals
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def portal(prepared, tmp_path_factory):
    """A portal whose home has an agreement with a broker."""
    data = tmp_path_factory.mktemp("portal") / "data"
    with (
        mitid.running() as broker,
        portals.served(
            prepared,
            data,
            MITID_BROKER="idura",
            MITID_ISSUER=broker,
            MITID_CLIENT_ID="us",
            MITID_SECRET="s",
        ) as base,
    ):
        yield base


@pytest.fixture
def phone(visitor):
    window = visitor(width=PHONE)
    # The provider's own page is dressed from elsewhere.
    elsewhere = re.compile(r"https?://(?!localhost|127\.0\.0\.1)")
    window.context.route(elsewhere, lambda route: route.fulfill(body=""))
    return window


def at_mitid(window, who):
    """What the broker asks, answered as the person; back at the portal."""
    window.page.fill("[name=sub]", f"{{{who}}}")
    with window.page.expect_navigation(url=f"{window.base}/**"):
        window.page.get_by_role("button", name="Authorize").click()
    return window


def test_a_mother_ties_mitid_to_her_log_in_and_needs_nothing_else(phone, account):
    hanne, window, page = account("mother"), phone, phone.page
    page.goto("/account/login/")
    window.look().look_narrow().photograph("mitid-log-in")
    page.fill("[name=login]", hanne["email"])
    page.fill("[name=password]", hanne["password"])
    with page.expect_navigation():
        page.get_by_role("button", name="Log ind", exact=True).click()
    window.open("/account/2fa/").look_narrow().photograph("mitid-tie")
    with page.expect_navigation():
        page.get_by_role("button", name="Knyt MitID til mit login").click()
    at_mitid(window, "anna").look().photograph("mitid-tied")
    expect(page.locator("main")).to_contain_text("MitID er knyttet til dit login")

    with page.expect_navigation():
        page.get_by_role("button", name="Log ud", exact=True).click()
    with page.expect_navigation():
        page.get_by_role("button", name="Log ind med MitID").click()
    at_mitid(window, "anna")
    expect(page.locator("header .user")).to_contain_text(hanne["name"])


@pytest.mark.parametrize(
    ("who", "words"),
    [("low", "niveau Betydelig"), ("another", "ikke knyttet til et login her")],
)
def test_whom_mitid_does_not_let_in_is_told_why(phone, who, words):
    phone.expected_statuses = {403}
    phone.page.goto("/account/login/")
    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="Log ind med MitID").click()
    at_mitid(phone, who).look().look_narrow().photograph(f"mitid-refused-{who}")
    expect(phone.page.locator("main")).to_contain_text(words)
