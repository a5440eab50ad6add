"""Telling and withdrawing, recording and correcting at the same instant: nothing by halves."""

import uuid

import pytest
from django.db import DatabaseError

from consent import actions as consent
from consent.models import Consent, DutyMet, UnconsentedDisclosure
from meetings.actions import holding, planning
from portal import clock
from portal.models import AuditEvent
from relatives.actions.tellings import NotToBeTold, log_telling
from relatives.models import Contact, ToldTopic
from residents.models import AccessEvent
from residents.topics import Topic
from tests.conftest import tell

BOTH = [Topic.HEALTH, Topic.ECONOMY]


@pytest.fixture
def people(transactional_db, cast):
    """Anna may be told of two topics, and nothing has been told in this house yet."""
    tell(cast.annas, Topic.ECONOMY, by=cast.mette)
    return cast


def telling(cast, by, number=None, told=BOTH):
    return lambda: log_telling(
        relation=cast.annas,
        told=told,
        resident=cast.bo,
        relative=cast.annas.relative,
        note="At once",
        uuid=number or uuid.uuid4(),
        by=by,
    )


def kept(cast):
    """Of each contact logged here the topics told, and those in the ledger beside it."""
    contacts = Contact.objects.filter(note="At once")
    return (
        [sorted(one.told.values_list("topic", flat=True)) for one in contacts],
        sorted(
            AccessEvent.objects.filter(
                relation_id=cast.annas.pk, way="phone"
            ).values_list("topic", flat=True)
        ),
    )


def test_one_call_pressed_by_many_hands_is_told_once(apart, people):
    pressed = apart(*[telling(people, people.mette, uuid.uuid4())] * 4)

    assert sorted(is_new for _contact, is_new in pressed) == [False] * 3 + [True]
    [(told, ledger)] = apart(lambda: kept(people))
    assert told == [["economy", "health"]]
    assert ledger == ["economy", "health"]


def test_two_who_log_the_same_call_each_say_all_they_told(apart, people):
    logged = apart(telling(people, people.mette), telling(people, people.karen))

    assert [is_new for _contact, is_new in logged] == [True, True]
    [(told, ledger)] = apart(lambda: kept(people))
    assert told == [["economy", "health"]] * 2
    assert ledger == ["economy", "economy", "health", "health"]


@pytest.mark.parametrize("turn", range(4))
def test_a_stop_comes_before_or_after_a_telling_never_within(apart, people, turn):
    health = people.annas.consents.get(topic=Topic.HEALTH)
    tasks = [
        telling(people, people.mette),
        lambda: consent.withdraw(Consent.objects.get(pk=health.pk), by=people.karen),
    ]

    results = apart(*(tasks if turn % 2 else reversed(tasks)))

    said = results[0 if turn % 2 else 1]
    [(told, ledger)] = apart(lambda: kept(people))
    if isinstance(said, NotToBeTold):
        assert said.topics == [Topic.HEALTH]
        assert (told, ledger) == ([], [])
    else:
        assert told == [["economy", "health"]]
        assert ledger == ["economy", "health"]
        [rests_on] = apart(
            lambda: set(
                ToldTopic.objects.filter(
                    contact__note="At once", topic="health"
                ).values_list("ground_id", flat=True)
            )
        )
        assert rests_on == {health.pk}
    [stopped] = apart(lambda: Consent.objects.get(pk=health.pk).closed_because)
    assert stopped == "withdrawn"


def test_what_fails_on_the_way_has_left_nothing(people, monkeypatch):
    """The contact, its topics, the ledger and the audit log stand or fall together."""

    def fail(rows):
        raise DatabaseError

    monkeypatch.setattr(ToldTopic.objects, "bulk_create", fail)
    monkeypatch.setattr("relatives.models.ToldTopic.objects.bulk_create", fail)

    with pytest.raises(DatabaseError):
        telling(people, people.mette)()

    assert kept(people) == ([], [])
    assert not AuditEvent.objects.filter(verb="contact.logged").exists()


# What was told without consent


def recording(cast, by, number=None, **changes):
    said = {
        "relation": None,
        "recipient": "The doctor",
        "topics": ["health"],
        "what": "At once",
        "ground": "health_interests",
        "why": "She had to know.",
        "decided_by": "Sofie",
        "profession": "Nurse",
        "happened_at": clock.now(),
    } | changes
    return lambda: consent.record_disclosure(
        resident=cast.bo, uuid=number or uuid.uuid4(), by=by, **said
    )


def recorded():
    return UnconsentedDisclosure.objects.filter(what="At once").count()


def test_one_disclosure_pressed_by_many_hands_is_one(apart, people):
    made = apart(*[recording(people, people.mette, uuid.uuid4())] * 4)

    assert len({row.pk for row in made}) == 1
    assert apart(recorded) == [1]


def test_of_corrections_at_once_one_stands_and_the_other_hears_of_it(apart, people):
    again = {"corrects": people.told, "correction_reason": "Wrong."}

    made = apart(
        recording(people, people.mette, **again),
        recording(people, people.karen, **again),
    )

    assert sum(isinstance(one, UnconsentedDisclosure) for one in made) == 1
    assert sum(isinstance(one, consent.OvertakenDisclosure) for one in made) == 1
    assert apart(recorded) == [1]


def test_a_duty_met_while_it_is_corrected_is_met_or_overtaken(apart, people):
    again = {"corrects": people.told, "correction_reason": "Wrong."}

    met, corrected = apart(
        lambda: consent.meet_duty(
            people.told,
            kind="told",
            how="Said it.",
            told_on=clock.today(),
            by=people.karen,
        ),
        recording(people, people.mette, **again),
    )

    assert isinstance(corrected, UnconsentedDisclosure)
    # Told first of the old one, or told to begin again: never half of it.
    [duties] = apart(DutyMet.objects.count)
    assert isinstance(met, DutyMet) == (duties == 1)
    assert isinstance(met, DutyMet | consent.OvertakenDisclosure)
    [open_now] = apart(
        lambda: list(UnconsentedDisclosure.objects.filter(resident=people.bo).untold())
    )
    assert open_now == [corrected]


# Who was at the meeting


def test_two_who_finish_a_meeting_at_once_write_one_line(apart, people):
    planning.choose_participants(
        people.talk,
        relatives={people.annas: {"accepted_on": clock.today()}},
        colleagues={},
        others=[],
        by=people.karen,
    )
    anna = people.talk.participants.get()

    def finish():
        return holding.finish(
            people.talk,
            held_at=clock.now(),
            minutes=60,
            participation="whole",
            participation_note="",
            attendance={anna.pk: "came"},
            by=people.karen,
        )

    done = apart(finish, finish)

    assert [one.status for one in done] == ["held", "held"]
    [lines] = apart(AccessEvent.objects.filter(way="meeting").count)
    assert lines == 1
