"""Custody, guardianship and powers of attorney: recorded, ended, marked as in error."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from portal import clock
from portal.drafts import new_slip
from portal.models import AuditEvent
from relatives import actions, opening
from relatives.models import Relation, Representation, Telling
from residents.models import Grant, Resident
from residents.topics import HEALTH_TOPICS, Topic
from tests.factories import RelationFactory

Kind = Representation.Kind
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def born(resident, day):
    Resident.objects.filter(pk=resident.pk).update(born_on=day)
    resident.refresh_from_db()


def young(resident, age=16):
    today = clock.today()
    born(resident, dt.date(today.year - age, 1, 1))


def represent(relation, kind, **details):
    return Representation.objects.create(relation=relation, kind=kind, **details)


def at(name, row):
    return reverse(f"relatives:{name}", args=[row.uuid])


def filled_in(user, **changes):
    return {
        "slip": new_slip(user),
        "kind": "personal",
        "topics": ["daily"],
        "starts_on": clock.today().isoformat(),
        "document": "Certificate of guardianship",
        "document_date": "2026-03-03",
        **changes,
    }


def record(client, relation, data):
    return client.post(at("representation-record", relation), data)


def errors(response):
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def told(relation):
    return set(relation.tellings.values_list("topic", flat=True))


# Recording


def test_what_is_recorded_opens_at_once_and_only_its_scope(cast, sign_in):
    assert told(cast.jenss) == set()

    response = record(
        sign_in(cast.karen),
        cast.jenss,
        filled_in(cast.karen, topics=["daily", "social"]),
    )

    row = cast.jenss.representations.get(ends_on=None)
    assert response.url == at("representation", row)
    assert told(cast.jenss) == {"daily", "social"}
    assert set(
        Grant.objects.filter(user=cast.jens).values_list("topic", flat=True)
    ) == {"daily", "social"}
    assert (row.document, row.document_date, row.recorded_by) == (
        "Certificate of guardianship",
        dt.date(2026, 3, 3),
        cast.karen,
    )
    assert AuditEvent.objects.filter(
        verb="representation.recorded", actor=cast.karen
    ).exists()


def test_pressed_twice_it_is_recorded_once(cast, sign_in):
    client, data = sign_in(cast.karen), filled_in(cast.karen)

    assert record(client, cast.jenss, data).url == record(client, cast.jenss, data).url
    assert cast.jenss.representations.filter(ends_on=None).count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"kind": ""}, "kind", "Choose what it is."),
        ({"kind": "nonsense"}, "kind", "Select a valid choice"),
        ({"topics": []}, "topics", "Choose what it is about."),
        ({"topics": ["daily", "economy"]}, "topics", "nothing to do with the economy"),
        ({"kind": "economic", "topics": ["health"]}, "topics", "the economy alone"),
        ({"kind": "joint", "topics": ["health"]}, "topics", "the economy alone"),
        ({"kind": "sole_custody", "topics": []}, "kind", "Bo is 18"),
        (
            {"starts_on": "2026-05-02", "ends_on": "2026-05-01"},
            "ends_on",
            "before the first",
        ),
        ({"starts_on": ""}, "starts_on", "from which day"),
        ({"starts_on": "2001-01-01"}, "starts_on", "under 18 on that day"),
        ({"document": " "}, "document", "which document"),
        ({"document_date": ""}, "document_date", "stands on the document"),
        ({"document_date": "2100-01-01"}, "document_date", "lies ahead"),
        ({"document_date": "3000-13-41"}, "document_date", "Enter a valid date"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_nothing_is_saved(
    cast, sign_in, changes, field, said
):
    response = record(sign_in(cast.karen), cast.jenss, filled_in(cast.karen, **changes))

    assert list(errors(response)) == [field]
    assert said in errors(response)[field][0]
    assert Representation.objects.count() == 1
    assert told(cast.jenss) == set()


def test_a_second_open_one_of_the_kind_is_refused(cast, sign_in):
    represent(cast.jenss, Kind.PERSONAL, topics=["health"])
    # Somebody else's is no hindrance.
    represent(cast.annas, Kind.ECONOMIC)
    client = sign_in(cast.karen)

    refused = record(client, cast.jenss, filled_in(cast.karen))
    other = record(
        client, cast.jenss, filled_in(cast.karen, kind="economic", topics=[])
    )

    assert "recorded already" in errors(refused)["kind"][0]
    assert other.status_code == 302


def test_one_that_ended_hinders_nobody_and_one_in_error_neither(cast, sign_in):
    today = clock.today()
    represent(
        cast.jenss,
        Kind.PERSONAL,
        topics=["health"],
        starts_on=today - 9 * DAY,
        ends_on=today - DAY,
    )
    actions.mark_representation_in_error(
        represent(cast.jenss, Kind.PERSONAL, topics=["health"], starts_on=today),
        why="Wrong person",
        by=cast.karen,
    )

    response = record(sign_in(cast.karen), cast.jenss, filled_in(cast.karen))

    assert response.status_code == 302
    assert told(cast.jenss) == {"daily"}


def test_somebody_under_18_represents_nobody(cast, sign_in):
    relative = cast.jenss.relative
    relative.born_on = clock.today() - 15 * 365 * DAY
    relative.save()

    response = record(sign_in(cast.karen), cast.jenss, filled_in(cast.karen))

    assert "Somebody under 18" in errors(response)["kind"][0]


def test_who_is_no_longer_a_relative_represents_nobody(cast, sign_in):
    client, data = sign_in(cast.karen), filled_in(cast.karen)
    actions.end_relation(cast.jenss, by=cast.karen)

    response = record(client, cast.jenss, data)

    assert "no longer a relative" in errors(response)["__all__"][0]


def custody(user, kind, **changes):
    return filled_in(
        user, kind=kind, topics=[], document="", document_date="", **changes
    )


def test_shared_custody_names_the_other_holder(cast, sign_in):
    young(cast.bo)
    client = sign_in(cast.karen)

    refused = record(client, cast.jenss, custody(cast.karen, "shared_custody"))
    named = record(
        client,
        cast.jenss,
        custody(cast.karen, "shared_custody", other_holder_name="Per Holm"),
    )
    chosen = record(
        client,
        cast.annas,
        custody(cast.karen, "shared_custody", other_holder=cast.jenss.uuid),
    )

    assert list(errors(refused)) == ["other_holder"]
    assert (named.status_code, chosen.status_code) == (302, 302)
    assert [row.shared_with for row in Representation.objects.filter(ends_on=None)] == [
        "Per Holm",
        str(cast.jenss.relative),
    ]


def test_nobody_shares_custody_with_themselves_or_with_a_stranger(cast, sign_in):
    young(cast.bo)
    client = sign_in(cast.karen)

    for other in (cast.jenss, cast.idas):
        response = record(
            client,
            cast.jenss,
            custody(cast.karen, "shared_custody", other_holder=other.uuid),
        )
        assert "other_holder" in errors(response)


def test_custody_is_of_one_or_of_two(cast, sign_in):
    young(cast.bo)
    represent(cast.annas, Kind.SHARED_CUSTODY)
    client = sign_in(cast.karen)

    sole = record(client, cast.jenss, custody(cast.karen, "sole_custody"))
    represent(cast.rikkes, Kind.SHARED_CUSTODY)
    third = record(
        client, cast.jenss, custody(cast.karen, "shared_custody", other_holder_name="X")
    )

    assert "one holder only" in errors(sole)["kind"][0]
    assert "two are registered" in errors(third)["kind"][0]


def test_below_18_there_is_custody_and_no_guardianship_before(cast, sign_in):
    young(cast.bo, 16)
    client = sign_in(cast.karen)
    grown_up = clock.birthday(cast.bo.born_on, 18)

    now = record(client, cast.jenss, filled_in(cast.karen))
    then = record(
        client, cast.jenss, filled_in(cast.karen, starts_on=grown_up.isoformat())
    )

    assert "under 18 on that day" in errors(now)["starts_on"][0]
    assert then.status_code == 302
    assert told(cast.jenss) == set()


def test_two_who_record_at_once_do_not_both(cast):
    """The second comes after the first, past a form that was right when it was read."""
    said = {
        "kind": Kind.ECONOMIC,
        "topics": [],
        "starts_on": clock.today(),
        "ends_on": None,
        "document": "Certificate",
        "document_date": clock.today(),
    }
    actions.record_representation(
        relation=cast.jenss, uuid=uuid.uuid4(), by=cast.karen, **said
    )

    with pytest.raises(actions.CannotBeRecorded):
        actions.record_representation(
            relation=cast.jenss, uuid=uuid.uuid4(), by=cast.clara, **said
        )

    assert cast.jenss.representations.filter(ends_on=None).count() == 1


# Ending


@pytest.fixture
def guardianship(cast):
    return represent(
        cast.jenss,
        Kind.PERSONAL,
        topics=["daily"],
        starts_on=clock.today() - 30 * DAY,
        document="Certificate",
    )


def end(client, row, user, **changes):
    data = {
        "slip": new_slip(user),
        "last_day": clock.today().isoformat(),
        "why": "Lifted by the Agency",
        **changes,
    }
    return client.post(at("representation-end", row), data)


def test_what_ended_yesterday_opens_nothing_now(cast, sign_in, guardianship):
    client = sign_in(cast.karen)
    assert told(cast.jenss) == {"daily"}

    end(
        client,
        guardianship,
        cast.karen,
        last_day=(clock.today() - DAY).isoformat(),
    )

    assert told(cast.jenss) == set()
    guardianship.refresh_from_db()
    assert guardianship.ended_because == "Lifted by the Agency"
    assert guardianship.ended_by == cast.karen


def test_the_last_day_is_a_whole_one(cast, sign_in, guardianship, move_clock):
    last_day = clock.today() + 5 * DAY
    end(sign_in(cast.karen), guardianship, cast.karen, last_day=last_day.isoformat())
    midnight = clock.midnight(last_day + DAY)

    seen = []
    for moment in (midnight - dt.timedelta(microseconds=1), midnight):
        move_clock(moment)
        seen.append(told(cast.jenss))

    assert seen == [{"daily"}, set()]


def test_an_end_pressed_twice_is_one(cast, sign_in, guardianship):
    client = sign_in(cast.karen)

    assert end(client, guardianship, cast.karen).status_code == 302
    assert end(client, guardianship, cast.karen).status_code == 302
    assert AuditEvent.objects.filter(verb="representation.ended").count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"last_day": "2020-01-01"}, "last_day", "had not begun"),
        ({"last_day": ""}, "last_day", "Write the last day"),
        ({"why": ""}, "why", "Write why"),
    ],
)
def test_an_end_that_cannot_be(cast, sign_in, guardianship, changes, field, said):
    response = end(sign_in(cast.karen), guardianship, cast.karen, **changes)

    assert said in errors(response)[field][0]
    guardianship.refresh_from_db()
    assert guardianship.ends_on is None


def test_an_end_is_never_put_off(cast, sign_in, guardianship):
    """Longer than it was is a new decision, with a document of its own."""
    Representation.objects.update(ends_on=clock.today() + DAY)

    response = end(
        sign_in(cast.karen),
        guardianship,
        cast.karen,
        last_day=(clock.today() + 9 * DAY).isoformat(),
    )

    assert "no later than that already" in errors(response)["last_day"][0]


def test_in_error_it_opens_nothing_from_that_instant_and_stays_to_be_seen(
    cast, sign_in, guardianship
):
    client = sign_in(cast.karen)
    data = {"slip": new_slip(cast.karen), "why": "It was another Jens"}
    here = at("representation-in-error", guardianship)

    assert client.post(here, {**data, "why": ""}).status_code == 200
    assert told(cast.jenss) == {"daily"}
    for _press in (1, 2):
        assert client.post(here, data).status_code == 302

    assert told(cast.jenss) == set()
    page = client.get(at("representation", guardianship)).content.decode()
    assert "It was another Jens" in page
    assert "opens nothing" in page
    assert (
        "recorded in error"
        in client.get(at("relative", cast.jenss.relative)).content.decode()
    )


def test_the_database_keeps_what_is_in_error_with_a_reason(cast, guardianship):
    with pytest.raises(IntegrityError), transaction.atomic():
        Representation.objects.update(in_error_at=clock.now(), in_error_by=cast.karen)


# Who may


@pytest.mark.parametrize(
    ("person", "reads", "changes"),
    [
        ("mette", 200, 403),
        ("karen", 200, 200),
        ("clara", 200, 200),
        ("tim", 404, 404),
        ("jens", 404, 404),
        ("bos", 404, 404),
        ("anna", 404, 404),
    ],
)
def test_managers_change_and_those_who_care_read(
    cast, sign_in, guardianship, person, reads, changes
):
    client = sign_in(getattr(cast, person))

    assert client.get(at("representation", guardianship)).status_code == reads
    for name in ("representation-end", "representation-in-error"):
        assert client.get(at(name, guardianship)).status_code == changes
    assert client.get(at("representation-record", cast.jenss)).status_code == changes


def test_the_way_to_record_one_is_shown_to_those_who_may(cast, sign_in):
    way = at("representation-record", cast.jenss)

    pages = {
        person: sign_in(getattr(cast, person))
        .get(at("relative", cast.jenss.relative))
        .content.decode()
        for person in ("mette", "karen")
    }

    assert [way in pages["mette"], way in pages["karen"]] == [False, True]


# What it opens, in words


@pytest.mark.parametrize("age", [3, 14, 15, 17, 18, 40])
@pytest.mark.parametrize("kind", Kind.values)
def test_the_words_say_what_the_view_opens(cast, kind, age):
    young(cast.bo, age)
    row = represent(
        RelationFactory(resident=cast.bo, kind=Relation.Kind.MOTHER),
        kind,
        topics=["daily", "health"],
        starts_on=dt.date(2020, 1, 1),
    )

    opened = set(
        Telling.objects.filter(ground_id=row.pk, relation=row.relation)
        .exclude(ground="consent")
        .values_list("topic", flat=True)
    )

    assert opened == set(opening.topics(row, cast.bo.age))


def test_custody_in_words_names_the_days_on_which_it_changes(cast, move_clock):
    move_clock(dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC))
    born(cast.bo, dt.date(2012, 2, 29))
    row = represent(cast.annas, Kind.SOLE_CUSTODY)

    said = " ".join(opening.in_words(row))

    assert "everything about Bo" in said
    assert "1 March 2027" in said or "March 1, 2027" in said
    assert "1 March 2030" in said or "March 1, 2030" in said
    assert str(Topic(HEALTH_TOPICS[0]).label) in said


def test_what_begins_later_is_shown_and_opens_nothing_yet(cast, sign_in):
    represent(
        cast.jenss,
        Kind.ECONOMIC,
        starts_on=clock.today() + 5 * DAY,
        ends_on=clock.today() + 50 * DAY,
    )

    page = sign_in(cast.mette).get(at("resident-relatives", cast.bo)).content.decode()

    assert "It opens nothing before" in page
    assert told(cast.jenss) == set()


@pytest.mark.parametrize("count", [1, 3])
def test_the_relatives_page_costs_the_same_with_more_of_them(
    cast, sign_in, django_assert_max_num_queries, count
):
    for _number in range(count):
        represent(RelationFactory(resident=cast.bo), Kind.ECONOMIC)
    client = sign_in(cast.mette)

    with django_assert_max_num_queries(12):
        client.get(at("resident-relatives", cast.bo))
