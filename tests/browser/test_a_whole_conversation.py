"""A manager who has never held one: from the newcomer on the start page to the signed paper.

The mother prepares, reads her extract and agrees; the brother, to whom the resident has
not said yes, sees nothing; what the resident takes back is gone at the next click.
"""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from portal import clock
from tests.browser.portal import ACCOUNTS
from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

YESTERDAY, TOMORROW = (clock.today() + dt.timedelta(days=d) for d in (-1, 1))
DENTIST = "Simon vil have en ny tandlæge i Vesterlund"
MONEY = "Der ligger 4.000 kr. i den grønne kasse"
AGREED = "Simon og Jonas bestiller tid hos tandlægen."


def somebody(name):
    """One of the demo's people who has no line in demo/accounts.json."""
    email = f"{name.lower().replace(' ', '.')}@example.dk"
    return {"email": email, "password": ACCOUNTS[0]["password"], "name": name}


def save(window, button="main .button-bar .button-primary"):
    with window.page.expect_navigation():
        window.page.locator(button).first.click()
    return window


def next_step(window):
    """The one button that says what comes next."""
    with window.page.expect_navigation():
        window.page.locator(".next-step .button-primary").click()
    return window


def open_conversation(window):
    window.page.goto("/")
    with window.page.expect_navigation():
        window.page.get_by_role("link", name="Simon Holm").first.click()
    return window


def choose(page, name, value):
    page.check(f"[name={name}][value={value}]")


def plan(karen):
    page = open_conversation(karen).page
    with page.expect_navigation():
        page.locator("main .button-primary").click()
    page.fill("[name=day]", TOMORROW.isoformat())
    page.fill("[name=time]", "10:00")
    page.fill("[name=place]", "Fælleskøkkenet")
    karen.photograph("talk-plan")
    save(karen)
    page.locator("main label", has_text="Tina").first.click()
    karen.photograph("talk-participants")
    save(karen).photograph("talk-planned")


def prepare(window, word):
    page = window.page
    page.goto("/")
    with page.expect_navigation():
        page.locator("main a[href$='/prepare/']").first.click()
    page.locator("main textarea").first.fill(word)
    save(window).photograph(f"talk-prepared-{word[:4].strip()}")
    return window


def answer(karen, section, **texts):
    """Some answers, and a reason for the rest of the section."""
    page = karen.page
    open_conversation(karen)
    with page.expect_navigation():
        page.locator(f"main ol a[href$='/sections/{section}/']").click()
    for key, text in texts.items():
        page.fill(f"[name={key}-text]", text)
    choose(page, "answered_by", "resident")
    page.fill("[name=rest]", "Det finder vi ud af, når Simon er flyttet ind.")
    return save(karen)


def agree(karen):
    page = karen.page
    with page.expect_navigation():
        page.locator("main ol a[href$='/sections/doctor/']").click()
    with page.expect_navigation():
        page.locator("button[name=agree][value=dentist]").click()
    page.fill("[name=text]", AGREED)
    page.select_option("[name=responsible]", "contact_person")
    karen.look().photograph("talk-agreement")
    save(karen)


def finish(karen):
    page = open_conversation(karen).page
    next_step(karen)
    page.fill("[name=day]", YESTERDAY.isoformat())
    choose(page, "participation", "whole")
    karen.look().photograph("talk-finish")
    save(karen).photograph("talk-held")


def hand_out(karen):
    page = karen.page
    next_step(karen).look().photograph("talk-version")
    with page.expect_navigation():
        page.get_by_role("link", name="Tina").first.click()
    choose(page, "how", "portal")
    karen.look().photograph("talk-hand-out")
    save(karen).photograph("talk-handed")
    return re.search(r"/extracts/[0-9a-f-]+/", page.locator("main").inner_html())[0]


def confirm(tina):
    page = tina.page
    page.goto("/my-agreements/")
    with page.expect_navigation():
        page.locator("main a[href^='/agreements/']").first.click()
    save(tina, "main form[action$='/confirm/'] button")


def stop(resident, what, *, name="Tina"):
    page = resident.page
    page.goto("/my-consents/")
    card = page.locator(".easy-card", has=page.get_by_role("heading", name=name))
    with page.expect_navigation():
        card.get_by_role("link").click()
    with page.expect_navigation():
        page.get_by_role("button", name=what).first.click()


def test_from_the_newcomer_to_the_signed_paper(visitor, account):
    karen = visitor(account("department manager"), width=DESK)
    plan(karen)
    tina = prepare(visitor(somebody("Tina Holm"), width=PHONE), "Ro om aftenen")
    simon = prepare(visitor(somebody("Simon Holm"), width=PHONE, touch=True), "Fisk")

    for section in ("contact", "medicine", "clothes"):
        answer(karen, section)
    answer(karen, "economy", receipts=MONEY)
    answer(karen, "doctor", dentist=DENTIST)
    agree(karen)
    finish(karen)
    extract = hand_out(karen)

    theirs = tina.page
    theirs.goto("/")
    tina.look().photograph("talk-tina-start")
    with theirs.expect_navigation():
        theirs.locator(f"main a[href='{extract}']").click()
    tina.look().look_narrow().photograph("talk-tina-extract")
    expect(theirs.locator("main")).to_contain_text(DENTIST)
    expect(theirs.locator("main")).not_to_contain_text(MONEY)
    confirm(tina)
    karen.page.goto("/agreements/")
    save(karen, f"main a:has-text('{AGREED[:30]}')")
    karen.look().photograph("talk-confirmed")
    expect(karen.page.locator("main")).to_contain_text("Tina Holm: læst og enig")

    nikolaj = visitor(somebody("Nikolaj Holm"), width=DESK)
    nikolaj.expected_statuses = {404}
    for path in ("/", "/my-agreements/", "/my-expectations/", "/everyday/"):
        nikolaj.page.goto(path)
        words = nikolaj.page.locator("body").inner_text()
        assert [one for one in (DENTIST, AGREED, extract) if one in words] == [], path
    assert nikolaj.page.goto(extract).status == 404

    tina.expected_statuses = {404}
    stop(simon, "Stop – Mit helbred")
    theirs.goto(extract)
    expect(theirs.locator("main")).not_to_contain_text(DENTIST)
    stop(simon, "Stop alt")
    assert theirs.goto(extract).status == 404


def test_two_who_write_at_once_read_both_texts(visitor, account):
    windows = [
        visitor(account(role), width=width)
        for role, width in (("department manager", DESK), ("care worker", PHONE))
    ]
    windows[0].expected_statuses = {409}
    # Aksel's was held; what was said can still be put right by both of them.
    windows[0].page.goto("/residents/")
    save(windows[0], "main a:has-text('Aksel')")
    save(windows[0], ".tab-list a[href$='/move-in/']")
    save(windows[0], "main a[href$='/sections/home/']")
    for window in windows:
        window.page.goto(windows[0].page.url)
    karen, mette = windows
    mette.page.fill("[name=keys-text]", "Mette: Kun ved brand.")
    mette.page.fill("[name=post-text]", "Mette: Posten lægges på bordet.")
    save(mette)

    karen.page.fill("[name=keys-text]", "Karen: Kun ved anfald.")
    karen.page.fill("[name=knocking-text]", "Karen: Bank to gange.")
    save(karen).look().look_narrow().photograph("both-texts")
    main = karen.page.locator("main")
    expect(main).to_contain_text("Mette: Kun ved brand.")
    expect(karen.page.locator("[name=keys-text]")).to_have_value(
        "Karen: Kun ved anfald."
    )
    karen.page.fill("[name=keys-text]", "Kun ved brand og anfald.")
    save(karen)
    karen.page.goto(mette.page.url)
    karen.page.goto(f"{karen.page.url}")
    save(karen, "main a[href$='/sections/home/']")
    for key, text in (
        ("keys", "Kun ved brand og anfald."),
        ("post", "Mette: Posten lægges på bordet."),
        ("knocking", "Karen: Bank to gange."),
    ):
        expect(karen.page.locator(f"[name={key}-text]")).to_have_value(text)


def test_on_a_phone_without_javascript(visitor, account):
    window = visitor(account("department manager"), width=PHONE, javascript=False)
    page = window.page
    page.goto("/residents/")
    save(window, "main a:has-text('Aksel')")
    save(window, ".tab-list a[href$='/move-in/']")
    talk = page.url

    save(window, "main a[href$='/sections/leisure/']")
    page.fill("[name=work-text]", "Værkstedet, også om fredagen.")
    save(window)
    expect(page.locator(".alert-success")).to_be_visible()
    save(window, "main a[href$='/sections/leisure/']")
    save(window, "button[name=agree][value=work]")
    page.fill("[name=text]", "Aksel prøver værkstedet om fredagen.")
    page.select_option("[name=responsible]", "resident")
    save(window)
    window.photograph("no-script-agreed")
    expect(page.locator("main")).to_contain_text("Aksel prøver værkstedet om fredagen.")

    page.goto(talk)
    save(window, "main .party a.button")
    page.fill("[name=text]", "At radioen må stå til kl. 22.")
    save(window)
    wish = page.locator(".wish", has_text="At radioen må stå til kl. 22.")
    wish.get_by_role("link", name="Svar").first.click()
    choose(page, "kind", "partly")
    # Enter saves, here too, and does not only keep the draft.
    with page.expect_navigation():
        page.locator("[name=kind][value=partly]").press("Enter")
    window.photograph("no-script-error")
    expect(page.locator(".error-summary")).to_be_visible()
    page.fill("[name=because]", "Til kl. 21, for naboen sover.")
    save(window)
    window.photograph("no-script-wishes")
    expect(page.locator("main")).to_contain_text("Til kl. 21, for naboen sover.")

    page.goto(talk)
    save(window, "main form[action$='/print/'] button")
    window.photograph("no-script-version")
    expect(page.locator("h1")).to_contain_text("Version 2")
