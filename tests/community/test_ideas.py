"""Ideas: anybody's, answered in public, and nobody is named."""

import uuid

import pytest
from django.urls import reverse

from community.actions import enquiries, ideas
from community.models import Idea
from portal.drafts import new_slip
from tests.letters import gathered

LIST, NEW = reverse("community:ideas"), reverse("community:idea-new")


def page(name, idea):
    return reverse(f"community:{name}", args=[idea.uuid])


def suggest(cast, **said):
    return ideas.suggest(
        home=cast.solgaarden,
        department=cast.aakanden,
        capacity="relative",
        uuid=uuid.uuid4(),
        by=cast.jens,
        **{"text": "En fælles gåtur om søndagen"} | said,
    )


def answered(user, **said):
    return {
        "slip": new_slip(user),
        "status": "done",
        "title": "Gåtur om søndagen",
        "answer": "Vi begynder til foråret.",
        "is_public": "on",
    } | said


def test_an_idea_reaches_the_manager_and_its_answer_everybody(cast, sign_in):
    said = {"slip": new_slip(cast.jens), "text": "En gåtur, siger Jens"}
    sign_in(cast.jens).post(NEW, said)
    idea = Idea.objects.get(text="En gåtur, siger Jens")
    assert [one.to for one in gathered()] == [cast.karen]
    assert idea.text in sign_in(cast.karen).get("/").content.decode()
    assert sign_in(cast.anna).get(page("idea", idea)).status_code == 404

    sign_in(cast.karen).post(page("idea-answer", idea), answered(cast.karen))

    text = sign_in(cast.anna).get(page("idea", idea)).content.decode()
    assert "Vi begynder til foråret." in text
    assert "Jens" not in text
    assert "Gåtur om søndagen" in sign_in(cast.bos).get(LIST).content.decode()
    assert sign_in(cast.ole).get(page("idea", idea)).status_code == 404


def test_an_answer_that_is_not_public_is_the_writers_alone(cast, sign_in):
    idea = suggest(cast)

    said = answered(cast.karen)
    del said["is_public"]
    sign_in(cast.karen).post(page("idea-answer", idea), said)

    assert sign_in(cast.jens).get(page("idea", idea)).status_code == 200
    assert sign_in(cast.mette).get(page("idea", idea)).status_code == 404


def test_a_resident_is_not_named_in_public_unasked(cast, sign_in):
    idea, client = suggest(cast), sign_in(cast.karen)
    said = answered(cast.karen, answer="Bo vil gerne med.")

    first = client.post(page("idea-answer", idea), said)

    assert first.status_code == 200
    assert "Bo Holm" in first.content.decode()
    idea.refresh_from_db()
    assert idea.published_at is None
    client.post(page("idea-answer", idea), said | {"names_nobody": "on"})
    idea.refresh_from_db()
    assert idea.published_at


def test_what_was_answered_before_stays(cast):
    idea = suggest(cast)
    for text in ("Måske", "Ja"):
        ideas.answer(
            idea,
            status="considered",
            title="Gåtur",
            answer=text,
            is_public=True,
            uuid=uuid.uuid4(),
            by=cast.karen,
        )

    assert list(idea.steps.values_list("answer", flat=True)) == ["Ja", "Måske"]


def test_an_enquiry_becomes_an_idea_and_both_know(cast, sign_in):
    enquiry = enquiries.send(
        resident=cast.bo,
        relation=cast.annas,
        uuid=uuid.uuid4(),
        by=cast.anna,
        matter="idea",
        subject="Hønsehold",
        text="Kunne I ikke have høns?",
    )
    said = {"slip": new_slip(cast.karen), "text": "Høns i gården"}
    client = sign_in(cast.karen)

    for _press in range(2):
        client.post(reverse("community:enquiry-idea", args=[enquiry.uuid]), said)

    [idea] = enquiry.ideas.all()
    there = client.get(reverse("community:enquiry", args=[enquiry.uuid]))
    assert page("idea", idea) in there.content.decode()
    assert "made_into" in enquiry.events.values_list("kind", flat=True)
    back = client.get(page("idea", idea)).content.decode()
    assert enquiry.number in back


@pytest.mark.parametrize("text", ["", "\u202e", "a" * 6_000, "nul\x00"])
def test_what_is_no_idea_is_said(cast, sign_in, text):
    said = {"slip": new_slip(cast.anna), "text": text}

    assert sign_in(cast.anna).post(NEW, said).status_code == 200


def test_a_list_of_ideas_costs_little(cast, sign_in, django_assert_max_num_queries):
    for _row in range(3):
        suggest(cast)
    client = sign_in(cast.karen)
    client.get(LIST)

    with django_assert_max_num_queries(9):
        client.get(LIST)
