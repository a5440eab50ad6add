"""A consent that somebody gave for the resident lapses with the right to give it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from consent import actions as consent
from consent import before
from consent.models import Consent, ConsentTalk
from portal import clock
from relatives.models import Relation, Representation, Telling
from residents.models import Grant
from residents.topics import HEALTH_TOPICS, Topic
from tests.conftest import tell
from tests.factories import RelationFactory, ResidentFactory

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MOMENT = dt.timedelta(microseconds=1)
Kind, GivenAs = Representation.Kind, ConsentTalk.GivenAs


def representing(resident, kind, *, topics=(), **details):
    return Representation.objects.create(
        relation=RelationFactory(resident=resident, kind=Relation.Kind.MOTHER),
        kind=kind,
        topics=list(topics),
        starts_on=clock.today() - dt.timedelta(days=400),
        **details,
    )


def given_for(relation, topics, *, by, capacity="", **who):
    """Somebody says yes for the resident: to the topics, about the relation."""
    talk = consent.record_talk(
        resident=relation.resident,
        form=ConsentTalk.Form.WRITTEN,
        text_version="test",
        text_shown="May she?",
        capacity=capacity,
        by=by,
        **who,
    )
    return [
        consent.record_answer(
            talk=talk, relation=relation, topic=topic, answer="yes", by=by
        )
        for topic in topics
    ]


def open_to(relation):
    """What the relative sees, is told, and what of the answers is in force."""
    grants = Grant.objects.filter(
        user=relation.relative.user, content_object=relation.resident
    )
    tellings = Telling.objects.filter(relation=relation)
    in_force = relation.consents.in_force()
    seen, told, held = (
        set(rows.values_list("topic", flat=True))
        for rows in (grants, tellings, in_force)
    )
    assert seen == told == held
    return seen


@pytest.fixture
def gerda(cast):
    """Bo's guardian for health and everyday life; Jens is whom she says yes about."""
    return representing(cast.bo, Kind.PERSONAL, topics=["health", "daily"])


def test_it_holds_as_long_as_the_guardianship_and_is_about_its_topics(
    cast, gerda, move_clock
):
    given_for(
        cast.jenss,
        [Topic.HEALTH, Topic.DAILY],
        given_by=GivenAs.LEGAL_GUARDIAN,
        representation=gerda,
        by=cast.mette,
    )
    assert open_to(cast.jenss) == {"health", "daily"}

    Representation.objects.filter(pk=gerda.pk).update(topics=["daily"])
    assert open_to(cast.jenss) == {"daily"}

    last_day = clock.today() + dt.timedelta(days=10)
    Representation.objects.filter(pk=gerda.pk).update(ends_on=last_day)
    midnight = dt.datetime.combine(
        last_day + dt.timedelta(days=1), dt.time(), COPENHAGEN
    )
    move_clock(midnight - MOMENT)
    assert open_to(cast.jenss) == {"daily"}
    move_clock(midnight)
    assert open_to(cast.jenss) == set()
    # What Bo has said himself stands.
    assert open_to(cast.annas) == {"health"}


def test_it_lapses_when_the_guardian_is_no_relation_any_more(cast, gerda):
    given_for(
        cast.jenss,
        [Topic.DAILY],
        given_by=GivenAs.LEGAL_GUARDIAN,
        representation=gerda,
        by=cast.mette,
    )

    Relation.objects.filter(pk=gerda.relation_id).update(
        ended_at=clock.now(), ended_by=cast.karen
    )

    assert open_to(cast.jenss) == set()


def test_the_record_says_that_it_holds_no_longer(cast, gerda, sign_in, settings):
    settings.LANGUAGE_CODE = "en"
    given_for(
        cast.jenss,
        ["health"],
        by=cast.mette,
        capacity="not",
        given_by=GivenAs.LEGAL_GUARDIAN,
        representation=gerda,
    )
    client = sign_in(cast.mette)

    def said():
        ask = reverse("consent:consent-ask", args=[cast.jenss.uuid])
        history = reverse("consent:history", args=[cast.jenss.uuid])
        return [client.get(page).content.decode() for page in (ask, history)]

    asked, told = said()
    assert "Now: yes, until" in asked
    assert "Holds no longer." not in told

    gerda.ends_on = clock.today() - dt.timedelta(days=1)
    gerda.save()

    asked, told = said()
    assert "Last time: yes, which holds no longer" in asked
    assert "Now: yes, until" not in asked
    assert "Holds no longer." in told


def test_a_yes_from_a_later_day_is_not_said_to_hold_now(cast):
    tell(
        cast.jenss,
        Topic.DAILY,
        by=cast.mette,
        starts_at=clock.now() + dt.timedelta(days=3),
    )

    with translation.override("en"):
        said = before.sentences(cast.jenss)[Topic.DAILY, Consent.Action.SEE]

    assert said.startswith("Yes, from ")


def test_a_guardianship_recorded_in_error_opens_nothing_and_neither_does_its_yes(
    cast, gerda
):
    given_for(
        cast.jenss,
        [Topic.DAILY],
        given_by=GivenAs.LEGAL_GUARDIAN,
        representation=gerda,
        by=cast.mette,
    )
    hers = Telling.objects.filter(relation=gerda.relation)
    assert set(hers.values_list("topic", flat=True)) == {"daily", "health"}

    Representation.objects.filter(pk=gerda.pk).update(
        in_error_at=clock.now(), in_error_by=cast.karen, in_error_note="Another Bo."
    )

    assert open_to(cast.jenss) == set()
    assert not hers.all().exists()


@pytest.mark.parametrize(
    ("birthday", "left"),
    [(15, {"daily", "economy"}), (18, set())],
)
def test_what_parents_said_yes_to_lapses_at_the_birthday(
    cast, move_clock, birthday, left
):
    turns = clock.today() + dt.timedelta(days=30)
    child = ResidentFactory(
        department=cast.aakanden, born_on=turns.replace(year=turns.year - birthday)
    )
    mother, father = (representing(child, Kind.SHARED_CUSTODY) for _one in range(2))
    aunt = RelationFactory(resident=child)
    asked = [Topic.DAILY, Topic.ECONOMY, *HEALTH_TOPICS]
    given_for(
        aunt,
        asked,
        given_by=GivenAs.CUSTODY,
        representation=mother,
        agreed_too=father,
        by=cast.mette,
    )
    midnight = dt.datetime.combine(turns, dt.time(), COPENHAGEN)

    move_clock(midnight - MOMENT)
    before = open_to(aunt)
    move_clock(midnight)

    # From fifteen, nobody but the young person has said yes about health.
    assert before == (set(asked) if birthday == 15 else {"daily", "economy"})
    assert open_to(aunt) == left


@pytest.mark.parametrize("leaves", ["mother", "father"])
def test_it_takes_both_holders_of_shared_custody(cast, leaves):
    child = ResidentFactory(
        department=cast.aakanden, born_on=clock.today() - dt.timedelta(days=3000)
    )
    both = {
        who: representing(child, Kind.SHARED_CUSTODY) for who in ("mother", "father")
    }
    aunt = RelationFactory(resident=child)
    given_for(
        aunt,
        [Topic.DAILY],
        given_by=GivenAs.CUSTODY,
        representation=both["mother"],
        agreed_too=both["father"],
        by=cast.mette,
    )
    assert open_to(aunt) == {"daily"}

    Representation.objects.filter(pk=both[leaves].pk).update(
        ends_on=clock.today() - dt.timedelta(days=1)
    )

    assert open_to(aunt) == set()


def test_nobody_answers_for_a_resident_whom_they_do_not_represent_today(cast, gerda):
    of_ida = representing(cast.ida, Kind.PERSONAL, topics=["daily"])
    over = representing(
        cast.bo,
        Kind.FUTURE_POWER,
        topics=["daily"],
        ends_on=clock.today() - dt.timedelta(days=1),
    )
    for who in (of_ida, over):
        with pytest.raises(ValueError, match="does not represent"):
            given_for(
                cast.jenss,
                [Topic.DAILY],
                given_by=GivenAs.LEGAL_GUARDIAN,
                representation=who,
                by=cast.mette,
            )

    assert not Consent.objects.filter(relation=cast.jenss).exists()


def test_another_residents_guardian_opens_nothing_even_in_the_database(cast, gerda):
    """The page would refuse it, and so would the action: the view does too."""
    of_ida = representing(cast.ida, Kind.PERSONAL, topics=["daily"])
    talk = ConsentTalk.objects.create(
        resident=cast.bo,
        given_by=GivenAs.LEGAL_GUARDIAN,
        representation=of_ida,
        form=ConsentTalk.Form.WRITTEN,
        text_version="test",
        text_shown="May he?",
        recorded_by=cast.mette,
    )
    consent.record_answer(
        talk=talk, relation=cast.jenss, topic="daily", answer="yes", by=cast.mette
    )

    assert open_to(cast.jenss) == set()


def test_a_yes_that_is_not_understood_is_not_a_yes(cast):
    with pytest.raises(ValueError, match="not understood"):
        given_for(cast.jenss, [Topic.DAILY], capacity="not", by=cast.mette)

    given_for(cast.jenss, [Topic.DAILY], capacity="doubt", by=cast.mette)
    assert open_to(cast.jenss) == {"daily"}


def test_a_degree_fits_what_it_is_for(cast):
    answer = given_for(cast.jenss, [Topic.DAILY], by=cast.mette)[0]
    assert answer.degree == "ongoing"

    with pytest.raises(ValueError, match="degree"):
        consent.record_answer(
            talk=answer.talk,
            relation=cast.jenss,
            topic="goals",
            answer="yes",
            degree="co_decides",
            by=cast.mette,
        )
    with (
        pytest.raises(
            IntegrityError, match="consent_has_a_degree_that_fits_its_action"
        ),
        transaction.atomic(),
    ):
        Consent.objects.bulk_create(
            [
                Consent(
                    talk=answer.talk,
                    relation=cast.jenss,
                    topic="goals",
                    answer="yes",
                    degree="important",
                    ends_at=answer.ends_at,
                )
            ]
        )


def test_what_was_recorded_in_error_opens_nothing_and_says_why(cast):
    answer = cast.annas.consents.get()

    with pytest.raises(ValueError, match="what was wrong"):
        consent.mark_in_error(answer, why=" ", by=cast.karen)
    consent.mark_in_error(answer, why="It was about Jens.", by=cast.karen)

    answer.refresh_from_db()
    assert (answer.closed_because, answer.closed_note, answer.closed_by) == (
        "in_error",
        "It was about Jens.",
        cast.karen,
    )
    assert open_to(cast.annas) == set()
    with pytest.raises(ValueError, match="closed already"):
        consent.mark_in_error(answer, why="Again.", by=cast.karen)
