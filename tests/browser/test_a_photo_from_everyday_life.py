"""A photograph goes from staff to the mother and to nobody else, until the resident says stop."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

TEXT = "Emil har plukket en buket til bordet."
ALT = "Emil holder en buket markblomster."


def photograph():
    """As a telephone takes it: on its side, and with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Canary camera"
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (55.0, 40.0, 34.0), 3: "E", 4: (12.0, 34.0, 6.0)}
    )
    taken = BytesIO()
    Image.new("RGB", (800, 600), "seagreen").save(taken, "JPEG", exif=exif)
    return {
        "name": "IMG_0001.jpg",
        "mimeType": "image/jpeg",
        "buffer": taken.getvalue(),
    }


def write_about_emil(window, **sent):
    page = window.page
    page.goto("/everyday/write/")
    window.follow("Emil Nørgaard")
    page.fill("[name=text]", TEXT)
    page.fill("[name=alt]", ALT)
    page.set_input_files("[name=photos]", list(sent.values()))
    with page.expect_navigation():
        page.get_by_role("button", name="Gem", exact=True).click()
    return window.look()


def open_the_glimpse(window):
    """The page of what was written, and the address of its photograph."""
    window.open("/everyday/")
    with window.page.expect_navigation():
        window.page.get_by_role("link", name=TEXT).click()
    window.look()
    return window.page.url, window.page.locator(".photo img").get_attribute("src")


def test_a_photo_reaches_the_mother_and_not_the_brother(visitor, account):
    mette = visitor(account("care worker"), width=PHONE)
    # A page is no photograph: it is said so, and neither text nor photograph is lost.
    page = {"name": "side.jpg", "mimeType": "image/jpeg", "buffer": b"<!doctype html>"}
    write_about_emil(mette, photo=photograph(), page=page)
    mette.photograph("photo-refused")
    expect(mette.page.locator(".form-error-message")).to_contain_text("side.jpg")
    expect(mette.page.locator("[name=text]")).to_have_value(TEXT)
    expect(mette.page.locator("[name=photos-kept]")).to_be_checked()
    expect(mette.page.locator("main .who-sees")).to_contain_text("Hanne (mor)")
    with mette.page.expect_navigation():
        mette.page.get_by_role("button", name="Gem", exact=True).click()
    expect(mette.page.locator("main, .messages").first).to_be_visible()
    expect(mette.page.get_by_text("Billederne kan ses af Hanne (mor)")).to_be_visible()

    hanne = visitor(account("mother"), width=PHONE)
    address, photo = open_the_glimpse(hanne)
    hanne.look_narrow().photograph("photo-mother")
    shown = hanne.page.locator(".photo img")
    expect(shown).to_have_attribute("alt", ALT)
    assert shown.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [
        600,
        800,
    ]
    answer = hanne.page.request.get(photo)
    assert answer.status == 200
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-security-policy"] == "sandbox"
    for trace in (b"Exif", b"Canary", b"GPS"):
        assert trace not in answer.body()

    rasmus = visitor(account("brother"), width=DESK)
    rasmus.expected_statuses = {404}
    for path in (address, photo, photo.replace("/?", "/small/?")):
        assert rasmus.page.request.get(path).status == 404

    emil = visitor(account("resident"), width=PHONE)
    open_the_glimpse(emil)
    emil.photograph("photo-resident")
    stop_photos_for(emil, "Hanne")

    assert hanne.page.request.get(photo).status == 404
    hanne.page.reload()
    expect(hanne.page.get_by_text(TEXT).first).to_be_visible()
    expect(hanne.page.locator(".photo")).to_have_count(0)


def stop_photos_for(window, name):
    page = window.page
    page.goto("/my-consents/")
    card = page.locator(".easy-card", has=page.get_by_role("heading", name=name))
    with page.expect_navigation():
        card.get_by_role("link").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Stop – Billeder af mig").first.click()
    window.look()
