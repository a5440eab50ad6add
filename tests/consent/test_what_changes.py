"""What opens and closes by itself, and when: said beforehand, and true when it comes."""

import datetime as dt
import random

import pytest
from django.urls import reverse
from django.utils import translation

from consent import actions as consent
from consent.ahead import forecast
from consent.models import ConsentTalk
from portal import clock
from relatives.models import Relation, Representation, Telling
from residents.models import Grant, Resident
from residents.shared import shared_models
from residents.topics import HEALTH_TOPICS, Topic
from tests.conftest import tell
from tests.factories import (
    AgreementFactory,
    DiaryEntryFactory,
    RelationFactory,
    RepresentationFactory,
    ResidentFactory,
)

Kind = Representation.Kind
A_DAY = dt.timedelta(days=1)
MOMENT = dt.timedelta(microseconds=1)
# Summer time ends on 25 October and begins on 28 March; 2028 has a leap day.
NOON = dt.datetime(2027, 3, 2, 11, 0, 0, 250_007, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def dice(seed):
    return random.Random(seed)  # noqa: S311 -- families, not secrets


def standing():
    return list(
        Relation.objects.filter(ended_at=None).select_related("relative", "resident")
    )


def as_it_is(relations):
    """What the views say at this instant, in the form of the forecast."""
    state = {}
    for relation in relations:
        seen = {}
        for topic, since in Grant.objects.filter(
            user=relation.relative.user_id, content_object=relation.resident_id
        ).values_list("topic", "since"):
            known = seen.get(topic, since)
            seen[topic] = min(known, since) if known and since else None
        heard = Telling.objects.filter(relation=relation).values_list(
            "topic", flat=True
        )
        if seen or heard:
            state[relation.pk] = {"see": seen, "hear": dict.fromkeys(heard)}
    return state


def a_family(chance, cast):
    """Residents of all ages, with consents and representations on all kinds of days."""
    births = [
        dt.date(2008, 2, 29),
        dt.date(2012, 2, 29),
        dt.date(2009, 3, 28),
        dt.date(2012, 10, 25),
        dt.date(1980, 1, 1),
    ]
    for born_on in chance.sample(births, 3):
        resident = ResidentFactory(
            department=cast.aakanden,
            born_on=born_on,
            moved_out_on=chance.choice([None, None, dt.date(2027, 9, 1)]),
        )
        for _number in range(2):
            relation = RelationFactory(resident=resident)
            for kind in chance.sample(Kind.values, 2):
                first = NOON.date() + chance.randint(-50, 300) * A_DAY
                RepresentationFactory(
                    relation=relation,
                    kind=kind,
                    topics=chance.sample(Topic.values, 3),
                    starts_on=first,
                    ends_on=chance.choice(
                        [None, first + chance.randint(0, 300) * A_DAY]
                    ),
                )
            for topic in chance.sample(Topic.values, 4):
                starts = NOON + chance.randint(0, 100) * A_DAY
                tell(
                    relation,
                    topic,
                    by=cast.mette,
                    action=chance.choice(["see", "see", "be_told"]),
                    answer=chance.choice(["yes", "yes", "yes", "no"]),
                    starts_at=starts,
                    ends_at=min(
                        starts + chance.randint(1, 300 * 24) * dt.timedelta(hours=1),
                        NOON + 360 * A_DAY,
                    ),
                    since=chance.choice([None, NOON - 10 * A_DAY]),
                )
            for days in (20, 5):
                AgreementFactory(
                    resident=resident,
                    topic=chance.choice(Topic.values),
                    recorded_by=cast.mette,
                    recorded_at=NOON - days * A_DAY,
                )
                DiaryEntryFactory(
                    resident=resident,
                    topic=chance.choice(Topic.values),
                    recorded_by=cast.mette,
                    recorded_at=NOON - days * A_DAY,
                )


@pytest.mark.parametrize("seed", range(4))
def test_the_forecast_is_what_the_views_say_when_the_time_comes(cast, move_clock, seed):
    move_clock(NOON)
    chance = dice(seed)
    a_family(chance, cast)
    relations = standing()
    edges = [
        clock.birthday(r.born_on, age)
        for r in Resident.objects.all()
        for age in (15, 18)
    ]
    instants = [
        NOON,
        *(
            NOON + chance.randint(0, 500 * 24 * 3600) * dt.timedelta(seconds=1)
            for _n in range(25)
        ),
        *(clock.midnight(day) - chance.choice([MOMENT, 0 * MOMENT]) for day in edges),
    ]

    foretold = forecast.open_at(instants, relations)

    for instant, state in zip(instants, foretold, strict=True):
        move_clock(instant)
        assert state == as_it_is(relations), instant


@pytest.mark.parametrize("seed", range(2))
def test_no_day_on_which_something_changes_is_left_out(cast, move_clock, seed):
    """Day by day for a year and more: what the page says is all there is."""
    move_clock(NOON)
    a_family(dice(seed), cast)
    residents, relations = list(Resident.objects.all()), standing()
    last = NOON.date() + 400 * A_DAY
    told = {
        (day.day, change.relation.pk)
        for day in forecast.days(residents, last)
        for change in day.changes
    }

    dates = [NOON.date() + number * A_DAY for number in range(401)]
    states = forecast.open_at(
        [NOON, *(clock.midnight(day + A_DAY) - MOMENT for day in dates)], relations
    )

    assert told == {
        (day, relation.pk)
        for day, before, after in zip(dates, states, states[1:], strict=False)
        for relation in relations
        if before.get(relation.pk) != after.get(relation.pk)
    }
    assert told


def visible(user, resident):
    return sum(
        model.objects.filter(resident=resident).visible_to(user).count()
        for model in shared_models()
    )


@pytest.mark.parametrize("seed", range(2))
def test_it_counts_the_things_that_the_gate_shows(cast, move_clock, seed):
    move_clock(NOON)
    a_family(dice(seed), cast)
    foretold = forecast.days(list(Resident.objects.all()), NOON.date() + 500 * A_DAY)

    for day in foretold:
        seen = []
        for instant in (
            max(clock.midnight(day.day) - MOMENT, NOON),
            clock.midnight(day.day + A_DAY) - MOMENT,
        ):
            move_clock(instant)
            seen.append(
                [
                    visible(change.relation.relative.user, change.relation.resident)
                    for change in day.changes
                ]
            )
        assert [
            change.things_gained - change.things_lost for change in day.changes
        ] == [after - before for before, after in zip(*seen, strict=True)]


# Custody


@pytest.fixture
def parents(cast, move_clock):
    """Kim's mother and father share custody, and her aunt was told of her health."""
    move_clock(NOON)
    kim = ResidentFactory(
        given_name="Kim", department=cast.aakanden, born_on=dt.date(2009, 5, 3)
    )
    relations = [
        RelationFactory(resident=kim, relative__given_name=name, kind=kind)
        for name, kind in (("Mona", "mother"), ("Frank", "father"))
    ]
    for relation in relations:
        RepresentationFactory(relation=relation, kind=Kind.SHARED_CUSTODY)
    for topic in (Topic.DAILY, Topic.DAILY, Topic.GOALS, Topic.HEALTH):
        DiaryEntryFactory(
            resident=kim, topic=topic, recorded_by=cast.mette, recorded_at=NOON
        )
    return relations


def test_on_3_may_two_parents_lose_access_to_so_many_things(cast, parents):
    kim = parents[0].resident

    (day,) = forecast.days([kim], dt.date(2027, 12, 31))

    assert day.day == dt.date(2027, 5, 3)
    assert [turn.kind for turn in day.turns] == ["turns_18"]
    assert [str(change.relation.relative) for change in day.changes] == [
        "Mona Holm",
        "Frank Holm",
    ]
    for change in day.changes:
        assert change.things_lost == 3
        assert [(topic, n) for topic, n in change.lost if n] == [
            ("daily", 2),
            ("goals", 1),
        ]
        assert {topic for topic, _n in change.lost} == set(Topic) - set(HEALTH_TOPICS)


@pytest.mark.parametrize(
    ("born_on", "midnight"),
    [
        # The night to 28 March 2027 is an hour shorter, that to 31 October an hour longer.
        (dt.date(2009, 3, 28), dt.datetime(2027, 3, 27, 23, tzinfo=dt.UTC)),
        (dt.date(2009, 3, 29), dt.datetime(2027, 3, 28, 22, tzinfo=dt.UTC)),
        (dt.date(2009, 10, 31), dt.datetime(2027, 10, 30, 22, tzinfo=dt.UTC)),
        (dt.date(2009, 11, 1), dt.datetime(2027, 10, 31, 23, tzinfo=dt.UTC)),
        (dt.date(2012, 2, 29), dt.datetime(2030, 2, 28, 23, tzinfo=dt.UTC)),
        (dt.date(2009, 5, 3), dt.datetime(2027, 5, 2, 22, tzinfo=dt.UTC)),
    ],
)
def test_custody_is_gone_at_midnight_in_denmark_for_both_parents(
    cast, parents, move_clock, born_on, midnight
):
    kim = parents[0].resident
    Resident.objects.filter(pk=kim.pk).update(born_on=born_on)

    seen = []
    for instant in (midnight - MOMENT, midnight):
        move_clock(instant)
        seen.append(
            [
                Grant.objects.filter(user=relation.relative.user).exists()
                for relation in parents
            ]
        )

    assert seen == [[True, True], [False, False]]


def test_at_15_health_closes_and_a_consent_given_by_the_parents_too(
    cast, parents, move_clock
):
    kim = parents[0].resident
    Resident.objects.filter(pk=kim.pk).update(born_on=dt.date(2012, 4, 1))
    aunt = RelationFactory(resident=kim, relative__given_name="Tove")
    talk = consent.record_talk(
        resident=kim,
        form=ConsentTalk.Form.WRITTEN,
        text_version="test",
        text_shown="May she?",
        given_by=ConsentTalk.GivenAs.CUSTODY,
        representation=parents[0].representations.get(),
        agreed_too=parents[1].representations.get(),
        by=cast.mette,
    )
    for topic in (Topic.DAILY, Topic.HEALTH):
        consent.record_answer(
            talk=talk, relation=aunt, topic=topic, answer="yes", by=cast.mette
        )
    kim.refresh_from_db()

    first, *_later = forecast.days([kim], dt.date(2027, 12, 31))

    assert first.day == dt.date(2027, 4, 1)
    assert {
        str(change.relation.relative.given_name): [t for t, _n in change.lost]
        for change in first.changes
    } == {
        "Mona": list(HEALTH_TOPICS),
        "Frank": list(HEALTH_TOPICS),
        "Tove": [Topic.HEALTH],
    }


def test_what_is_renewed_is_not_lost(cast, parents):
    """Two grounds for one topic: while one stands, nothing closes."""
    kim, mona = parents[0].resident, parents[0]
    tell(mona, Topic.DAILY, by=cast.mette, ends_at=NOON + 300 * A_DAY)

    (day, *_rest) = forecast.days([kim], dt.date(2027, 6, 1))

    mother, father = day.changes
    assert Topic.DAILY not in {topic for topic, _n in mother.lost}
    assert Topic.DAILY in {topic for topic, _n in father.lost}


@pytest.mark.parametrize("count", [1, 3])
def test_a_forecast_costs_the_same_with_more_of_everything(
    cast, move_clock, django_assert_num_queries, count
):
    move_clock(NOON)
    for number in range(count):
        relation = RelationFactory(resident=cast.bo)
        tell(
            relation,
            Topic.DAILY,
            by=cast.mette,
            ends_at=NOON + number * 9 * A_DAY + A_DAY,
        )
        RepresentationFactory(relation=relation, ends_on=NOON.date() + number * A_DAY)

    # Representations, consents, relations, what is open, and each kind of thing.
    with django_assert_num_queries(4 + len(shared_models())):
        assert forecast.days([cast.bo], NOON.date() + 400 * A_DAY)


# The pages


def cards(client):
    return {
        card.heading: [(row.title, row.badge) for row in card.rows]
        for column in client.get(reverse("home")).context["columns"]
        for card in column
    }


SOON = "Changes by itself soon"


@pytest.mark.parametrize(
    ("days", "shown"), [(0, False), (1, True), (60, True), (61, False)]
)
def test_the_talk_before_a_birthday_is_a_task_for_sixty_days(
    cast, parents, sign_in, move_clock, days, shown
):
    kim = parents[0].resident
    Resident.objects.filter(pk=kim.pk).update(contact_person=cast.mette)
    move_clock(
        clock.midnight(dt.date(2027, 5, 3) - days * A_DAY) + 8 * dt.timedelta(hours=1)
    )

    seen = {
        person: cards(sign_in(getattr(cast, person))).get(SOON)
        for person in ("mette", "karen", "tim")
    }

    task = [("Kim turns 18. Custody ends.", "Have the talk")] if shown else None
    assert seen == {"mette": task, "karen": task, "tim": None}


def test_only_a_contact_person_and_managers_prepare_it(
    cast, parents, sign_in, move_clock
):
    move_clock(clock.midnight(dt.date(2027, 5, 1)))

    assert SOON not in cards(sign_in(cast.mette))
    assert SOON in cards(sign_in(cast.karen))


def test_the_page_names_who_loses_how_many_things(cast, parents, sign_in):
    kim = parents[0].resident

    page = sign_in(cast.mette).get(reverse("consent:what-changes", args=[kim.uuid]))

    text = page.content.decode()
    assert "Mona Holm" in text
    assert text.count("Loses access to 3 things: everyday life (2), goals (1)") == 2


def test_the_page_of_sixty_days_is_about_those_one_looks_after(cast, parents, sign_in):
    there = [
        "Kim" in sign_in(person).get(reverse("consent:changes-soon")).content.decode()
        for person in (cast.karen, cast.clara, cast.mette, cast.tim, cast.vera)
    ]

    assert there == [False] * 5  # 3 May is more than sixty days from 2 March.
    Resident.objects.filter(pk=parents[0].resident_id).update(
        born_on=dt.date(2009, 4, 3)
    )
    there = [
        "Kim" in sign_in(person).get(reverse("consent:changes-soon")).content.decode()
        for person in (cast.karen, cast.clara, cast.mette, cast.tim, cast.vera)
    ]
    assert there == [True, True, False, False, False]


def test_the_resident_reads_it_in_easy_words(cast, move_clock, sign_in):
    move_clock(NOON)
    tell(cast.jenss, Topic.DAILY, by=cast.mette, ends_at=NOON + 9 * A_DAY)

    page = sign_in(cast.bos).get(reverse("consent:my-changes"))

    (change,) = page.context["days"][0].changes
    assert (change.closing, change.silenced) == ([("daily", "My days")], [])
    assert "Jens can no longer see:" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_with_more_of_them(
    cast, parents, sign_in, django_assert_max_num_queries, count
):
    kim = parents[0].resident
    for _number in range(count):
        relation = RelationFactory(resident=kim)
        tell(relation, Topic.DAILY, by=cast.mette, ends_at=NOON + 9 * A_DAY)
    client = sign_in(cast.karen)

    for address in (
        reverse("consent:what-changes", args=[kim.uuid]),
        reverse("consent:changes-soon"),
    ):
        with django_assert_max_num_queries(16):
            client.get(address)
