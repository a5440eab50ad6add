"""From a letter to the start page: how many clicks, and what one reads on the way."""

import re
import subprocess

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

GOOD = "tre grønne heste i regnvejr"
# The first log-in takes at most so many, besides typing.
CLICKS = 3


@pytest.fixture
def invited(visitor, account):
    """A new relative of Emil's, whom the manager prints a letter: the code on it."""
    return lambda given: print_for(visitor(account("department manager")), given)


def print_for(karen, given):
    page = karen.page
    karen.open("/residents/")
    page.get_by_role("link", name="Emil Nørgaard").first.click()
    karen.follow("Pårørende")
    karen.follow("Tilføj en pårørende")
    page.fill("[name=given_name]", given)
    page.fill("[name=family_name]", "Vestergaard")
    page.fill("[name=email]", f"{given}@example.dk")
    page.locator("[name=kind]").first.select_option(index=3)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()
    karen.look().look_narrow().photograph("invite-or-print")
    button = page.get_by_role("button", name="Udskriv invitationen som brev")
    form = page.locator("form", has=button)
    answer = page.request.post(
        karen.base + button.get_attribute("formaction"),
        form={
            "csrfmiddlewaretoken": form.locator(
                "[name=csrfmiddlewaretoken]"
            ).get_attribute("value"),
            "cpr": "",
        },
        headers={"Referer": page.url},
    )
    told = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],
        input=answer.body(),
        capture_output=True,
        check=True,
    ).stdout.decode()
    return re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b", told)[0]


def test_from_the_letter_to_the_start_page_in_three_clicks(visitor, invited):
    code, phone, clicks = invited("Inger"), visitor(width=PHONE), 0
    page = phone.page
    # What the telephone's camera reads from the square.
    phone.open(f"/invitation/{code}/").look_narrow().photograph("invited-by-letter")
    assert "Inger" not in page.content()
    page.fill("[name=email]", "inger@example.dk")
    page.fill("[name=password]", GOOD)

    while not page.url.endswith(phone.base + "/"):
        with page.expect_navigation():
            page.locator("main form button.button-primary").last.click()
        clicks += 1
        phone.look().look_narrow().photograph(f"first-log-in-{clicks}")
        assert clicks <= CLICKS, page.url

    expect(page.locator("header .user")).to_contain_text("Inger Vestergaard")
    # And ever after it is found at the bottom of each page.
    page.locator("footer").get_by_role("link", name="Det gemmer vi om dig").click()
    expect(page.locator("main")).to_contain_text("Du fik vist udgave")
    expect(page.locator("main")).to_contain_text("Datatilsynet")


def test_a_letter_is_typed_where_there_is_no_camera(visitor, invited):
    pc = visitor(width=DESK, javascript=False)
    page = pc.page
    page.goto("/i")
    page.fill("[name=code]", invited("Birthe").lower().replace("-", " "))
    with page.expect_navigation():
        page.locator("main form button.button-primary").click()
    expect(page.locator("[name=password]")).to_be_visible()


def test_what_everybody_may_read_before_logging_in(visitor):
    window = visitor(width=PHONE)
    for path, name in (
        ("/was", "accessibility"),
        ("/privacy/", "privacy"),
        ("/i/", "code"),
    ):
        window.open(path).look_narrow().photograph(name)
