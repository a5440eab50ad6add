"""The record and the empty form as PDF: what stands in them, and what does not."""

import subprocess
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from meetings import papers
from meetings.actions import holding, planning
from meetings.models import Printout, Question
from portal import clock, pdf, press, typography
from tests.factories import AgreementFactory
from tests.papers import archival, silence, unbroken, words


@pytest.fixture
def silent(caplog):
    with silence(caplog):
        yield


def answer(conversation, key, text, *, by, **details):
    section, question = key.split("/")
    question = Question.objects.get(
        section__template=conversation.template, section__key=section, key=question
    )
    said = holding.Said(question=question, seen=0, text=text, **details)
    holding.save_answers(conversation, said=[said], by=by)


def drawn(conversation, by):
    content = papers.record(conversation, by=by, at=clock.now())
    return pdf.render(papers.TEMPLATE, content)


def test_the_record_says_who_was_there_what_was_said_and_what_was_agreed(cast, silent):
    planning.choose_participants(
        cast.talk,
        relatives={cast.annas: {"accepted_on": clock.today()}},
        colleagues={cast.karen: "Manager"},
        others=[("Fatima Lund", "caseworker")],
        by=cast.karen,
    )
    answer(
        cast.talk,
        "wishes/matters",
        "Min radio kl. 8.",
        by=cast.mette,
        answered_by="resident",
    )
    answer(cast.talk, "medicine/alert", "Tåler ikke penicillin", by=cast.mette)
    answer(
        cast.talk,
        "economy/receipts",
        "Bo gør det selv",
        by=cast.mette,
        not_relevant=True,
    )
    answer(cast.talk, "contact/night", "Kun om sommeren", by=cast.mette, value="yes")
    answer(cast.talk, "checklist/told", "Xylofonnote", by=cast.mette, value="yes")
    answer(cast.talk, "involvement/unwanted", "Trompetnote", by=cast.mette)
    holding.link_agreement(cast.talk, agreement=cast.dentist, by=cast.mette)

    paper = words(drawn(cast.talk, cast.karen))

    assert "Anna Holm" in paper
    assert "Fatima Lund" in paper
    assert "Min radio kl.\u00a08." in paper.replace("kl. 8", "kl.\u00a08")
    assert paper.count("Tåler ikke penicillin") == 2  # also at the top
    assert "Ikke relevant" not in paper or "Bo gør det selv" in paper
    assert "Kun om sommeren" in paper
    assert "Dentist" in paper
    # Staff's own notes stay in the house.
    assert "Xylofonnote" not in paper
    assert "Trompetnote" not in paper


def test_the_file_is_for_screen_readers_and_archives_and_names_nobody(cast, silent):
    said = archival(drawn(cast.talk, cast.karen))

    assert "Solgården" in said
    assert str(cast.bo) not in said
    assert cast.bo.family_name not in said


def test_so_is_the_empty_form(cast, silent):
    content = papers.blank(cast.talk.template, cast.solgaarden)

    archival(pdf.render(papers.TEMPLATE, content))


def test_the_empty_form_asks_every_question_of_the_record(cast, silent):
    content = papers.blank(cast.talk.template, cast.solgaarden)
    paper = words(pdf.render(papers.TEMPLATE, content))

    for question in Question.objects.filter(section__template=cast.talk.template):
        for word in question.text.split():
            assert word in paper
    assert f"version {cast.talk.template.version}" in paper
    assert cast.bo.family_name not in paper


def test_300_agreements_lose_nothing_and_every_page_has_its_head(cast, silent):
    agreements = AgreementFactory.create_batch(
        300, resident=cast.bo, recorded_by=cast.mette, text="x"
    )
    for number, agreement in enumerate(agreements):
        agreement.text = f"Aftale A{number:03}. " + "Vi følges ad. " * (number % 30)
        agreement.save()
        holding.link_agreement(cast.talk, agreement=agreement, by=cast.mette)

    paper = drawn(cast.talk, cast.karen)

    text = words(paper)
    assert [n for n in range(300) if f"A{n:03}." not in text] == []
    with pikepdf.open(BytesIO(paper)) as file:
        count = len(file.pages)
    for number in range(3, count - 1):
        told = subprocess.run(
            ["pdftotext", "-f", str(number), "-l", str(number), "-", "-"],
            input=paper,
            capture_output=True,
            check=True,
        ).stdout.decode()
        assert "Det aftaler vi" in told or "What we agree on" in told


@pytest.mark.parametrize(
    "text",
    [
        "🎂 fødselsdag 👨‍👩‍👧 漢字",
        "مرحبا بكم",
        "a\u202eb\u2066c\u2069d\ufeff\u00ad",
        "<script>alert(1)</script><img src='file:///etc/hostname'>",
        "<link rel=attachment href='file:///etc/hostname'>",
        "x" * 20_000,
        "- \n- et\n\n\n- to\n",
        "\x00\x01\x7f slut",
        "> " * 60 + "ja",
        "»„“" * 60 + "ja" + "“" * 60,
        "<blockquote>" * 60 + "ja",
        "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
        "\u200f\u061c مرحبا \u202b שלום \u202c",
        "{{ phone }}{% load %}",
    ],
)
def test_nothing_that_somebody_wrote_breaks_the_paper(cast, silent, text):
    # As a database may hold it, whatever the forms refuse today.
    content = papers.record(cast.talk, by=cast.karen, at=clock.now())
    content["sections"] = [
        {
            "title": text[:90],
            "lines": [
                {
                    "question": text[:90],
                    "text": text,
                    "said": text[:9],
                    "answered_by": "staff",
                }
            ],
        }
    ]

    paper = pdf.render(papers.TEMPLATE, content)

    with pikepdf.open(BytesIO(paper)) as file:
        assert not file.attachments
        assert "/AF" not in file.Root
        assert not any(page.get_images() for page in file.pages)


def test_a_page_break_loses_no_word_of_a_long_answer(cast, silent):
    texts = {}
    for number, key in enumerate(("wishes/story", "economy/receipts", "doctor/gp")):
        numbered = " ".join(f"ord{number}{place:04}" for place in range(2_400))
        texts[key] = numbered[:20_000].rpartition(" ")[0]
        answer(cast.talk, key, texts[key], by=cast.mette)
    texts["visits/here"] = "Rå" * 10_000
    answer(cast.talk, "visits/here", texts["visits/here"], by=cast.mette)

    paper = unbroken(drawn(cast.talk, cast.karen))

    for text in texts.values():
        assert [word for word in text.split()[:-1] if word not in paper] == []
    assert paper.count("Rå") >= 10_000
    for end in (text.split()[-1][-12:] for text in texts.values()):
        assert end in paper


def test_what_a_box_stands_for_is_said_on_the_paper(cast):
    def html(text):
        content = papers.blank(cast.talk.template, cast.solgaarden)
        return pdf.html(papers.TEMPLATE, content | {"home": text})

    assert "boxes" in html("Fødselsdag 🎂")
    assert "boxes" not in html("Fødselsdag ☐")


def test_a_character_that_no_font_has_is_a_box_and_nothing_goes_missing():
    assert typography.printable("漢 Ł ş ☐ \u202eæ\x00") == "□ Ł ş ☐ æ"


def test_what_belongs_together_stays_on_one_line():
    together = typography.on_paper(
        "§ 108, kl. 9.05, 12. november, 20 11 22 33, 400 kr."
    )

    assert together == (
        "§\u00a0108, kl.\u00a09.05, 12.\u00a0november, 20\u00a011\u00a022\u00a033, 400\u00a0kr."
    )


def test_a_paper_fetches_nothing_but_our_fonts():
    fetch = press.fetcher()

    for url in ("file:///etc/hostname", "https://example.com/", "print:../settings.py"):
        with pytest.raises(ValueError, match="may not fetch"):
            fetch.fetch(url)


def test_without_the_libraries_the_page_says_whom_to_ask(cast, sign_in, monkeypatch):
    def missing(*args):
        raise pdf.Unavailable("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "check", missing)
    monkeypatch.setattr(pdf, "draw", missing)
    client = sign_in(cast.karen)
    before = Printout.objects.count()

    for response in (
        client.post(reverse("meetings:record-print", args=[cast.talk.uuid])),
        client.get(reverse("meetings:blank")),
        client.get(reverse("meetings:printout", args=[cast.printed.uuid])),
    ):
        assert response.status_code == 503
        assert "libpango-1.0-0" in response.content.decode()
    assert Printout.objects.count() == before
