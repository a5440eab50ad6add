"""The first hundred days: talks that wait until they are held, moved or declined."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from meetings.actions import first_days, holding
from meetings.models import FirstDays, FirstTalk
from portal import clock, drafts
from portal.models import AuditEvent
from tests.factories import (
    ConversationFactory,
    FirstTalkFactory,
    ResidentFactory,
    answer_minimum,
)

A_DAY = dt.timedelta(days=1)


def sent(user, **fields):
    return {"slip": drafts.new_slip(user), **fields}


def at(page, *rows):
    return reverse(f"meetings:{page}", args=[row.uuid for row in rows])


def finished(cast, moved_in_on, held_at=None):
    resident = ResidentFactory(department=cast.aakanden, moved_in_on=moved_in_on)
    conversation = ConversationFactory(resident=resident, chair=cast.karen)
    answer_minimum(conversation, cast.karen)
    for _corrected in range(2):
        holding.finish(
            conversation,
            held_at=held_at or clock.now(),
            minutes=None,
            participation="whole",
            participation_note="",
            by=cast.karen,
            attendance={},
        )
    return resident


def test_finishing_lays_down_the_talks_once(cast):
    moves_in = clock.today() + 7 * A_DAY

    resident = finished(cast, moves_in)

    talks = resident.first_talks.values_list("number", "due_on")
    assert list(talks) == [(n, moves_in + n * A_DAY) for n in (14, 42, 100)]


def test_days_that_had_passed_when_it_was_held_are_left_out(cast):
    resident = finished(cast, clock.today() - 50 * A_DAY)

    assert [talk.number for talk in resident.first_talks.all()] == [100]


def test_a_home_has_its_own_days_and_what_is_laid_down_keeps_its_own(cast, sign_in):
    before = finished(cast, clock.today())
    form = sent(cast.clara, days="30, 7,30")

    sign_in(cast.clara).post(reverse("meetings:days"), form)

    after = finished(cast, clock.today())
    assert FirstDays.objects.get().days == [7, 30]
    assert [talk.number for talk in after.first_talks.all()] == [7, 30]
    assert [talk.number for talk in before.first_talks.all()] == [14, 42, 100]


@pytest.mark.parametrize(
    "days",
    ["", "x", "0", "-3", "400", "14;42", "\x00", "99999", ",".join("123456789" * 2), "١٤"],
)  # fmt: skip
def test_days_that_are_none_are_refused_with_words(cast, sign_in, days):
    response = sign_in(cast.clara).post(
        reverse("meetings:days"), sent(cast.clara, days=days)
    )

    refused = response.status_code == 200 and response.context["form"].errors
    assert refused or days.startswith("1,2")
    assert FirstDays.objects.exists() is not bool(refused)


@pytest.mark.parametrize(
    ("person", "shown"), [("karen", True), ("mette", True), ("tim", False)]
)
@pytest.mark.parametrize("outcome", ["held", "declined"])
def test_it_stands_with_manager_and_contact_person_until_it_is_settled(
    cast, sign_in, person, shown, outcome
):
    cast.bo.contact_person = cast.mette
    cast.bo.save(update_fields=["contact_person"])
    url, user = at("first-talk", cast.first_talk), getattr(cast, person)
    assert (url in sign_in(user).get("/").content.decode()) is shown

    form = sent(cast.mette, outcome=outcome, on=clock.today(), words="All is well")
    sign_in(cast.mette).post(url, form)

    assert url not in sign_in(user).get("/").content.decode()
    page = sign_in(cast.mette).get(at("first-days", cast.bo)).content.decode()
    assert "All is well" in page


def test_a_colleague_who_is_not_the_contact_person_is_not_asked(cast, sign_in):
    url = at("first-talk", cast.first_talk)

    assert url not in sign_in(cast.mette).get("/").content.decode()
    overview = reverse("residents:resident", args=[cast.bo.uuid])
    assert url in sign_in(cast.mette).get(overview).content.decode()


def test_a_talk_far_away_does_not_stand_there_yet_and_an_old_one_still_does(
    cast, sign_in
):
    far, old = (
        FirstTalkFactory(
            conversation=cast.talk, number=n, due_on=clock.today() + n * A_DAY
        )
        for n in (40, 3)
    )
    FirstTalk.objects.filter(pk=old.pk).update(due_on=clock.today() - 300 * A_DAY)

    page = sign_in(cast.karen).get("/").content.decode()

    assert at("first-talk", old) in page
    assert at("first-talk", far) not in page


def test_moved_it_has_a_new_day_and_the_reason(cast, sign_in):
    later = clock.today() + 9 * A_DAY
    form = sent(cast.mette, outcome="moved", on=later, words="He is on holiday")

    sign_in(cast.mette).post(at("first-talk", cast.first_talk), form)

    talk = FirstTalk.objects.get(pk=cast.first_talk.pk)
    assert (talk.status, talk.due_on, talk.moved_why) == (
        "to_do",
        later,
        "He is on holiday",
    )
    assert AuditEvent.objects.filter(verb="first_talk.moved").count() == 1


@pytest.mark.parametrize(
    ("outcome", "days", "words"),
    [
        ("held", 1, "Fine"),
        ("declined", 1, "No"),
        ("moved", -1, "Why"),
        ("held", 0, ""),
        ("moved", 3, ""),
        ("x", 0, "Fine"),
        ("moved", 3, "x" * 1_001),
    ],
)
def test_what_cannot_be_is_refused_and_no_word_lost(
    cast, sign_in, outcome, days, words
):
    form = sent(
        cast.mette, outcome=outcome, on=clock.today() + days * A_DAY, words=words
    )

    response = sign_in(cast.mette).post(at("first-talk", cast.first_talk), form)

    assert response.context["form"].errors
    assert words in response.content.decode()
    assert FirstTalk.objects.get(pk=cast.first_talk.pk).status == "to_do"


def test_whoever_comes_second_changes_nothing_and_is_told(cast, sign_in):
    url = at("first-talk", cast.first_talk)
    first = sent(cast.mette, outcome="held", on=clock.today(), words="First")
    second = sent(cast.karen, outcome="declined", on=clock.today(), words="Second")
    sign_in(cast.mette).post(url, first)

    response = sign_in(cast.karen).post(url, second)

    assert FirstTalk.objects.get(pk=cast.first_talk.pk).words == "First"
    assert response.status_code == 409
    for words in ("First", "Second"):
        assert words in response.content.decode()
    with pytest.raises(first_days.AlreadySettled):
        first_days.move(cast.first_talk, to=clock.today(), why="x", by=cast.karen)


def test_the_database_wants_words_of_what_is_settled(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        FirstTalk.objects.filter(pk=cast.first_talk.pk).update(
            status="held", settled_on=clock.today(), settled_by=cast.mette
        )


def test_more_talks_cost_no_more_questions(
    cast, sign_in, django_assert_max_num_queries
):
    client, url = sign_in(cast.mette), at("first-days", cast.bo)
    with django_assert_max_num_queries(14) as few:
        client.get(url)
    for number in (42, 100):
        FirstTalkFactory(conversation=cast.talk, number=number)
    with django_assert_max_num_queries(len(few)):
        client.get(url)
