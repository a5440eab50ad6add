"""Before the conversation: who prepares, who reads it, and how it comes into the answers."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consent import actions as consents
from meetings import preparing
from meetings.actions import preparing as actions
from meetings.models import Conversation, Preparation, Prepared
from portal import clock, drafts
from portal.models import Draft
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import ConversationFactory, RelationFactory, answer_minimum
from tests.plain import HARDEST, lix, prose

Status = Conversation.Status


def sent(user, **fields):
    return {"slip": drafts.new_slip(user), **fields}


def at(page, conversation, *rest):
    return reverse(f"meetings:{page}", args=[conversation.uuid, *rest])


@pytest.fixture
def talk(cast):
    """Bo's conversation is still to come; he has Anna and Rikke there, and not Jens."""
    Conversation.objects.filter(pk=cast.talk.pk).update(
        status=Status.DECLINED, declined_by="resident", declined_why="Later"
    )
    talk = ConversationFactory(resident=cast.bo, chair=cast.karen, place="Kitchen")
    for relation in (cast.annas, cast.rikkes):
        consent = tell(relation, Topic.MEETINGS, action="take_part", by=cast.mette)
        talk.participants.create(
            relation=relation, consent=consent, accepted_on=clock.today()
        )
    return talk


def test_whoever_is_accepted_is_led_there_and_sends_once(cast, talk, sign_in):
    client = sign_in(cast.anna)
    assert at("prepare", talk) in client.get("/").content.decode()
    form = sent(cast.anna, important="Sunday walks", money="Nothing")

    for _press in range(2):
        assert client.post(at("prepare", talk), form).status_code == 302

    preparation = talk.preparations.get()
    assert preparation.relation == cast.annas
    assert {one.key: one.text for one in preparation.answers.all()} == {
        "important": "Sunday walks",
        "money": "Nothing",
    }


@pytest.mark.parametrize("person", ["jens", "tim", "ole", "root", "mette"])
def test_for_everybody_else_there_is_no_such_page(cast, talk, sign_in, person):
    client = sign_in(getattr(cast, person))

    assert client.get(at("prepare", talk)).status_code == 404
    assert client.post(at("prepare-take-back", talk)).status_code == 404
    assert at("prepare", talk) not in client.get("/").content.decode()


def test_staff_and_the_writer_read_it_and_nobody_else(cast, talk, sign_in):
    sign_in(cast.anna).post(at("prepare", talk), sent(cast.anna, important="Her word"))
    sign_in(cast.rikke).post(at("prepare", talk), sent(cast.rikke, money="Aunt's word"))

    assert "Her word" in sign_in(cast.mette).get(at("prepared", talk)).content.decode()
    assert "Her word" in sign_in(cast.anna).get(at("prepare", talk)).content.decode()
    for person in (cast.rikke, cast.bos):
        page = sign_in(person).get(at("prepare", talk)).content.decode()
        assert "Her word" not in page
    visible = Preparation.objects.visible_to
    assert visible(cast.anna).get().relation == cast.annas
    assert not visible(cast.bos).exists()
    assert not visible(cast.jens).exists()
    assert visible(cast.karen).count() == 2


def test_what_is_taken_back_is_the_writers_alone(cast, talk, sign_in):
    client = sign_in(cast.anna)
    client.post(at("prepare", talk), sent(cast.anna, important="Her word"))
    client.post(at("prepare-take-back", talk))

    assert "Her word" in client.get(at("prepare", talk)).content.decode()
    assert (
        "Her word" not in sign_in(cast.mette).get(at("prepared", talk)).content.decode()
    )
    assert not Preparation.objects.visible_to(cast.karen).exists()


def test_when_the_acceptance_is_gone_so_is_the_page(cast, talk, sign_in):
    client = sign_in(cast.anna)
    client.post(at("prepare", talk), sent(cast.anna, important="Her word"))
    yes = cast.annas.consents.get(action="take_part")

    consents.withdraw(yes, by=cast.mette)

    assert client.get(at("prepare", talk)).status_code == 404
    assert client.post(at("prepare", talk), sent(cast.anna)).status_code == 404
    assert at("prepare", talk) not in client.get("/").content.decode()
    assert not Preparation.objects.visible_to(cast.anna).exists()


def test_one_who_is_accepted_but_not_invited_has_nothing_to_prepare(
    cast, talk, sign_in
):
    talk.participants.filter(relation=cast.annas).delete()

    assert sign_in(cast.anna).get(at("prepare", talk)).status_code == 404


def test_after_the_conversation_it_stands_as_it_was(cast, talk, sign_in):
    client = sign_in(cast.anna)
    client.post(at("prepare", talk), sent(cast.anna, important="Her word"))
    answer_minimum(talk, cast.mette)
    Conversation.objects.filter(pk=talk.pk).update(
        status=Status.HELD, held_at=clock.now(), participation="whole"
    )

    client.post(at("prepare", talk), sent(cast.anna, important="Another"))
    client.post(at("prepare-take-back", talk))

    assert Prepared.objects.get().text == "Her word"
    assert talk.preparations.get().sent_at
    with pytest.raises(actions.AlreadyHeld):
        actions.send(talk, relation=cast.annas, answers={}, by=cast.anna)


def test_the_resident_prepares_in_easy_words(cast, talk, sign_in):
    client = sign_in(cast.bos)
    assert at("prepare", talk) in client.get("/").content.decode()
    page = client.get(at("prepare", talk)).content.decode()
    questions = [str(asked.text) for asked in preparing.OF_RESIDENTS]

    client.post(at("prepare", talk), sent(cast.bos, like="Football"))

    assert lix(" ".join([*prose(page), *questions])) <= HARDEST["residents"]
    assert talk.preparations.get().answers.get().text == "Football"


def test_the_resident_prepares_together_with_staff_and_goes_on_alone(
    cast, talk, sign_in
):
    sign_in(cast.mette).post(
        at("prepare-together", talk), sent(cast.mette, like="Football")
    )
    preparation = talk.preparations.get()
    assert preparation.together
    assert preparation.written_by == cast.mette
    client = sign_in(cast.bos)
    assert "Football" in client.get(at("prepare", talk)).content.decode()

    client.post(at("prepare", talk), sent(cast.bos, like="Handball"))

    assert talk.preparations.get().answers.get().text == "Handball"


def test_it_stands_beside_the_question_and_is_taken_over_with_one_press(
    cast, talk, sign_in
):
    sign_in(cast.anna).post(
        at("prepare", talk), sent(cast.anna, important="Sunday walks")
    )
    prepared, url = Prepared.objects.get(), at("section", talk, "expectations")
    client = sign_in(cast.mette)
    page = client.get(url).content.decode()
    assert "Sunday walks" in page
    assert str(cast.annas.relative) in page

    response = client.post(
        url,
        sent(cast.mette, take=str(prepared.uuid), **{"relatives-text": "Also this"}),
    )

    form = response.context["form"]
    assert form["relatives-text"].value() == "Also this\n\nSunday walks"
    assert form["relatives-by"].value() == "relative"
    # It is an answer when it has been looked over and saved.
    assert not talk.answers.exists()
    client.post(
        url,
        sent(
            cast.mette,
            **{
                "relatives-text": "Sunday walks",
                "relatives-by": "relative",
                "relatives-seen": 0,
            },
        ),
    )
    assert talk.answers.get().text == "Sunday walks"


@pytest.mark.parametrize("take", ["x", "\x00", "00000000-0000-4000-8000-000000000000"])
def test_what_was_not_prepared_here_is_not_taken_over(cast, talk, sign_in, take):
    response = sign_in(cast.mette).post(
        at("section", talk, "expectations"), sent(cast.mette, take=take)
    )

    assert response.status_code in (200, 302)
    assert not talk.answers.exists()


def test_an_empty_one_is_not_sent_and_a_long_one_not_lost(cast, talk, sign_in):
    client = sign_in(cast.anna)

    empty = client.post(at("prepare", talk), sent(cast.anna, important=" "))
    long = client.post(at("prepare", talk), sent(cast.anna, important="å" * 5_001))

    assert empty.context["form"].errors
    assert "å" * 5_001 in long.content.decode()
    assert not talk.preparations.exists()


def test_a_draft_is_kept_as_one_types_and_gone_when_it_is_sent(cast, talk, sign_in):
    client, url = sign_in(cast.anna), at("prepare", talk)
    form = sent(cast.anna, important="Half a thou")
    client.post(reverse("draft"), form | {"draft_of": url})
    assert "Half a thou" in client.get(url).content.decode()

    client.post(url, form)

    assert not Draft.objects.begun().filter(user=cast.anna).exists()


def test_each_prepares_once_and_each_question_has_its_place(cast, talk):
    actions.send(talk, relation=None, answers={"like": "Tea"}, by=cast.bos)
    with pytest.raises(IntegrityError), transaction.atomic():
        talk.preparations.create(relation=None, written_by=cast.mette)
    places = {
        (section.key, question.key)
        for section in talk.template.sections.all()
        for question in section.questions.all()
    }
    asked = (*preparing.OF_RELATIVES, *preparing.OF_RESIDENTS)
    assert {one.beside for one in asked} <= places


def test_a_relative_at_another_residents_table_reads_nothing_here(cast, talk, sign_in):
    ida = RelationFactory(resident=cast.ida, relative=cast.jenss.relative)
    tell(ida, Topic.MEETINGS, action="take_part", by=cast.tim)

    assert sign_in(cast.jens).get(at("prepare", talk)).status_code == 404
