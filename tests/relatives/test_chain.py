"""Who is called about what, at once or in the morning, and who may know of it."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from consent import actions as consent
from portal import clock
from portal.drafts import new_slip
from portal.models import AuditEvent
from relatives import actions, calling
from relatives.models import TOPICS, Call, Event
from residents.models import AccessEvent
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import CallFactory, RelationFactory

# 3.10 on an ordinary day, in Denmark.
NIGHT = dt.datetime(2026, 11, 24, 3, 10, tzinfo=clock.DENMARK)
DAY = dt.datetime(2026, 11, 24, 10, 0, tzinfo=clock.DENMARK)


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def chain(cast):
    """About a fall: Rikke first, day and night, and Anna after her, by day."""
    for relation, phone in ((cast.annas, "11 22 33 44"), (cast.rikkes, "55 66 77 88")):
        relation.relative.phone = phone
        relation.relative.save()
    put(cast, cast.annas)
    put(cast, cast.rikkes, at_night=True)
    return cast


def put(cast, relation, **changes):
    said = {
        "events": {"fall": "at_once"},
        "place": 1,
        "channel": "phone",
        "uuid": uuid.uuid4(),
    }
    return actions.set_calls(relation, by=cast.mette, **said | changes)


def page(client, cast, **asked):
    return client.get(reverse("relatives:who-to-call", args=[cast.bo.uuid]), asked)


def change(client, user, relation, **said):
    data = {
        "slip": new_slip(user),
        "place": "1",
        "channel": "phone",
        "about_fall": "at_once",
        "at_night": "on",
    }
    return client.post(
        reverse("relatives:chain-change", args=[relation.uuid]), data | said
    )


def text(response):
    return response.content.decode()


def names(response, which):
    return [line.name.split()[0] for line in getattr(response.context["answer"], which)]


def test_whom_to_call_about_a_fall_at_ten_past_three(chain, sign_in, move_clock):
    client = sign_in(chain.mette)
    move_clock(NIGHT)
    night = page(client, chain, event="fall")
    move_clock(DAY)
    day = page(client, chain, event="fall")

    assert (names(night, "now"), names(night, "later")) == (["Rikke"], ["Anna"])
    assert 'href="tel:55667788"' in text(night)
    assert "Not before 7" in text(night)
    assert (names(day, "now"), names(day, "later")) == (["Rikke", "Anna"], [])


@pytest.mark.parametrize(
    ("at", "night"),
    [("21:59", False), ("22:00", True), ("06:59", True), ("07:00", False)],
)
def test_the_night_is_from_ten_to_seven_in_denmark(at, night):
    hour, minute = map(int, at.split(":"))
    instant = NIGHT.replace(hour=hour, minute=minute).astimezone(dt.UTC)

    assert calling.is_night(instant) is night


def test_all_events_stand_on_one_page_and_what_was_seen_is_logged(chain, sign_in):
    response = page(sign_in(chain.mette), chain)

    assert [answer.event for answer in response.context["answers"]] == list(Event)
    seen = AccessEvent.objects.filter(user=chain.mette, topic="health").last()
    assert seen.items["call"]


@pytest.mark.parametrize("asked", ["nonsense", "\x00", "fall"])
def test_an_event_that_is_none_is_the_page_of_all(chain, sign_in, asked):
    assert page(sign_in(chain.mette), chain, event=asked).status_code == 200


# Who may stand in it


def test_nobody_is_called_about_what_the_resident_does_not_share(cast, sign_in):
    client = sign_in(cast.mette)
    relation = cast.annas
    path = reverse("relatives:chain-change", args=[relation.uuid])

    form = client.get(path).context["form"]
    refused = change(client, cast.mette, relation, about_medicine="at_once")

    assert Event.FALL in form.open
    assert Event.MEDICINE in form.closed
    assert refused.context["form"].has_error("__all__", code="closed")
    with pytest.raises(ValueError, match="may not be told"):
        put(cast, relation, events={"medicine": "at_once"})
    with pytest.raises(ValueError, match="may not be told"):
        put(cast, cast.jenss)
    assert not Call.objects.exists()


def test_withdrawn_is_out_of_the_chain_at_that_instant(chain, sign_in):
    client = sign_in(chain.mette)

    consent.withdraw(chain.annas.consents.get(), by=chain.mette)

    response = page(client, chain, event="fall")
    shown = names(response, "now") + names(response, "later")
    assert shown == ["Rikke"]
    [(relation, events)] = response.context["closed"]
    assert (relation, events) == (chain.annas, ["accident or fall"])
    tell(chain.annas, Topic.HEALTH, by=chain.mette)
    assert not page(client, chain).context["closed"]


def test_a_child_is_not_called(cast, sign_in):
    child = RelationFactory(
        resident=cast.bo, relative__born_on=clock.today() - dt.timedelta(days=5000)
    )
    tell(child, Topic.HEALTH, by=cast.mette)

    response = change(sign_in(cast.mette), cast.mette, child)

    assert "is under 18" in text(response)
    with pytest.raises(ValueError, match="under 18"):
        put(cast, child)
    with pytest.raises(IntegrityError, match="under 18"), transaction.atomic():
        CallFactory(relation=child, recorded_by=cast.mette)


# Changing it


def test_a_change_ends_what_stood_and_is_made_once(chain, sign_in):
    client, slip = sign_in(chain.mette), new_slip(chain.mette)
    before = Call.objects.standing().get(relation=chain.annas)

    for _twice in range(2):
        change(
            client,
            chain.mette,
            chain.annas,
            slip=slip,
            about_fall="",
            about_hospital="same_day",
        )

    before.refresh_from_db()
    assert before.ended_by == chain.mette
    [now] = Call.objects.standing().filter(relation=chain.annas)
    # By night one is called only at once.
    assert (now.event, now.moment, now.at_night) == ("hospital", "same_day", False)
    assert AuditEvent.objects.filter(verb="chain.changed").count() == 3


def test_the_line_has_no_gaps_and_nobody_twice(chain):
    def line():
        calls = Call.objects.standing().order_by("place")
        return [(call.place, call.relation) for call in calls]

    assert line() == [(1, chain.rikkes), (2, chain.annas)]
    put(chain, chain.annas, place=1)
    assert line() == [(1, chain.annas), (2, chain.rikkes)]
    put(chain, chain.annas, events={})
    assert line() == [(1, chain.rikkes)]


def test_a_relative_passes_it_on(chain, sign_in):
    change(
        sign_in(chain.mette),
        chain.mette,
        chain.annas,
        told_by=str(chain.rikkes.uuid),
        place="2",
    )

    response = page(sign_in(chain.mette), chain, event="fall")

    assert (names(response, "now"), names(response, "later")) == (["Rikke"], ["Anna"])
    assert "Passes it on to Anna Holm." in text(response)
    assert "Rikke Holm passes it on." in text(response)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"place": "9"}, "place"),
        ({"place": "x"}, "place"),
        ({"channel": ""}, "channel"),
        ({"about_fall": "never"}, "about_fall"),
        ({"told_by": "a\x00b"}, "told_by"),
        ({"slip": "forged"}, "slip"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(chain, sign_in, said, field):
    response = change(sign_in(chain.mette), chain.mette, chain.annas, **said)

    assert field in response.context["form"].errors


def test_the_database_keeps_the_chain_and_its_topics(chain):
    call = Call.objects.first()
    for wrong in (
        lambda: Call.objects.filter(pk=call.pk).update(moment="same_day"),
        call.delete,
        lambda: CallFactory(
            relation=chain.annas,
            event="police",
            topic="health",
            recorded_by=chain.mette,
        ),
        lambda: CallFactory(relation=chain.annas, recorded_by=chain.mette),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    assert set(TOPICS) == set(Event)


# Who sees it


def test_a_relative_sees_the_own_part_and_nothing_of_the_others(chain, sign_in):
    mine = text(sign_in(chain.anna).get(reverse("relatives:my-calls")))
    jenss = text(sign_in(chain.jens).get(reverse("relatives:my-calls")))
    bos = text(sign_in(chain.bos).get(reverse("relatives:my-calls")))

    assert "Accident or fall</th>" in mine
    assert "Rikke" not in mine
    assert "55 66" not in mine
    assert "Accident" not in jenss
    assert "Rikke Holm" in bos
    assert "Anna Holm" in bos
    assert AccessEvent.objects.filter(user=chain.bos).last().purpose == "own"


def test_rows_are_seen_by_staff_the_resident_and_whoever_is_called(chain):
    CallFactory(
        relation=chain.idas,
        event="police",
        recorded_by=chain.tim,
    )
    people = ["mette", "karen", "clara", "tim", "liv", "bos", "anna", "rikke", "jens"]
    counts = {
        person: Call.objects.visible_to(getattr(chain, person)).count()
        for person in people
    }

    assert counts == {
        "mette": 2,
        "karen": 2,
        "clara": 3,
        "tim": 1,
        "liv": 0,
        "bos": 2,
        "anna": 1,
        "rikke": 1,
        "jens": 0,
    }


def test_however_long_the_chain_the_page_asks_as_much(chain, sign_in):
    client = sign_in(chain.mette)
    page(client, chain)

    def asked():
        with CaptureQueriesContext(connection) as questions:
            page(client, chain)
        return len(questions)

    before = asked()
    for _more in range(3):
        relation = RelationFactory(resident=chain.bo)
        tell(relation, Topic.HEALTH, by=chain.mette)
        put(chain, relation)
    assert asked() == before <= 12
