"""What each party expects: side by side, answered, and disagreed about with respect."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consent import actions as consents
from meetings.actions import expectations
from meetings.models import Disagreement, Expectation, ExpectationReply
from portal import clock, drafts
from residents.models import AccessEvent
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import DisagreementFactory, ExpectationFactory
from tests.plain import HARDEST, lix, prose

A_WEEK = dt.timedelta(days=7)
MINE = "/my-expectations/"


def sent(user, **fields):
    return {"slip": drafts.new_slip(user), **fields}


def at(page, row):
    return reverse(f"meetings:{page}", args=[row.uuid])


@pytest.fixture
def accepted(cast):
    """Bo has Anna at his meetings."""
    return tell(cast.annas, Topic.MEETINGS, action="take_part", by=cast.mette)


def test_a_wish_is_one_wish_however_often_the_button_is_pressed(cast, sign_in):
    client = sign_in(cast.mette)
    form = sent(cast.mette, whose=f"relative:{cast.annas.uuid}", text="Call on Sundays")

    for _press in range(2):
        client.post(at("expectation-add", cast.bo), form)

    wish = Expectation.objects.get(text="Call on Sundays")
    assert (wish.party, wish.relation, wish.resident) == (
        "relatives",
        cast.annas,
        cast.bo,
    )


def test_a_relative_of_another_resident_has_no_wish_here(cast, sign_in):
    form = sent(cast.mette, whose=f"relative:{cast.idas.uuid}", text="Wrong")

    response = sign_in(cast.mette).post(at("expectation-add", cast.bo), form)

    assert "whose" in response.context["form"].errors
    with pytest.raises(ValueError, match="another resident"):
        expectations.record_expectation(
            resident=cast.bo,
            party="relatives",
            relation=cast.idas,
            text="Wrong",
            uuid=cast.bo.uuid,
            by=cast.mette,
        )


@pytest.mark.parametrize(
    ("kind", "because", "saved"),
    [("can", "", 1), ("partly", "", 0), ("cannot", "", 0), ("cannot", "No bus", 1)],
)
def test_what_cannot_be_done_needs_a_reason(cast, sign_in, kind, because, saved):
    form = sent(cast.mette, kind=kind, because=because)

    sign_in(cast.mette).post(at("expectation-answer", cast.hope), form)

    assert cast.hope.replies.count() == saved
    if not saved:
        with pytest.raises(IntegrityError), transaction.atomic():
            ExpectationReply.objects.create(
                expectation=cast.hope, kind=kind, recorded_by=cast.mette
            )


def test_a_new_answer_stands_and_the_old_one_can_be_read(cast, sign_in):
    for kind, because in (("cannot", "No bus"), ("partly", "Every other week")):
        form = sent(cast.mette, kind=kind, because=because)
        sign_in(cast.mette).post(at("expectation-answer", cast.hope), form)

    page = sign_in(cast.mette).get(at("expectations", cast.bo)).content.decode()

    assert cast.hope.answer.kind == "partly"
    assert page.index("Every other week") < page.index("No bus")
    with pytest.raises(IntegrityError), transaction.atomic():
        cast.hope.replies.update(because="Rewritten")


def test_a_relative_reads_own_wishes_and_answers_and_nobody_elses(
    cast, accepted, sign_in
):
    Expectation.objects.filter(pk=cast.jenss_hope.pk)
    ours = ExpectationFactory(resident=cast.bo, party="home", text="Knock first")
    anothers = ExpectationFactory(
        resident=cast.bo, relation=cast.jenss, text="Jens's own wish"
    )
    expectations.answer(
        cast.hope, kind="can", because="With Mette", uuid=ours.uuid, by=cast.mette
    )

    page = sign_in(cast.anna).get(MINE).content.decode()

    assert cast.hope.text in page
    assert "With Mette" in page
    assert cast.differ.their_words in page
    assert ours.text not in page
    assert anothers.text.replace("'", "&#x27;") not in page
    assert set(Expectation.objects.visible_to(cast.anna)) == {cast.hope}
    event = AccessEvent.objects.filter(user=cast.anna, topic=Topic.MEETINGS).last()
    assert (event.resident, event.ground_id) == (cast.bo, accepted.pk)


def test_when_the_acceptance_is_taken_back_nothing_is_left(cast, accepted, sign_in):
    assert cast.hope.text in sign_in(cast.anna).get(MINE).content.decode()

    consents.withdraw(accepted, by=cast.mette)

    assert cast.hope.text not in sign_in(cast.anna).get(MINE).content.decode()
    assert not Expectation.objects.visible_to(cast.anna).exists()


def test_a_yes_to_one_conversation_opens_until_there_is_a_no(cast, sign_in):
    cast.talk.participants.create(relation=cast.annas, accepted_on=clock.today())
    assert cast.hope.text in sign_in(cast.anna).get(MINE).content.decode()

    tell(cast.annas, Topic.MEETINGS, action="take_part", answer="no", by=cast.mette)

    assert cast.hope.text not in sign_in(cast.anna).get(MINE).content.decode()


def test_the_resident_reads_everything_in_easy_words(cast, sign_in):
    page = sign_in(cast.bos).get(MINE).content.decode()

    assert page.count(cast.hope.text) == 2
    assert cast.differ.our_words in page
    assert lix(" ".join(prose(page))) <= HARDEST["residents"]


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        ("karen", True),
        ("mette", True),
        ("clara", True),
        ("tim", False),
        ("anna", False),
    ],
)
def test_the_next_talk_is_on_the_start_page_until_it_has_been_held(
    cast, sign_in, person, shown
):
    cast.bo.contact_person = cast.mette
    cast.bo.save(update_fields=["contact_person"])
    url = at("disagreement-talked", cast.differ)
    user = getattr(cast, person)

    assert (url in sign_in(user).get("/").content.decode()) is shown

    form = sent(cast.mette, talked_on=clock.today(), outcome="A walk on Mondays")
    sign_in(cast.mette).post(url, form)

    assert url not in sign_in(user).get("/").content.decode()


def test_another_colleague_is_not_asked_to_hold_the_talk(cast, sign_in):
    url = at("disagreement-talked", cast.differ)

    assert url not in sign_in(cast.mette).get("/").content.decode()


def test_those_who_still_disagree_talk_again_once(cast, sign_in):
    client, again = sign_in(cast.mette), clock.today() + A_WEEK
    form = sent(
        cast.mette, talked_on=clock.today(), outcome="Not yet", next_talk_on=again
    )

    for _press in range(2):
        client.post(at("disagreement-talked", cast.differ), form)

    following = Disagreement.objects.open().get(expectation=cast.hope)
    assert following.next_talk_on == again
    assert following.their_words == cast.differ.their_words


@pytest.mark.parametrize("day", ["2020-01-01", "0001-01-01", "2027-02-30", "x\x00", ""])
def test_a_day_that_is_none_is_refused_and_no_word_is_lost(cast, sign_in, day):
    form = sent(cast.mette, their_words="Hers", our_words="Ours", next_talk_on=day)

    response = sign_in(cast.mette).post(at("expectation-disagree", cast.hope), form)

    assert response.status_code == 200
    assert "Hers" in response.content.decode()
    assert cast.hope.disagreements.count() == 1


def test_what_was_said_is_never_rewritten(cast):
    for row, field in ((cast.hope, "text"), (cast.differ, "their_words")):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**{field: "Rewritten"})


def test_a_wish_taken_off_is_on_no_page(cast, sign_in):
    sign_in(cast.mette).post(at("expectation-end", cast.jenss_hope))

    assert cast.jenss_hope not in Expectation.objects.standing()
    assert (
        sign_in(cast.mette).get(at("expectation-answer", cast.jenss_hope)).status_code
        == 404
    )


def test_more_wishes_cost_no_more_questions(
    cast, sign_in, django_assert_max_num_queries
):
    client = sign_in(cast.mette)
    client.get(at("expectations", cast.bo))
    with django_assert_max_num_queries(20) as few:
        client.get(at("expectations", cast.bo))
    for _more in range(3):
        DisagreementFactory(expectation__resident=cast.bo)
    with django_assert_max_num_queries(len(few)):
        client.get(at("expectations", cast.bo))
