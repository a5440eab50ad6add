"""Every paper of the portal is PDF/A-2a and PDF/UA-1 at once, says veraPDF."""

import io
import re
import uuid
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from consent.record import words as receipts
from knowledge import papers as library
from meetings import papers
from meetings.actions import handing, holding
from meetings.actions.printing import print_record
from meetings.models import Question
from meetings.papers import extract, invitation, preparation
from news.views import newsletter_papers
from portal import (
    clock,
    codes,
    handing_over,
    invitations,
    letters,
    pdf,
    selves,
)
from relatives import chain_paper
from relatives import papers as agreements
from tests.factories import AgreementFactory, PreparationFactory
from tests.standards import vera

AWKWARD = (
    "- Et\n- To\n\n"
    + "»" * 60
    + "Ja"
    + "«" * 60
    + " 🎂 مرحبا بكم 漢字 \u202e Łukasz Şahin"
)


@pytest.fixture
def drawn(cast, sign_in, tmp_path):
    """One of each paper, with awkward words where people write."""
    if vera.missing():
        pytest.skip(vera.missing())
    said = [
        holding.Said(question=one, seen=0, text=AWKWARD, answered_by="resident")
        for one in Question.objects.filter(section__template=cast.talk.template)
        if one.kind == Question.Kind.TEXT and one.pk % 3 == 0
    ]
    holding.save_answers(cast.talk, said=said, by=cast.mette)
    for number in range(12):
        made = AgreementFactory(
            resident=cast.bo,
            topic="health",
            text=f"{number} {AWKWARD * (number % 5 + 1)}"[:2000],
            recorded_by=cast.mette,
        )
        holding.link_agreement(cast.talk, agreement=made, by=cast.mette)
    cast.talk.participants.create(relation=cast.annas, accepted_on=clock.today())
    prepared = PreparationFactory(
        conversation=cast.talk, relation=cast.annas, answer__text=AWKWARD
    )
    version = print_record(cast.talk, by=cast.karen)
    handed = handing.hand_to_relative(
        version, relation=cast.annas, how="portal", uuid=uuid.uuid4(), by=cast.karen
    )
    with translation.override("da"):
        receipt = receipts.receipt(cast.signed)
    both, _found = agreements.of(cast.bo, by=cast.mette)
    calls, _called = chain_paper.of(cast.bo, by=cast.mette)
    empty = agreements.blank(cast.solgaarden)
    for name, template, words in (
        ("record", papers.TEMPLATE, version.content),
        (
            "record-blank",
            papers.TEMPLATE,
            papers.blank(cast.talk.template, cast.solgaarden),
        ),
        ("extract", extract.TEMPLATE, extract.words(handed, handed.items.all())),
        ("sheet", agreements.SHEET, both),
        ("sheet-blank", agreements.SHEET, empty),
        ("roles", agreements.ROLES, both),
        ("roles-blank", agreements.ROLES, empty),
        (
            "preparation",
            preparation.TEMPLATE,
            preparation.blank(cast.solgaarden, who="relatives"),
        ),
        (
            "preparation-easy",
            preparation.TEMPLATE,
            preparation.blank(cast.solgaarden, who="resident"),
        ),
        ("preparation-filled", preparation.TEMPLATE, preparation.filled(prepared)),
        (
            "invitation",
            invitation.TEMPLATE,
            invitation.words(
                cast.talk.participants.get(relation=cast.annas), by=cast.karen
            ),
        ),
        (
            "folder",
            library.TEMPLATE,
            library.folder(cast.solgaarden, [cast.aakanden]),
        ),
        (
            "newsletter",
            newsletter_papers.TEMPLATE,
            newsletter_papers.on_paper(cast.letter, cast.aakanden),
        ),
        ("chain", chain_paper.TEMPLATE, calls),
        ("chain-blank", chain_paper.TEMPLATE, chain_paper.blank(cast.solgaarden)),
        ("questions", "pdf/questions.html", cast.asked_on_paper.content),
        ("receipt", "pdf/receipt.html", receipt),
        (
            "way-in",
            letters.TEMPLATE,
            letters.words(invitations.invite(cast.anna, by=cast.karen), codes.new()),
        ),
    ):
        (tmp_path / f"{name}.pdf").write_bytes(pdf.render(template, words))
    # "pdf/data_record.html" and "pdf/everything.html", as they are handed out.
    record = sign_in(cast.sysse).get(reverse("data-record-paper")).content
    (tmp_path / "data-record.pdf").write_bytes(record)
    whole = handing_over.pack(
        selves.selves(cast.bos), by=cast.bos, name="Bo", home=cast.solgaarden
    )
    with zipfile.ZipFile(io.BytesIO(whole)) as box:
        (tmp_path / "everything.pdf").write_bytes(box.read("oplysninger.pdf"))
    return tmp_path


def test_verapdf_finds_no_fault_in_any_paper(drawn):
    told = vera.check(drawn)

    assert [line for line in told if line.startswith("FAIL")] == []
    assert len(told) == 2 * len(list(drawn.glob("*.pdf")))


def test_no_paper_is_left_out_of_the_check():
    here = Path(__file__).read_text()
    told = set(re.findall(r'"(pdf/[a-z_]+\.html)"', here))
    told |= {papers.TEMPLATE, extract.TEMPLATE, agreements.SHEET, agreements.ROLES}
    told |= {library.TEMPLATE, newsletter_papers.TEMPLATE, letters.TEMPLATE}
    told |= {chain_paper.TEMPLATE, preparation.TEMPLATE, invitation.TEMPLATE}
    folder = settings.BASE_DIR / "templates" / "pdf"

    assert told == {
        f"pdf/{file.name}"
        for file in folder.glob("*.html")
        if not file.name.startswith("_") and file.name != "base.html"
    }
