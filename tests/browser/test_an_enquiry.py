"""A mother asks, is given a number and a day, and reads the answer: she, and no brother."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_a_whole_conversation import choose, save, stop
from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

SUBJECT, QUESTION = "Fredagsmad", "Må jeg tage en kage med til dem alle på fredag?"
ANSWER = "Det må du meget gerne. Emil glæder sig og har fortalt det til hele huset."


def ask(hanne):
    """On the way she is logged out, and nothing of what she wrote is lost."""
    page = hanne.page
    page.goto("/")
    page.goto("/my-enquiries/")
    save(hanne, "main a[href$='/my-enquiries/new/']")
    hanne.look().look_narrow().photograph("enquiry-new")
    page.fill("[name=subject]", SUBJECT)
    hanne.context.clear_cookies(name=re.compile("session"))
    page.fill("[name=text]", QUESTION)
    save(hanne)
    hanne.log_in(hanne.account)
    page.goto("/my-enquiries/new/")
    expect(page.locator("[name=text]")).to_have_value(QUESTION)
    choose(page, "matter", "everyday")
    save(hanne).look().look_narrow().photograph("enquiry-receipt")
    main = page.locator("main")
    expect(main).to_contain_text(re.compile(r"nummer 20\d\d-\d{4}"))
    expect(main).to_contain_text("Du får svar senest")
    return page.url


def answer(mette):
    page = mette.page
    page.goto("/")
    mette.look()
    save(mette, f"main a:has-text('{SUBJECT}')")
    save(mette, "main form[action$='/take/'] button")
    mette.look().photograph("enquiry-taken")
    save(mette, "main a[href$='/answer/']")
    expect(page.locator("main")).to_contain_text("Hanne Nørgaard læser dette.")
    expect(page.locator("main")).not_to_contain_text("Rasmus")
    choose(page, "topic", "daily")
    page.fill("[name=text]", ANSWER)
    mette.look().photograph("enquiry-answer")
    save(mette).look().photograph("enquiry-answered")


def test_an_enquiry_travels_from_the_receipt_to_the_answer(visitor, account):
    hanne = visitor(account("mother"), width=PHONE)
    hanne.account = account("mother")
    address = ask(hanne)
    answer(visitor(account("care worker"), width=DESK))

    page = hanne.page
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Vi har svaret")
    save(hanne, f"main a:has-text('{SUBJECT}')")
    hanne.look().look_narrow().photograph("enquiry-read")
    expect(page.locator("main")).to_contain_text(ANSWER)

    brother = visitor(account("brother"), width=PHONE)
    brother.expected_statuses = {404}
    assert brother.page.goto(address).status == 404

    emil = visitor(account("resident"), width=PHONE)
    emil.page.goto(address)
    emil.look().look_narrow().photograph("enquiry-emil")
    expect(emil.page.locator("main")).to_contain_text(ANSWER)
    stop(emil, "Stop alt", name="Hanne")
    page.goto(address)
    expect(page.locator("main")).to_contain_text(QUESTION)
    expect(page.locator("main")).not_to_contain_text(ANSWER)


def test_the_manager_finds_what_is_overdue_and_decides(visitor, account):
    karen = visitor(account("department manager"), width=DESK)
    page = karen.page
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Over tid")
    karen.look().photograph("enquiry-overdue")
    page.goto("/enquiries/")
    karen.look().photograph("enquiries")
    save(karen, "main a:has-text('For mange nye vikarer')")
    karen.look()
    save(karen, "main a[href$='/decide/']")
    choose(page, "topic", "none")
    page.fill(
        "[name=text]", "Mette er den, du ringer til i december. Venlig hilsen Karen"
    )
    karen.look().photograph("enquiry-decide")
    save(karen).look()
    expect(page.locator("main")).to_contain_text("Lederens afgørelse")
