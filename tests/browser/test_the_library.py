"""A mother finds out whom to turn to and what guardianship is; the centre manager corrects it."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser
OWN_WORDS = "På Solgården hjælper Karen gerne med at søge."


def test_a_mother_reads_and_the_centre_manager_corrects(visitor, account):
    mother = visitor(account("mother"), width=PHONE)
    page = mother.page

    mother.open("/knowledge/").look().look_narrow().photograph("library")
    page.locator(".ways a[href='/whom/']").click()
    mother.look().look_narrow().photograph("whom")
    expect(page.locator("main")).to_contain_text("Karen Birk")
    expect(page.locator("main")).to_contain_text("Charlotte Vang")

    folder = page.locator("main a[href^='/folder/']").get_attribute("href")
    paper = mother.context.request.get(folder)
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF")

    mother.open("/knowledge/")
    page.get_by_role("link", name="Værgemål", exact=True).click()
    mother.look().look_narrow().photograph("article")
    article = page.url
    page.locator("main a[href='?read=easy']").click()
    mother.look()
    page.locator("main a.word").first.click()
    assert "/words/#word-" in page.url
    mother.look()

    _corrected(visitor(account("centre manager"), width=DESK), article)

    page.goto(article)
    expect(page.locator("main")).to_contain_text(OWN_WORDS)
    expect(page.locator("main .row-meta").first).to_contain_text("Rettet den")
    mother.look()


def _corrected(manager, article):
    page = manager.page
    page.goto(article)
    page.locator("main a[href$='/correct/']").click()
    manager.look()
    text = page.locator("[name=text]")
    text.fill(f"{text.input_value()}\n\n{OWN_WORDS}")
    page.locator("main form .button-primary").click()
    manager.look().photograph("article-draft")
    expect(page.locator("main")).to_contain_text(OWN_WORDS)
    page.locator("form[action$='/publish/'] button").click()
    expect(page.locator("main")).to_contain_text(OWN_WORDS)
    manager.look()
