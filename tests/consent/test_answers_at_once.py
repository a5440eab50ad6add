"""Answers and stops at the same instant: one after the other, and nothing half-saved."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from consent import actions
from consent.besides import Said
from consent.models import Consent, ConsentTalk
from portal import clock
from portal.models import AuditEvent
from residents.models import Grant
from residents.topics import Topic
from tests.conftest import tell

HOW = {"form": "written", "text_version": "test", "text_shown": "May she?"}


@pytest.fixture
def annas(apart, cast):
    return cast.annas


def ask(relation, answer, *, by, stood, number=None):
    """Record the answer on a form that was drawn while `stood` stood."""
    return actions.record_asked(
        relation=relation,
        uuid=number or uuid.uuid4(),
        how=HOW,
        said=[Said(topic, answer) for topic in ("health", "daily")],
        ends_at=actions.latest_end("daily", clock.now()),
        stood=stood,
        by=by,
    )


def all_that_stands(relation):
    """Every answer about the relative that stands. Fails where the rows do not join up."""
    for topic in Topic:
        rows = list(relation.consents.filter(topic=topic, action="see").order_by("pk"))
        for earlier, later in zip(rows, rows[1:], strict=False):
            assert earlier.closed_at
            replaced = earlier.closed_because == Consent.Closed.REPLACED
            assert later.replaces == (earlier if replaced else None)
        assert not rows or rows[-1].closed_because != Consent.Closed.REPLACED
    assert not ConsentTalk.objects.filter(answers=None).exists()
    answered = AuditEvent.objects.filter(verb="consent.answered").count()
    assert answered == Consent.objects.count()
    stopped = AuditEvent.objects.filter(verb="consent.withdrawn").count()
    assert stopped == Consent.objects.filter(closed_because="withdrawn").count()
    standing = relation.consents.standing().order_by("topic")
    return [(one.topic, one.answer) for one in standing]


def open_to(user):
    return set(
        Grant.objects.filter(user=user, ground="consent").values_list(
            "topic", flat=True
        )
    )


def test_of_two_who_record_at_once_one_is_told_to_ask_again(apart, cast, annas):
    stood = actions.standing_numbers(annas)

    recorded = apart(
        lambda: ask(annas, "yes", by=cast.mette, stood=stood),
        lambda: ask(annas, "no", by=cast.karen, stood=stood),
    )

    [talk] = [one for one in recorded if isinstance(one, ConsentTalk)]
    [refused] = [one for one in recorded if isinstance(one, actions.AnsweredSince)]
    assert set(refused.questions) == {("health", "see"), ("daily", "see")}
    answer = "yes" if talk.recorded_by == cast.mette else "no"
    (stands,) = apart(lambda: all_that_stands(annas))
    assert stands == [("daily", answer), ("health", answer)]


def test_a_stop_wins_whoever_records_a_yes_at_the_same_instant(apart, cast, annas):
    given = annas.consents.get()
    stood = actions.standing_numbers(annas)

    answered = apart(
        lambda: ask(annas, "yes", by=cast.mette, stood=stood),
        lambda: actions.withdraw(given, by=cast.karen),
    )

    recorded, stopped = answered
    assert isinstance(recorded, ConsentTalk | actions.AnsweredSince)
    assert stopped.closed_because == Consent.Closed.WITHDRAWN
    stands, opened = apart(lambda: all_that_stands(annas), lambda: open_to(cast.anna))
    assert "health" not in opened
    # If the yes came first it was about everyday life too, which nobody has stopped.
    came_first = isinstance(recorded, ConsentTalk)
    assert stands == ([("daily", "yes")] if came_first else [])


def test_a_no_wins_over_a_yes_on_the_residents_own_page(apart, cast, annas):
    stood = str(annas.consents.get().uuid)

    def press(answer):
        return actions.answer_question(
            relation=annas,
            topic=Topic.HEALTH,
            answer=answer,
            stood=stood,
            shown="May she?",
            uuid=uuid.uuid4(),
            by=cast.bos,
            together=False,
        )

    yes, no = apart(lambda: press("yes"), lambda: press("no"))

    assert isinstance(no, Consent)
    assert isinstance(yes, Consent | actions.AnsweredMeanwhile)
    stands, opened = apart(lambda: all_that_stands(annas), lambda: open_to(cast.anna))
    assert stands == [("health", "no")]
    assert "health" not in opened


def test_many_stops_at_once_are_one(apart, cast, annas):
    given = annas.consents.get()

    stopped = apart(*[lambda: actions.withdraw(given, by=cast.mette)] * 4)

    assert {one.pk for one in stopped} == {given.pk}
    assert len({one.closed_at for one in stopped}) == 1
    assert apart(lambda: all_that_stands(annas)) == [[]]


def test_the_same_form_pressed_at_once_is_one_talk(apart, cast, annas):
    number, stood = uuid.uuid4(), actions.standing_numbers(annas)

    talks = apart(
        *[lambda: ask(annas, "no", by=cast.mette, stood=stood, number=number)] * 4
    )

    assert len({talk.pk for talk in talks}) == 1
    (stands,) = apart(lambda: all_that_stands(annas))
    assert stands == [("daily", "no"), ("health", "no")]


def test_two_people_press_stop_on_their_pages_at_once(apart, cast, annas):
    """Through the pages, behind the wall where there is one."""
    economy = tell(cast.rikkes, Topic.DAILY, by=cast.mette)
    given = annas.consents.get()

    def press(person, consent):
        client = Client()
        client.force_login(person, "portal.backends.Backend")
        address = reverse("consent:consent-withdraw", args=[consent.uuid])
        return client.post(address, {"how": "said"}).status_code

    pressed = apart(
        lambda: press(cast.mette, given),
        lambda: press(cast.karen, given),
        lambda: press(cast.bos, given),
        lambda: press(cast.mette, economy),
    )

    assert pressed == [302] * 4
    (stands,) = apart(lambda: all_that_stands(annas))
    assert stands == []
