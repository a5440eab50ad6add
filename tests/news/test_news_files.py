"""Files that go with house news: made anew, for its readers, and gone with the draft."""

from io import BytesIO

import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from news import attaching, publishing
from news.models import Attachment, NewsPicture
from portal import documents
from tests.news.test_house_news import PEOPLE

ACTION = {"/S": pikepdf.Name("/JavaScript"), "/JS": "app.alert(1)"}
LAUNCH = {"/S": pikepdf.Name("/Launch"), "/F": "cmd.exe"}


def pdf(change=lambda pdf: None, **how):
    made = pikepdf.new()
    made.add_blank_page()
    change(made)
    content = BytesIO()
    made.save(content, **how)
    return content.getvalue()


def png():
    content = BytesIO()
    Image.new("RGB", (40, 30), "red").save(content, "PNG")
    return content.getvalue()


def send(client, item, content, name="menu.pdf", words=""):
    return client.post(
        reverse("news:news-attach", args=[item.uuid]),
        {"file": SimpleUploadedFile(name, content), "name": words},
    )


def with_file(made):
    made.attachments["virus.exe"] = pikepdf.AttachedFileSpec(made, b"MZ")


def with_annotation(made):
    made.pages[0].Annots = made.make_indirect(
        pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=[0, 0, 9, 9],
                    A=pikepdf.Dictionary(LAUNCH),
                )
            ]
        )
    )


BAD = {
    "no PDF": (b"%PDF-1.7 and nothing else", "broken"),
    "HTML behind it": (b"<html><script>alert(1)</script>%PDF-1.7", None),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", None),
    "script": (
        pdf(
            lambda one: one.Root.__setitem__("/OpenAction", pikepdf.Dictionary(ACTION))
        ),
        "acts",
    ),
    "another file": (pdf(with_file), "acts"),
    "a program to start": (pdf(with_annotation), "acts"),
    "password": (
        pdf(encryption=pikepdf.Encryption(owner="o", user="u")),
        "locked",
    ),
    "owner's password": (
        pdf(encryption=pikepdf.Encryption(owner="o", user="")),
        "locked",
    ),
    "101 pages": (
        pdf(lambda one: [one.add_blank_page() for _page in range(100)]),
        "long",
    ),
    "too large": (b"%PDF-1.7" + b"0" * documents.MOST_BYTES, "large"),
    "empty": (b"", None),
    "cut off": (pdf()[:-40], None),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_quiet_pdf_is_refused_in_words_and_nothing_is_lost(
    cast, sign_in, kind
):
    content, code = BAD[kind]
    page = send(sign_in(cast.mette), cast.plans, content, words="A picture")

    assert page.status_code == 200
    [errors] = page.context["form"].errors.as_data().values()
    assert code in (None, errors[0].code)
    assert cast.plans.text in page.content.decode()
    assert list(cast.plans.attachments.all()) == [cast.song]


def test_a_pdf_is_kept_as_we_have_written_it(cast, sign_in):
    content = pdf() + b"<script>alert('behind the end')</script>"

    send(sign_in(cast.mette), cast.plans, content, name="../../\u202efdp.menu .pdf")

    added = cast.plans.attachments.last()
    assert added.name == "fdp.menu"
    stored = (
        settings.DATA_DIR / "documents" / added.file[:2] / f"{added.file}.pdf"
    ).read_bytes()
    assert b"<script>" not in stored
    with pikepdf.open(BytesIO(stored)) as opened:
        assert len(opened.pages) == 1
    edited = cast.plans.edited_at
    cast.plans.refresh_from_db()
    # Who looked at it before the file came has not seen it.
    assert cast.plans.edited_at > edited


@pytest.fixture
def told(cast):
    """Åkanden's party with a real PDF and a real picture, for relatives and staff."""
    item = publishing.draft_news(
        uuid=cast.bo.uuid,
        home=cast.solgaarden,
        departments=[cast.aakanden],
        title="Summer",
        text="We grill.",
        for_residents=False,
        by=cast.karen,
    )
    attaching.attach(
        item, file=SimpleUploadedFile("m.pdf", pdf()), name="", by=cast.karen
    )
    attaching.attach(
        item, file=SimpleUploadedFile("p.png", png()), name="Fire", by=cast.karen
    )
    item.refresh_from_db()
    return publishing.publish(item, as_of=item.edited_at, by=cast.karen)


def test_files_are_for_those_who_read_the_news(cast, sign_in, told):
    file = reverse("news:news-attachment", args=[told.attachments.get().uuid])
    opened = {
        person
        for person in PEOPLE
        if sign_in(getattr(cast, person)).get(file).status_code == 200
    }
    assert opened == {"mette", "karen", "clara", "vera", "sysse"} | {
        "anna",
        "jens",
        "rikke",
    }

    page = sign_in(cast.jens).get(reverse("news:news-item", args=[told.address]))
    [picture] = page.context["pictures"]
    assert sign_in(cast.jens).get(picture.path)["Content-Type"] == "image/jpeg"
    # An address that was passed on opens nothing, nor to a reader nor to anybody else.
    assert sign_in(cast.mette).get(picture.path).status_code == 404
    assert sign_in(cast.bos).get(picture.path).status_code == 404


def test_a_pdf_is_saved_and_never_run(cast, sign_in, told):
    answer = sign_in(cast.jens).get(
        reverse("news:news-attachment", args=[told.attachments.get().uuid])
    )

    assert answer["Content-Disposition"] == 'attachment; filename="bilag.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Content-Security-Policy"].startswith("sandbox")


def test_taken_back_or_corrected_the_old_files_open_no_more(cast, sign_in, told):
    correction = publishing.draft_news(
        uuid=cast.ida.uuid,
        corrects=told,
        home=cast.solgaarden,
        departments=[cast.aakanden],
        title="Summer",
        text="We do not grill.",
        by=cast.karen,
    )
    old = reverse("news:news-attachment", args=[told.attachments.get().uuid])
    new = reverse("news:news-attachment", args=[correction.attachments.get().uuid])
    before = [sign_in(cast.jens).get(path).status_code for path in (old, new)]
    correction.refresh_from_db()
    publishing.publish(correction, as_of=correction.edited_at, by=cast.karen)

    assert before == [200, 404]
    assert [sign_in(cast.jens).get(path).status_code for path in (old, new)] == [
        404,
        200,
    ]
    assert correction.pictures.get().name == "Fire"


@pytest.mark.django_db(transaction=True)
def test_the_file_goes_with_the_last_row_that_knows_it(cast):
    shared = cast.song.copy_to(cast.bakkens_party)
    path = settings.DATA_DIR / "documents" / shared.file[:2] / f"{shared.file}.pdf"

    attaching.detach(cast.song, by=cast.mette)
    assert path.exists()
    shared.delete()
    Attachment.sweep({shared.file})
    assert not path.exists()


def test_a_picture_says_what_it_shows_or_is_not_taken(cast, sign_in):
    client = sign_in(cast.mette)

    page = send(client, cast.plans, png(), name="p.png")
    done = send(client, cast.plans, png(), name="p.png", words="A red field")

    assert page.context["form"].errors
    assert done.status_code == 302
    assert cast.plans.pictures.get().name == "A red field"
    assert b'alt="A red field"' in client.get(done.url).content


def test_no_more_than_ten(cast, sign_in):
    for _file in range(attaching.MOST - 1):
        cast.song.copy_to(cast.plans)

    page = send(sign_in(cast.mette), cast.plans, pdf())

    assert page.context["form"].errors
    assert cast.plans.attachments.count() == 10


def test_what_was_told_keeps_its_files(cast, sign_in, told):
    files = [told.attachments.get(), told.pictures.get()]

    for file in files:
        path = reverse("news:news-detach", args=[file.uuid])
        assert sign_in(cast.karen).post(path).status_code == 404
    assert send(sign_in(cast.karen), told, pdf()).status_code == 404
    assert NewsPicture.objects.filter(pk=files[1].pk).exists()


def test_a_full_disk_is_said_and_the_text_stays(cast, sign_in, monkeypatch):
    def full(content):
        raise documents.NotKept

    monkeypatch.setattr("portal.documents.keep", full)
    page = send(sign_in(cast.mette), cast.plans, pdf())

    assert page.context["form"].errors
    assert cast.plans.text in page.content.decode()
