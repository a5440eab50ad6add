"""Talks to have: who is asked again, when, and what a relative reads meanwhile."""

import datetime as dt
import re

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from consent import actions as consent
from consent import renewals
from consent.models import ConsentTalk
from portal import clock
from relatives.models import Representation
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import EmploymentFactory, RelationFactory, ResidentFactory

PAGE = reverse("consent:renewals")


@pytest.fixture(autouse=True)
def read_in_english(settings):
    """So that a test says what the page says, whatever it is in Danish."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def days(number):
    return clock.now() + dt.timedelta(days=number)


def due(user, within=60):
    return {
        (talk.relation, talk.topics)
        for talk in renewals.talks(renewals.due(user, within))
    }


@pytest.fixture
def jens_hears(cast):
    """Bo lets Jens hear of his days for as many days more."""

    def jens_hears(number, topic=Topic.DAILY, **how):
        return tell(cast.jenss, topic, by=cast.mette, ends_at=days(number), **how)

    return jens_hears


@pytest.mark.parametrize(
    ("within", "ends_in", "is_due"),
    [
        (7, 6, True),
        (7, 8, False),
        (30, 29, True),
        (30, 31, False),
        (60, 59, True),
        (60, 61, False),
    ],
)
def test_what_ends_within_the_days_is_due(cast, jens_hears, within, ends_in, is_due):
    jens_hears(ends_in)

    assert bool(due(cast.mette, within)) is is_due


def test_one_line_a_relative_with_the_topics_once(cast, jens_hears):
    jens_hears(10)
    jens_hears(10, Topic.HEALTH)
    jens_hears(10, Topic.HEALTH, action="be_told")

    [talk] = renewals.talks(renewals.due(cast.mette, 60))

    assert talk.relation == cast.jenss
    assert talk.topics == "everyday life, health"
    assert talk.badge_kind == "info"


def test_topics_that_end_on_different_days_say_when(cast, jens_hears, move_clock):
    move_clock(dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC))
    jens_hears(20)
    jens_hears(5, Topic.HEALTH)

    [talk] = renewals.talks(renewals.due(cast.mette, 60))

    assert re.fullmatch(r"health \(6\D.+\), everyday life \(21\D.+\)", talk.topics)
    assert talk.badge == "5 days left"


def test_what_has_lapsed_waits_until_it_is_asked_about(cast, jens_hears, move_clock):
    answer = jens_hears(5)
    move_clock(answer.ends_at + dt.timedelta(days=200))
    relations = {relation for relation, _topics in due(cast.mette, 7)}
    assert cast.jenss in relations

    tell(cast.jenss, Topic.DAILY, by=cast.mette, answer="no")

    assert cast.jenss not in {relation for relation, _topics in due(cast.mette, 7)}


def test_nothing_is_renewed_by_looking(cast, sign_in, jens_hears, move_clock):
    answer = jens_hears(5)
    client = sign_in(cast.karen)
    for page in ("/", PAGE):
        client.get(page)

    move_clock(answer.ends_at)

    assert not cast.jenss.tellings.exists()
    assert cast.jenss.consents.get() == answer


@pytest.mark.parametrize("answer", ["no", "not_yet"])
def test_a_no_is_asked_about_again_on_the_day_and_not_before(cast, move_clock, answer):
    today = clock.today()
    tell(
        cast.jenss,
        Topic.DAILY,
        by=cast.mette,
        answer=answer,
        ask_again_on=today + dt.timedelta(days=3),
    )
    assert due(cast.mette) == set()

    move_clock(days(3))

    assert {relation for relation, _topics in due(cast.mette)} == {cast.jenss}


def test_a_no_without_a_day_is_asked_about_when_a_yes_would_have_ended(
    cast, move_clock
):
    answer = tell(cast.jenss, Topic.DAILY, by=cast.mette, answer="no")
    assert due(cast.mette) == set()

    move_clock(answer.ends_at)

    assert cast.jenss in {relation for relation, _topics in due(cast.mette)}


def test_a_stop_is_a_stop_and_no_reason_to_ask(cast, jens_hears):
    consent.withdraw(jens_hears(5), by=cast.mette)

    assert due(cast.mette) == set()


def test_nobody_is_talked_with_about_former_relatives_or_after_moving_out(
    cast, jens_hears
):
    jens_hears(5)
    cast.bo.moved_out_on = clock.today()
    cast.bo.save()
    assert due(cast.mette) == set()

    cast.bo.moved_out_on = None
    cast.bo.save()
    cast.jenss.ended_at, cast.jenss.ended_by = clock.now(), cast.mette
    cast.jenss.save()
    assert due(cast.mette) == set()


def test_only_those_at_work_see_it(cast, jens_hears):
    jens_hears(5)

    for user in (cast.mette, cast.karen, cast.clara):
        assert len(due(user)) == 1
    for user in (cast.tim, cast.ole, cast.rikke, cast.vera, cast.bos, cast.anna):
        assert due(user) == set()


def test_a_yes_that_went_with_its_giver_is_due(cast, move_clock):
    guardianship = Representation.objects.create(
        relation=cast.rikkes, kind="economic", starts_on=dt.date(2020, 1, 1)
    )
    talk = consent.record_talk(
        resident=cast.bo,
        form=ConsentTalk.Form.WRITTEN,
        given_by=ConsentTalk.GivenAs.LEGAL_GUARDIAN,
        representation=guardianship,
        text_version="test",
        text_shown="May he?",
        by=cast.mette,
    )
    consent.record_answer(
        talk=talk, relation=cast.jenss, topic="economy", answer="yes", by=cast.mette
    )
    assert due(cast.mette) == set()

    guardianship.ends_on = clock.today() - dt.timedelta(days=1)
    guardianship.save()

    assert due(cast.mette) == {(cast.jenss, "economy")}
    [talk] = renewals.talks(renewals.due(cast.mette, 7))
    assert talk.badge == "Whoever said yes for them no longer can"


# The pages


def test_the_list_filters_by_contact_person_department_and_days(
    cast, sign_in, jens_hears
):
    jens_hears(20)
    tell(cast.idas, Topic.DAILY, by=cast.tim, ends_at=days(5))
    EmploymentFactory(user=cast.mette, department=cast.bakken)
    cast.ida.contact_person = cast.mette
    cast.ida.save()
    client = sign_in(cast.mette)

    def shown(**asked):
        return [r for r, _talks in client.get(PAGE, asked).context["residents"]]

    assert shown() == [cast.ida, cast.bo]
    assert shown(whose="mine") == [cast.ida]
    assert shown(department=str(cast.aakanden.uuid)) == [cast.bo]
    assert shown(days="7") == [cast.ida]
    assert shown(days="\x00", department="nobody's", page="-4") == [cast.ida, cast.bo]
    assert shown(department=str(cast.elsewhere.uuid)) == [cast.ida, cast.bo]


def test_each_line_leads_to_asking(cast, sign_in, jens_hears):
    jens_hears(20)
    own = RelationFactory(resident=cast.bo, relative__user=cast.mette)
    tell(own, Topic.DAILY, by=cast.karen, ends_at=days(5))

    page = sign_in(cast.mette).get(PAGE).content.decode()

    assert reverse("consent:consent-ask", args=[cast.jenss.uuid]) in page
    assert reverse("consent:together-start", args=[cast.bo.uuid]) in page
    # Nobody records what is answered about themselves.
    assert reverse("consent:consent-ask", args=[own.uuid]) not in page


def cards(client):
    return {
        card.heading: card
        for column in client.get("/").context["columns"]
        for card in column
    }


def test_the_start_page_names_a_few_to_the_contact_person_and_the_manager(
    cast, sign_in, jens_hears
):
    jens_hears(20)
    for _ in range(7):
        one = RelationFactory(resident=cast.bo)
        tell(one, Topic.DAILY, by=cast.mette, ends_at=days(25))

    assert "Talks about consent" not in cards(sign_in(cast.mette))
    cast.bo.contact_person = cast.mette
    cast.bo.save()
    for user in (cast.mette, cast.karen):
        rows = cards(sign_in(user))["Talks about consent"].rows
        assert len(rows) == 5
        assert "Jens" in rows[0].title


@pytest.mark.parametrize("relatives", [1, 3])
def test_the_list_costs_the_same_for_few_and_many(
    cast, sign_in, django_assert_max_num_queries, relatives
):
    for _ in range(relatives):
        resident = ResidentFactory(department=cast.aakanden)
        one = RelationFactory(resident=resident)
        tell(one, Topic.DAILY, by=cast.mette, ends_at=days(5))
        tell(one, Topic.HEALTH, by=cast.mette, ends_at=days(6))
    client = sign_in(cast.karen)
    client.get("/")

    with django_assert_max_num_queries(9):
        client.get(PAGE)


# What the relative reads

THEIRS = ["home", "relatives:my-residents", "relatives:my-agreements", "news:everyday"]


def without_tokens(page):
    return re.sub(rb'(csrfmiddlewaretoken|name="slip")[^>]*', b"", page)


def words(page):
    return set(re.findall(rb"\w+", page))


def ends_lapsed(cast, relation, move_clock):
    now = clock.now()
    move_clock(now - dt.timedelta(days=300))
    tell(relation, Topic.DAILY, by=cast.mette, ends_at=now - dt.timedelta(days=1))
    move_clock(now)


def ends_withdrawn(cast, relation, move_clock):
    consent.withdraw(tell(relation, Topic.DAILY, by=cast.mette), by=cast.mette)


def ends_in_no(cast, relation, move_clock):
    tell(relation, Topic.DAILY, by=cast.mette)
    tell(relation, Topic.DAILY, by=cast.mette, answer="no")


def ends_in_not_yet(cast, relation, move_clock):
    tell(relation, Topic.DAILY, by=cast.mette, answer="not_yet")


def never(cast, relation, move_clock):
    """Nobody has asked."""


@pytest.mark.parametrize("page", THEIRS)
@pytest.mark.parametrize("shares_health_too", [False, True])
def test_lapsed_withdrawn_no_and_never_read_the_same_byte_for_byte(
    cast, sign_in, move_clock, page, shares_health_too
):
    if shares_health_too:
        tell(cast.jenss, Topic.HEALTH, by=cast.mette)
    now = clock.now()
    read = set()
    for way in (never, ends_lapsed, ends_withdrawn, ends_in_no, ends_in_not_yet):
        move_clock(now)
        with transaction.atomic():
            way(cast, cast.jenss, move_clock)
            read.add(without_tokens(sign_in(cast.jens).get(reverse(page)).content))
            transaction.set_rollback(True)

    assert len(read) == 1
    # And it was about what we meant.
    if page == "relatives:my-residents":
        assert (b"Bo" in words(*read)) is shares_health_too


def test_what_ends_soon_is_told_kindly_while_it_holds(
    cast, sign_in, jens_hears, move_clock
):
    answer = jens_hears(20)
    heading = "Soon we talk with Bo"

    soon = cards(sign_in(cast.jens))[heading]
    # Without the day: a stop before it would show.
    assert not re.search(r"\d", soon.empty)
    assert heading not in cards(sign_in(cast.anna))
    move_clock(answer.ends_at)
    assert heading not in cards(sign_in(cast.jens))


def test_what_ends_soon_is_told_to_nobody_who_may_not_see_it(cast, sign_in, jens_hears):
    jens_hears(20)
    tell(cast.rikkes, Topic.DAILY, by=cast.mette, ends_at=days(5), action="be_told")
    assert "Soon we talk with Bo" not in cards(sign_in(cast.rikke))
    cast.jenss.relative.confidentiality_accepted_at = None
    cast.jenss.relative.save()

    assert list(renewals.soon_ends_for(cast.jens)) == []
