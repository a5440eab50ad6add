"""A version of the record is frozen: what it says, what it is known by, what is new in it."""

import hashlib
import json
import subprocess
import sys

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from meetings import papers
from meetings.actions import holding, printing
from meetings.models import Printout
from meetings.papers import changes
from portal import clock, pdf
from portal.models import AuditEvent
from tests.factories import AgreementFactory, HeldConversationFactory, ResidentFactory
from tests.meetings.test_papers import answer
from tests.papers import words

IN_ANOTHER_PROCESS = """
import django, hashlib, json, sys
django.setup()
from meetings import papers
from portal import pdf
paper = pdf.render(papers.TEMPLATE, json.load(sys.stdin))
print(hashlib.sha256(paper).hexdigest())
"""


@pytest.fixture
def talk(cast):
    """A conversation of which nothing has been printed yet."""
    resident = ResidentFactory(department=cast.aakanden)
    return HeldConversationFactory(resident=resident, chair=cast.karen)


def test_the_same_words_give_the_same_bytes_in_every_process(talk, cast):
    content = papers.record(talk, by=cast.karen, at=clock.now())

    once = pdf.render(papers.TEMPLATE, content)
    elsewhere = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS],
        input=json.dumps(content),
        capture_output=True,
        text=True,
        check=True,
    )

    assert elsewhere.stdout.split()[-1] == hashlib.sha256(once).hexdigest()


def test_a_version_is_known_by_the_digest_of_its_paper(talk, cast):
    version = printing.print_record(talk, by=cast.karen)
    paper = printing.drawn(version)

    version.refresh_from_db()
    assert version.sha256 == hashlib.sha256(paper).hexdigest()
    assert bytes(version.paper) == paper == printing.drawn(version)


def test_printing_is_noted_and_gives_the_same_paper_later(cast, sign_in):
    answer(cast.talk, "wishes/matters", "Radioavis", by=cast.mette)
    client = sign_in(cast.karen)

    response = client.post(reverse("meetings:record-print", args=[cast.talk.uuid]))

    printout = Printout.objects.filter(conversation=cast.talk).latest("pk")
    assert response.url == reverse("meetings:version", args=[printout.uuid])
    paper_at = reverse("meetings:printout", args=[printout.uuid])
    event = AuditEvent.objects.get(verb="conversation.printed")
    assert (event.actor, event.facts) == (cast.karen, {"printout": printout.pk})
    paper = client.get(paper_at)
    assert paper["Content-Type"] == "application/pdf"
    assert "no-store" in paper["Cache-Control"]
    assert paper["Content-Disposition"] == 'inline; filename="indflytningssamtale.pdf"'
    cast.bo.family_name = "Andersen"
    cast.bo.save()
    assert client.get(paper_at).content == paper.content
    assert "Radioavis" in words(paper.content)


def test_the_agreement_on_paper_is_the_one_that_holds_today(cast):
    holding.link_agreement(cast.talk, agreement=cast.dentist, by=cast.mette)
    AgreementFactory(
        resident=cast.bo,
        text="Orthodontist",
        replaces=cast.dentist,
        recorded_by=cast.mette,
    )

    printed = printing.print_record(cast.talk, by=cast.karen)

    assert [a["text"] for a in printed.content["agreements"]] == ["Orthodontist"]


def test_what_has_not_changed_is_the_same_version(talk, cast):
    first = printing.print_record(talk, by=cast.karen)

    assert printing.print_record(talk, by=cast.clara) == first
    assert talk.printouts.count() == 1


def test_a_later_version_says_what_has_changed_since_the_one_before(talk, cast):
    stays = AgreementFactory(
        resident=talk.resident, text="Stays", recorded_by=cast.mette
    )
    old = AgreementFactory(
        resident=talk.resident, text="Before", recorded_by=cast.mette
    )
    over = AgreementFactory(resident=talk.resident, text="Over", recorded_by=cast.mette)
    for agreement in (stays, old, over):
        holding.link_agreement(talk, agreement=agreement, by=cast.mette)
    answer(talk, "wishes/matters", "Radio", by=cast.mette)
    answer(talk, "medicine/alert", "Penicillin", by=cast.mette)
    first = printing.print_record(talk, by=cast.karen)

    answer_again(talk, "wishes/matters", "Fjernsyn", by=cast.mette)
    answer(talk, "contact/night", "Ja", by=cast.mette, value="yes")
    AgreementFactory(
        resident=talk.resident, text="After", replaces=old, recorded_by=cast.mette
    )
    over.ended_on, over.ended_by = clock.today(), cast.mette
    over.save()
    new = AgreementFactory(resident=talk.resident, text="Fresh", recorded_by=cast.mette)
    holding.link_agreement(talk, agreement=new, by=cast.mette)
    second = printing.print_record(talk, by=cast.karen)

    assert (first.number, second.number) == (1, 2)
    assert first.content["changes"] is None
    said = {
        line["heading"]: line["items"] for line in second.content["changes"]["lines"]
    }
    questions = {
        key: question_of(talk, key) for key in ("wishes/matters", "contact/night")
    }
    assert said == {
        "Besvaret": [questions["contact/night"]],
        "Besvaret på ny": [questions["wishes/matters"]],
        "Ændrede aftaler": ["nr. 2 (After)"],
        "Aftaler, der er udført eller afsluttet": ["nr. 3 (Over)"],
        "Nye aftaler": ["nr. 4 (Fresh)"],
    }
    paper = words(printing.drawn(second))
    assert "Ændret siden version 1" in paper
    assert "Version 2 af referatet" in paper


def test_a_version_is_never_rewritten_or_removed(talk, cast):
    version = printing.print_record(talk, by=cast.karen)
    printing.drawn(version)
    kept = Printout.objects.filter(pk=version.pk)

    for rewrite in (
        lambda: kept.update(content={}),
        lambda: kept.update(number=9),
        lambda: kept.update(sha256="0" * 64),
        lambda: kept.update(paper=b"%PDF"),
        kept.delete,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rewrite()


def test_a_snapshot_read_back_is_not_taken_for_a_change(talk, cast):
    version = printing.print_record(talk, by=cast.karen)
    version.refresh_from_db()

    assert changes.is_same(
        version.content, papers.record(talk, by=cast.clara, at=clock.now())
    )


def question_of(conversation, key):
    section, question = key.split("/")
    found = conversation.template.sections.get(key=section).questions.get(key=question)
    return found.text


def answer_again(conversation, key, text, *, by):
    section, question = key.split("/")
    question = conversation.template.sections.get(key=section).questions.get(
        key=question
    )
    said = holding.Said(question=question, seen=1, text=text)
    holding.save_answers(conversation, said=[said], by=by)
