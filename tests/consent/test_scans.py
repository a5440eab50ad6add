"""The signed paper of a talk: what is taken, how it is kept, and who fetches it."""

import datetime as dt
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from consent import actions
from consent.models import ConsentTalk, ScannedPaper
from consent.record import scanning
from consent.record.rooms import ON_A_DESK, cards
from portal import clock, rooms
from portal.models import AuditEvent
from tests.conftest import tell
from tests.consent.test_asking import drawn, page


def picture(kind, size=(60, 40), **details):
    drawn = BytesIO()
    Image.new("RGB", size, "white").save(drawn, kind, **details)
    return drawn.getvalue()


PDF = picture("PDF")


def changed(name, into):
    """The PDF with a name in its trailer or catalog changed into something else."""
    assert name in PDF
    return PDF.replace(name, into)


def packed(words):
    """The PDF with one stream of packed objects, where newer programs put them."""
    stream = zlib.compress(words)
    objects = b"<</Type/ObjStm/Filter/FlateDecode/Length %d>>stream\n" % len(stream)
    return changed(b"xref\n0 ", objects + stream + b"\nendstream\nxref\n0 ")


def photograph():
    """Upright only by its EXIF, which also says where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Canary camera"
    return picture("JPEG", exif=exif)


def file(content, name="scan.pdf"):
    return SimpleUploadedFile(name, content)


def test_a_photograph_is_drawn_anew_upright_and_without_what_hid_in_it():
    trailing = photograph() + b"PK\x03\x04 something else"

    scan = scanning.read(trailing)

    assert scan.kind == "jpeg"
    assert b"Canary" not in scan.content
    assert b"PK\x03\x04" not in scan.content
    with Image.open(BytesIO(scan.content)) as drawn:
        assert drawn.size == (40, 60)
        assert not drawn.getexif()


def test_a_png_becomes_a_jpeg_and_a_pdf_stays_as_it_is():
    assert scanning.read(picture("PNG")).kind == "jpeg"
    assert scanning.read(PDF).content == PDF
    ordinary = packed(b"1 0 <</Type/Catalog>>") + b"\r\n\0"
    assert scanning.read(ordinary).content == ordinary


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><script>alert(1)</script>", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        (b"GIF89a", "kind"),
        (b"", "kind"),
        (b"%PDF-1.7 and nothing else", "broken"),
        (b"%PDF-1.7\n<html><script>alert(1)</script>\n%%EOF", "broken"),
        (PDF[: len(PDF) // 2], "broken"),
        (PDF + b"PK\x03\x04 a second file", "broken"),
        (changed(b"/Root", b"/Encrypt 9 0 R /Root"), "locked"),
        (changed(b"/Root", b"/Encr#79pt 9 0 R /Root"), "locked"),
        (changed(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"), "runs"),
        (changed(b"/Catalog", b"/Catalog/OpenAction<</S/J#61vaScript>>"), "runs"),
        (packed(b"1 0 <</OpenAction<</S/JavaScript/JS(x)>>>>"), "runs"),
        (packed(bytes(scanning.MOST_UNPACKED + 1)), "runs"),
        (b"\x89PNG\r\n\x1a\n broken", "broken"),
        (b"\xff\xd8\xff broken", "broken"),
        (PDF + b" " * scanning.MOST_BYTES, "large"),
    ],
)
def test_what_is_not_a_paper_is_not_kept(content, code):
    with pytest.raises(ValidationError) as refused:
        scanning.read(content)

    assert refused.value.code == code


def test_a_picture_that_would_fill_the_memory_is_not_drawn(monkeypatch):
    monkeypatch.setattr(scanning, "MOST_PIXELS", 60 * 40 - 1)

    with pytest.raises(ValidationError):
        scanning.read(picture("PNG"))


def test_a_signed_paper_comes_with_the_answers_or_follows(cast, sign_in):
    client = sign_in(cast.mette)
    sent = drawn(client, cast.jenss, form="paper")

    neither = client.post(page(cast.jenss), sent)
    assert list(neither.context["form"].errors) == ["scan"]

    both = client.post(page(cast.jenss), sent | {"scan": file(PDF)})
    assert both.status_code == 302, both.context["form"].errors
    kept = ScannedPaper.objects.get(talk__answers__relation=cast.jenss)
    assert (kept.kind, bytes(kept.content), kept.scanned_by) == ("pdf", PDF, cast.mette)


def test_a_wrong_file_records_nothing_at_all(cast, sign_in):
    client = sign_in(cast.mette)
    sent = drawn(client, cast.jenss, form="paper", scan=file(b"MZ", "virus.pdf"))

    refused = client.post(page(cast.jenss), sent)

    assert list(refused.context["form"].errors) == ["scan"]
    assert not cast.jenss.consents.exists()


def test_a_file_that_must_be_chosen_again_is_said(cast, sign_in):
    client = sign_in(cast.mette)
    sent = drawn(client, cast.jenss, form="paper", how_informed="", scan=file(PDF))

    refused = client.post(page(cast.jenss), sent)

    assert set(refused.context["form"].errors) == {"explained", "scan"}


def test_a_paper_that_follows_waits_on_the_start_page_of_who_recorded_it(
    cast, sign_in, move_clock
):
    client = sign_in(cast.mette)
    client.post(
        page(cast.jenss), drawn(client, cast.jenss, form="paper", paper_follows="on")
    )
    talk = ConsentTalk.objects.get(answers__relation=cast.jenss)

    def waiting(user):
        return [row.url for card in rooms.drawn(cards(user)) for row in card.rows]

    here = reverse("consent:scan-add", args=[talk.uuid])
    assert waiting(cast.mette) == [here]
    assert waiting(cast.karen) == []
    assert client.post(here, {"scan": file(b"no")}).status_code == 200
    for _twice in range(2):
        assert client.post(here, {"scan": file(PDF)}).status_code == 302
    assert talk.scans.count() == 1
    assert waiting(cast.mette) == []
    tell(cast.jenss, "goals", by=cast.mette, form="paper")
    move_clock(clock.now() + ON_A_DESK + dt.timedelta(days=1))
    assert waiting(cast.mette) == []


def test_only_an_answer_on_paper_has_a_paper(cast, sign_in):
    talk = cast.annas.consents.get().talk

    page = sign_in(cast.mette).get(reverse("consent:scan-add", args=[talk.uuid]))

    assert page.status_code == 403


def test_the_paper_is_fetched_and_never_run_and_the_fetching_is_kept(cast, sign_in):
    response = sign_in(cast.mette).get(reverse("consent:scan", args=[cast.scan.uuid]))

    assert response.content == cast.scan.content
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    fetched = AuditEvent.objects.get(verb="consent.paper_fetched")
    assert fetched.actor == cast.mette


def test_the_history_says_who_asked_how_and_what_closed_each_answer(cast, sign_in):
    mine = cast.annas.consents.get()
    other = tell(cast.annas, "goals", by=cast.karen)
    client = sign_in(cast.mette)
    client.post(reverse("consent:consent-withdraw", args=[mine.uuid]), {"how": "phone"})
    path = reverse("consent:consent-in-error", args=[other.uuid])

    # Recorded by Karen: Mette may not call it an error.
    assert client.get(path).status_code == 403
    client = sign_in(cast.karen)
    form = client.get(path).context["form"]
    nothing_said = {"slip": form["slip"].value(), "why": " "}
    assert client.post(path, nothing_said).status_code == 200
    client.post(path, nothing_said | {"why": "Another Bo"})
    # Pressed again, it is closed already, and that is no fault of anybody.
    assert client.post(path, nothing_said | {"why": "Another"}).status_code == 302

    page = client.get(reverse("consent:history", args=[cast.annas.uuid]))
    lines = {
        line.consent.topic: line
        for told in page.context["talks"]
        for line in told.lines
    }
    mine.refresh_from_db()
    assert mine.closed_how == "phone"
    assert lines["goals"].is_in_error
    assert "Another Bo" in lines["goals"].closed
    assert "Mette" in lines["health"].closed
    text = page.content.decode()
    assert "<s>" in text
    assert "May she?" in text


@pytest.mark.parametrize("how", ["", "in_portal", "pigeon"])
def test_a_stop_counts_however_it_is_said_to_have_come(cast, sign_in, how):
    consent = cast.annas.consents.get()

    sign_in(cast.mette).post(
        reverse("consent:consent-withdraw", args=[consent.uuid]), {"how": how}
    )

    consent.refresh_from_db()
    assert (consent.closed_because, consent.closed_how) == ("withdrawn", "")


def test_the_residents_own_stop_came_in_the_portal(cast, sign_in):
    consent = cast.annas.consents.get()

    sign_in(cast.bos).post(
        reverse("consent:consent-withdraw", args=[consent.uuid]), {"how": "phone"}
    )

    consent.refresh_from_db()
    assert consent.closed_how == "in_portal"


@pytest.mark.parametrize("talks", [1, 3])
def test_the_history_costs_the_same_for_few_and_many_talks(
    cast, sign_in, django_assert_num_queries, talks
):
    for topic in ("daily", "economy", "goals")[:talks]:
        tell(cast.jenss, topic, by=cast.mette, form="paper")
    client = sign_in(cast.mette)
    client.get("/")

    with django_assert_num_queries(12, exact=False):
        client.get(reverse("consent:history", args=[cast.jenss.uuid]))


def test_a_scan_is_there_if_and_only_if_the_talk_is(cast, monkeypatch):
    monkeypatch.setattr(
        "consent.actions.asking.keep_scan", lambda *a, **k: 1 / 0, raising=True
    )
    before = ConsentTalk.objects.count()

    with pytest.raises(ZeroDivisionError):
        actions.record_asked(
            relation=cast.jenss,
            uuid=cast.jenss.uuid,
            how={"form": "paper", "text_version": "x", "text_shown": "x"},
            said=[],
            ends_at=clock.now() + dt.timedelta(days=1),
            scan=scanning.read(PDF),
            by=cast.mette,
        )

    assert ConsentTalk.objects.count() == before
