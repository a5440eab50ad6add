"""Who can answer for a resident: alone, together, or not at all."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import translation

from consent.givers import Givers
from portal import clock
from relatives.models import Representation
from residents.models import Resident
from residents.topics import HEALTH_TOPICS, Topic
from tests.factories import RelationFactory

Kind = Representation.Kind


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def turn(resident, age):
    """So old today, and a few days more."""
    today = clock.today()
    Resident.objects.filter(pk=resident.pk).update(
        born_on=dt.date(today.year - age, today.month, 1) - dt.timedelta(days=20)
    )
    resident.refresh_from_db()


def represent(relation, kind, **details):
    return Representation.objects.create(
        relation=relation, kind=kind, starts_on=dt.date(2020, 1, 1), **details
    )


def way(givers, *, name):
    """The one way whose label holds the name, and no other's."""
    (found,) = [way for way in givers.ways() if str(way) == name]
    return found


def code(givers, topic, answer, name, **more):
    refused = givers.refusal(topic, answer, way(givers, name=name), **more)
    return refused and (refused.field, refused.code)


@pytest.fixture
def parents(cast):
    """Bo's mother and father share custody; Ida's mother has sole custody of Ida."""
    represent(
        RelationFactory(resident=cast.ida, relative__given_name="Decoy"),
        Kind.SOLE_CUSTODY,
    )
    return [
        represent(
            RelationFactory(resident=cast.bo, relative__given_name=name),
            Kind.SHARED_CUSTODY,
        )
        for name in ("Mona", "Frank")
    ]


BOTH = "Mona Holm and Frank Holm together (custody)"
MONA = "Mona Holm (custody)"


def test_an_adult_answers_alone(cast):
    givers = Givers.of(cast.bo)

    assert [str(one) for one in givers.ways()] == ["Bo"]
    for topic in Topic:
        assert givers.must_consider(topic) == ""
        for answer in ("yes", "no", "not_yet"):
            assert code(givers, topic, answer, "Bo", capacity="clear") is None


def test_under_15_both_holders_of_shared_custody_say_yes(cast, parents):
    turn(cast.bo, 14)
    givers = Givers.of(cast.bo)

    assert [str(one) for one in givers.ways()] == [
        "Bo",
        BOTH,
        MONA,
        "Frank Holm (custody)",
    ]
    for topic in Topic:
        assert code(givers, topic, "yes", BOTH) is None
        assert code(givers, topic, "yes", MONA) == ("agreed_too", "one_of_two")
        assert code(givers, topic, "yes", "Bo") == ("given_by", "under_15")


def test_one_holder_named_twice_is_not_two(cast, parents):
    turn(cast.bo, 14)
    givers = Givers.of(cast.bo)
    alone = way(givers, name=MONA)

    twice = replace(alone, agreed_too=alone.representation)

    assert givers.refusal(Topic.DAILY, "yes", twice).code == "one_of_two"


def test_a_no_from_one_of_two_is_enough(cast, parents):
    turn(cast.bo, 14)
    givers = Givers.of(cast.bo)

    for answer in ("no", "not_yet"):
        assert code(givers, Topic.HEALTH, answer, MONA) is None
        assert code(givers, Topic.HEALTH, answer, "Bo") is None


def test_one_holder_of_shared_custody_alone_in_the_house_gives_no_yes(cast, parents):
    """The other parent is not registered here, which does not make custody sole."""
    turn(cast.bo, 14)
    mother, father = parents
    father.delete()
    givers = Givers.of(cast.bo)

    assert [str(one) for one in givers.ways()] == ["Bo", MONA]
    assert code(givers, Topic.DAILY, "yes", MONA) == ("agreed_too", "one_of_two")


def test_sole_custody_says_yes_alone(cast, parents):
    turn(cast.bo, 14)
    mother, father = parents
    father.delete()
    Representation.objects.filter(pk=mother.pk).update(kind=Kind.SOLE_CUSTODY)

    assert code(Givers.of(cast.bo), Topic.HEALTH, "yes", MONA) is None


def test_from_15_the_young_person_answers_for_their_health(cast, parents):
    turn(cast.bo, 15)
    givers = Givers.of(cast.bo)

    for topic in Topic:
        assert code(givers, topic, "yes", "Bo") is None
        for capacity in ("", "not"):
            assert code(
                givers, topic, "yes", BOTH, capacity=capacity, capacity_note="Seen."
            ) == (("given_by", "from_15") if topic in HEALTH_TOPICS else None)
        assert bool(givers.must_consider(topic)) is (topic in HEALTH_TOPICS)


def test_at_18_nobody_has_custody(cast, parents):
    turn(cast.bo, 15)
    old = way(Givers.of(cast.bo), name=BOTH)
    turn(cast.bo, 18)
    givers = Givers.of(cast.bo)

    assert [str(one) for one in givers.ways()] == ["Bo"]
    assert givers.refusal(Topic.DAILY, "yes", old).code == "not_held"


@pytest.mark.parametrize(
    "ended",
    [
        {"ends_on": dt.date(2021, 1, 1)},
        {"starts_on": dt.date(2100, 1, 1)},
    ],
)
def test_a_representation_that_does_not_hold_today_answers_nothing(cast, ended):
    row = represent(cast.annas, Kind.PERSONAL, topics=["daily"])
    Representation.objects.filter(pk=row.pk).update(**ended)

    assert [str(one) for one in Givers.of(cast.bo).ways()] == ["Bo"]


def test_a_guardian_answers_in_scope_and_only_what_is_not_understood(cast):
    represent(cast.annas, Kind.PERSONAL, topics=["daily", "health"])
    givers = Givers.of(cast.bo)
    anna = "Anna Holm (legal guardian)"
    unable = {"capacity": "not", "capacity_note": "Dr Lund has assessed it."}

    for topic in Topic:
        inside = topic in (Topic.DAILY, Topic.HEALTH)
        assert code(givers, topic, "yes", anna, **unable) == (
            None if inside else ("given_by", "scope")
        )
        assert bool(givers.must_consider(topic)) is inside
    for capacity in ("", "clear", "doubt"):
        assert code(givers, Topic.DAILY, "yes", anna, capacity=capacity) == (
            "capacity",
            "capacity",
        )
    assert code(givers, Topic.DAILY, "yes", anna, capacity="not") == (
        "capacity_note",
        "no_note",
    )
    assert code(givers, Topic.DAILY, "yes", "Bo") is None


def test_a_future_power_answers_as_a_guardian_does(cast):
    represent(cast.annas, Kind.FUTURE_POWER, topics=["daily"])
    givers = Givers.of(cast.bo)
    anna = "Anna Holm (future power of attorney)"

    assert way(givers, name=anna).given_by == "future_power"
    assert (
        code(givers, "daily", "yes", anna, capacity="not", capacity_note="Seen.")
        is None
    )
    assert code(givers, "daily", "yes", anna) == ("capacity", "capacity")


def test_nobody_answers_about_themselves_for_another(cast):
    represent(cast.annas, Kind.PERSONAL, topics=["daily"])
    givers = Givers.of(cast.bo)
    more = {"capacity": "not", "capacity_note": "Seen."}
    anna = "Anna Holm (legal guardian)"

    assert code(givers, "daily", "yes", anna, about=cast.annas, **more) == (
        "given_by",
        "about_oneself",
    )
    assert code(givers, "daily", "yes", anna, about=cast.jenss, **more) is None


def test_without_capacity_the_guardian_answers_for_the_economy_alone(cast):
    represent(cast.annas, Kind.INCAPACITATED)
    givers = Givers.of(cast.bo)
    anna = "Anna Holm (legal guardian)"

    assert code(givers, "economy", "yes", anna) is None
    assert code(givers, "economy", "yes", "Bo") == ("given_by", "incapacitated")
    assert code(givers, "economy", "no", "Bo") is None
    assert code(givers, "health", "yes", anna) == ("given_by", "scope")
    assert code(givers, "health", "yes", "Bo") is None
    assert "§ 6" in givers.must_consider("economy")


def test_an_economic_guardian_takes_nothing_from_the_resident(cast):
    represent(cast.annas, Kind.ECONOMIC)
    givers = Givers.of(cast.bo)
    anna = "Anna Holm (legal guardian)"

    assert code(givers, "economy", "yes", "Bo") is None
    assert code(givers, "economy", "yes", anna) == ("capacity", "capacity")


def test_a_co_guardian_says_yes_together_with_the_resident(cast):
    represent(cast.annas, Kind.JOINT)
    givers = Givers.of(cast.bo)
    together = "Bo and Anna Holm together (co-guardian)"

    assert way(givers, name=together).given_by == "jointly"
    assert code(givers, "economy", "yes", together) is None
    assert code(givers, "economy", "yes", "Bo") == ("given_by", "jointly")
    assert code(givers, "economy", "no", "Bo") is None
    assert code(givers, "health", "yes", together) == ("given_by", "scope")
    assert code(givers, "health", "yes", "Bo") is None
    assert code(givers, "economy", "yes", together, capacity="not") == (
        "capacity",
        "not_understood",
    )


def test_a_yes_that_was_not_understood_is_not_a_yes(cast):
    givers = Givers.of(cast.bo)

    assert code(givers, "daily", "yes", "Bo", capacity="not") == (
        "capacity",
        "not_understood",
    )
    assert code(givers, "daily", "yes", "Bo", capacity="doubt") == (
        "capacity_note",
        "no_note",
    )
    assert (
        code(givers, "daily", "yes", "Bo", capacity="doubt", capacity_note="Seen.")
        is None
    )
    assert (
        code(givers, "daily", "no", "Bo", capacity="not", capacity_note="Seen.") is None
    )


def test_each_way_has_a_value_of_its_own_and_is_found_by_it(cast, parents):
    turn(cast.bo, 16)
    represent(cast.annas, Kind.PERSONAL, topics=["daily"])
    givers = Givers.of(cast.bo)
    values = [one.value for one in givers.ways()]

    assert len(values) == len(set(values)) == 5
    for one in givers.ways():
        assert givers.way(one.value) == one
    assert givers.way("custody-999999") is None
    mother, father = parents
    assert givers.way(f"custody-{mother.pk}-{father.pk}").how() == {
        "given_by": "custody",
        "representation": mother,
        "agreed_too": father,
    }


def test_who_answers_for_one_does_not_answer_for_another(cast, parents):
    assert {str(one.relation.relative) for one in Givers.of(cast.ida).holders} == set()
    turn(cast.ida, 14)
    turn(cast.bo, 14)

    assert [str(way) for way in Givers.of(cast.ida).ways()] == [
        "Ida",
        "Decoy Holm (custody)",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_givers_are_read_in_two_queries(cast, django_assert_num_queries, count):
    for _number in range(count):
        represent(RelationFactory(resident=cast.bo), Kind.PERSONAL, topics=["daily"])

    with django_assert_num_queries(2):
        givers = Givers.of(cast.bo)
        assert len(givers.ways()) == count + 1
        for topic in Topic:
            givers.must_consider(topic)
