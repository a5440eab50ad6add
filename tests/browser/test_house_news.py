"""News with a file for one department: written, published, read, and sent as a letter."""

import re
from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser
TITLE = "Vi maler stuen"


def menu():
    made, content = pikepdf.new(), BytesIO()
    made.add_blank_page()
    made.save(content)
    return {
        "name": "farver.pdf",
        "mimeType": "application/pdf",
        "buffer": content.getvalue(),
    }


def path_of(page):
    return re.sub(r"^https?://[^/]+", "", page.url)


def test_from_the_care_worker_to_the_relative_and_on_paper(visitor, account):
    mette = visitor(account("care worker"), width=PHONE, touch=True)
    page = mette.page
    mette.open("/news/write/")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=text]").fill("I næste uge maler vi stuen. Kom og vælg farven.")
    page.locator("details.details summary").first.click()
    page.locator("[name=readers][value=relatives]").check()
    page.locator("main form .button-primary").click()
    expect(page.locator("h2", has_text=TITLE)).to_be_visible()
    draft = path_of(page)
    page.locator("details summary").last.click()
    page.locator("[name=file]").set_input_files(menu())
    page.locator("[name=name]").fill("Farverne")
    page.locator("form[action$='/attach/'] button").click()
    expect(page.locator("main a", has_text="Farverne")).to_be_visible()
    mette.look().look_narrow().photograph("news-draft-with-file")
    page.locator("form[action$='/ask/'] button").click()

    karen = visitor(account("department manager"))
    karen.open(draft)
    karen.look()
    karen.page.locator("form[action$='/publish/'] button").click()
    expect(karen.page.locator("h1")).to_have_text(TITLE)
    news = path_of(karen.page)

    hanne = visitor(account("mother"), width=PHONE, touch=True)
    hanne.open(news)
    with hanne.page.expect_download() as download:
        hanne.page.locator("main a", has_text="Farverne").click()
    assert download.value.suggested_filename == "bilag.pdf"
    file = hanne.page.locator("main a", has_text="Farverne").get_attribute("href")
    hanne.look().photograph("news-with-file")

    # A resident, for whom it is not, finds neither.
    emil = visitor(account("resident"))
    assert [emil.page.request.get(path).status for path in (news, file)] == [404, 404]

    karen.open("/newsletters/write/")
    karen.page.locator("[name=title]").fill("Nyt fra Åkanden")
    karen.page.get_by_label(re.compile(TITLE)).check()
    karen.page.locator("main form .button-primary").click()
    karen.look().photograph("newsletter-preview")
    karen.page.locator("form[action$='/send/'] button").click()
    expect(karen.page.locator("progress")).to_be_visible()
    letter = path_of(karen.page)
    karen.look().look_narrow().photograph("newsletter-sent")
    paper = karen.page.locator("main a[href*='/paper/']").first.get_attribute("href")
    answer = karen.page.request.get(paper)
    with pikepdf.open(BytesIO(answer.body())) as opened:
        assert str(opened.docinfo["/Title"]).startswith("Nyt fra Åkanden")
        assert opened.Root.MarkInfo.Marked

    hanne.open(letter)
    expect(hanne.page.locator("main h2", has_text=TITLE)).to_be_visible()
    hanne.look().look_narrow().photograph("newsletter-read")
    assert emil.page.request.get(letter).status == 404
