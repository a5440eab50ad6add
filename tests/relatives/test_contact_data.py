"""How to reach a relative is known to staff, and never told to another relative.

tests/test_canaries.py looks at every page with one mark for all words of a person; here
each field of how to reach each relative has a mark of its own, also in papers and mails.
"""

import subprocess
from io import BytesIO

import pikepdf
import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from consent import actions as consent
from meetings import papers
from meetings.actions import planning
from portal import clock, pdf, postman
from relatives import actions
from relatives.models import Relation, Relative
from residents.models import Resident
from residents.topics import Topic
from tests.conftest import tell
from tests.letters import gathered, words_of
from tests.test_access import WAYS, arguments

FIELDS = ("email", "phone", "address", "postcode", "city")


def marks_of(name):
    return {field: f"{name}-{field}-ж" for field in FIELDS}


@pytest.fixture
def marked(cast):
    """Each field of each of Bo's relatives says whose it is; all hear of his health."""
    for relation in (cast.annas, cast.jenss, cast.rikkes, cast.idas):
        name = relation.relative.given_name
        Relative.objects.filter(pk=relation.relative_id).update(
            **{
                field: mark[:10] if field == "postcode" else mark
                for field, mark in marks_of(name).items()
            }
        )
    tell(cast.jenss, Topic.HEALTH, by=cast.mette)
    return cast


def found(text):
    """Whose marks stand in the text."""
    return {
        name
        for name in ("Anna", "Jens", "Rikke")
        if any(mark[:10] in text for mark in marks_of(name).values())
    }


@pytest.mark.parametrize("person", ["anna", "jens", "rikke", "bos"])
def test_no_page_tells_a_relative_how_to_reach_another(marked, sign_in, person):
    client = sign_in(getattr(marked, person))
    pages = {page for page, method, _statuses in WAYS if method == "GET"}
    seen, opened = set(), 0
    for page in sorted(pages):
        response = client.get(reverse(page, args=arguments(page, marked)))
        opened += response.status_code == 200
        if not response.streaming:
            seen |= found(
                response.content.decode(errors="replace") + str(response.headers)
            )

    assert opened > 5
    assert not seen - {person.capitalize()}


def test_staff_read_how_to_reach_each_of_them(marked, sign_in):
    """The other direction: the marks are there to be seen."""
    page = sign_in(marked.mette).get(
        reverse("relatives:resident-relatives", args=[marked.bo.uuid])
    )

    assert found(page.content.decode()) == {"Anna", "Jens", "Rikke"}


def test_a_paper_says_who_was_there_and_not_how_to_reach_them(marked):
    planning.choose_participants(
        marked.talk,
        relatives={
            relation: {"accepted_on": clock.today()}
            for relation in (marked.annas, marked.jenss)
        },
        colleagues={marked.karen: "Manager"},
        others=[],
        by=marked.karen,
    )
    content = papers.record(marked.talk, by=marked.karen, at=clock.now())
    paper = pdf.render(papers.TEMPLATE, content)
    told = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True
    ).stdout.decode()
    with pikepdf.open(BytesIO(paper)) as file:
        about = str(file.open_metadata()) + str(file.docinfo)

    assert "Anna Holm" in told
    assert "Jens Holm" in told
    assert found(told + about) == set()


def test_a_mail_to_one_relative_says_nothing_of_another(marked):
    bjarne = Relative.objects.get(pk=marked.jenss.relative_id)
    for relation in (marked.annas, marked.jenss):
        Relative.objects.filter(pk=relation.relative_id).update(
            email=f"{relation.relative.given_name}@example.com"
        )
    actions.record_agreement(
        resident=marked.bo,
        topic=Topic.HEALTH,
        text="Bo sees the doctor.",
        by=marked.mette,
    )
    consent.withdraw(marked.annas.consents.standing().first(), by=marked.mette)
    actions.change_relative(bjarne, by=marked.karen, phone="20 30 40 50")

    gathered()
    postman.empty_outbox()

    assert mail.outbox
    for message in mail.outbox:
        assert len(message.to) == 1
        assert found(words_of(message)) == set()
        assert "20 30 40 50" not in message.body


def test_the_database_keeps_no_protected_address(cast):
    for field in ("address", "postcode", "city"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Relative.objects.filter(pk=cast.annas.relative_id).update(
                protected_address=True, **{field: "Hideaway"}
            )


def test_staff_are_warned_before_an_invitation_tells_where_somebody_lives(
    cast, sign_in
):
    Resident.objects.filter(pk=cast.bo.pk).update(protected_address=True)
    relative = cast.jenss.relative
    here = reverse("relatives:relative", args=[relative.uuid])
    client = sign_in(cast.karen)

    assert client.get(here).context["protected"] == []
    Relative.objects.filter(pk=relative.pk).update(user=None)
    response = client.get(here)

    assert response.context["protected"] == [cast.bo]


def test_the_mark_stands_on_the_residents_page(cast, sign_in, settings):
    settings.LANGUAGE_CODE = "en"
    Resident.objects.filter(pk=cast.bo.pk).update(protected_address=True)
    here = reverse("residents:resident", args=[cast.bo.uuid])
    cast.mette.language = "en"
    cast.mette.save()

    assert "Protected address" in sign_in(cast.mette).get(here).content.decode()


def test_a_search_on_the_telephone_shows_no_number_of_somebody_protected(
    marked, sign_in
):
    shown = []
    for protected in (False, True):
        Relative.objects.filter(pk=marked.annas.relative_id).update(
            protected_address=protected, address="", postcode="", city=""
        )
        page = sign_in(marked.mette).post(
            reverse("consent:may-i-say-it"), {"q": "Holm"}, follow=True
        )
        shown.append("Anna-phone" in page.content.decode())

    assert shown == [True, False]


def test_relations_of_the_cast_are_standing(marked):
    """Or the pages above would have nothing to leave out."""
    assert Relation.objects.filter(resident=marked.bo).standing().count() == 3
