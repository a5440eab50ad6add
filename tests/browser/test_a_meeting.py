"""A status meeting, from the invitation to the minutes that each may read of it."""

import re

import pytest
from playwright.sync_api import expect

from portal import clock
from tests.browser.test_a_whole_conversation import choose, save, stop
from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

HERS, THEIRS = "Emils cykel er gået i stykker", "Et brev fra politiet"
FIXED, SECRET = "Karen følger Emil til cykelsmeden.", "Emil vil selv svare på brevet."


def plan(karen):
    page = karen.page
    page.goto("/residents/")
    save(karen, "main a:has-text('Emil')")
    save(karen, ".tab-list a[href$='/meetings/']")
    save(karen, "main a[href$='/meetings/plan/']")
    choose(page, "kind", "status")
    page.fill("[name=day]", clock.today().isoformat())
    # Begun already, whatever the hour: it can be finished within this test.
    page.fill("[name=time]", "00:00")
    page.fill("[name=place]", "Spisestuen")
    choose(page, "involvement", "develop")
    page.select_option("[name=chair]", label="Karen Birk")
    page.select_option("[name=minute_taker]", label="Mette Lund")
    karen.look().photograph("meeting-plan")
    save(karen)
    page.locator("main label", has_text="Hanne").first.click()
    save(karen).look().photograph("meeting-planned")
    save(karen, "main form[action$='/invite/'] button")
    return page.url


def suggest(hanne):
    """She comes, takes the file for her calendar, and wants to talk about something."""
    page = hanne.page
    page.goto("/")
    save(hanne, "main a:has-text('Statusmøde')")
    save(hanne, "button[name=coming][value=yes]")
    with page.expect_download() as file:
        page.get_by_role("link", name="kalender").click()
    calendar = file.value.path().read_text()
    assert "SUMMARY:Statusmøde" in calendar
    assert not re.search("Emil|Nørgaard|Hanne", calendar)
    save(hanne, "main a[href$='/suggest/']")
    page.fill("main [name=title]", HERS)
    save(hanne).look().look_narrow().photograph("meeting-suggested")
    return page.url


def write(karen, title, text):
    save(karen, f"main a[href$='/minutes/']:has-text('{title}')")
    karen.page.fill("[name=decided]", text)
    save(karen)


def hold(karen, meeting):
    page = karen.page
    page.goto(meeting)
    expect(page.locator("main")).to_contain_text("Hanne")
    save(karen, f"main a:has-text('{HERS}')")
    page.select_option("[name=topic]", "daily")
    save(karen)
    save(karen, "main a[href$='/agenda/']")
    page.fill("main [name=title]", THEIRS)
    page.select_option("[name=topic]", "offences")
    save(karen)
    write(karen, HERS, FIXED)
    write(karen, THEIRS, SECRET)
    karen.look().photograph("meeting-minutes")
    save(karen, "main a[href$='/finish/']")
    choose(page, "participation", "whole")
    save(karen).look().photograph("meeting-held")


def test_each_reads_the_points_that_are_shared_and_nobody_after_a_stop(
    visitor, account
):
    karen = visitor(account("department manager"), width=DESK)
    hanne = visitor(account("mother"), width=PHONE)
    meeting = plan(karen)
    address = suggest(hanne)
    hold(karen, meeting)

    hanne.page.goto(address)
    hanne.look().look_narrow().photograph("meeting-hanne")
    expect(hanne.page.locator("main")).to_contain_text(FIXED)
    for word in (THEIRS, SECRET):
        expect(hanne.page.locator("main")).not_to_contain_text(word)

    brother = visitor(account("brother"), width=PHONE)
    brother.expected_statuses = {404}
    assert brother.page.goto(address).status == 404

    emil = visitor(account("resident"), width=PHONE)
    emil.page.goto(address)
    emil.look().look_narrow().photograph("meeting-emil")
    expect(emil.page.locator("main")).to_contain_text(SECRET)
    stop(emil, "Stop alt", name="Hanne")
    hanne.expected_statuses = {404}
    assert hanne.page.goto(address).status == 404
