"""Whoever is shown or told something about a resident stands in the access log."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from consent import actions as consent
from portal import clock
from portal.models import Employment
from residents import ledger
from residents.models import AccessEvent
from residents.policy import job_with
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import EmploymentFactory


def log():
    """What is written here: the cast brings one old row, and that is in a sample."""
    return AccessEvent.objects.filter(sampled=None)


def events(**wanted):
    """Oldest first, as few words as tell them apart."""
    return [
        (event.user.name, event.resident.given_name, event.topic, event.ground)
        for event in log().filter(**wanted).order_by("pk")
    ]


def test_a_page_of_staff_rests_on_their_employment(cast, sign_in):
    sign_in(cast.mette).get(reverse("relatives:agreement", args=[cast.dentist.uuid]))

    [event] = log()
    assert (event.user, event.resident, event.topic) == (cast.mette, cast.bo, "health")
    assert (event.capacity, event.ground) == ("care", "employment")
    assert event.ground_id == cast.mette.employments.get().pk
    assert event.department == cast.aakanden
    assert event.items == {"agreement": [cast.dentist.pk]}
    assert (event.way, event.purpose, event.among) == ("portal", "care", 1)


def test_a_relatives_page_rests_on_the_consent(cast, sign_in):
    sign_in(cast.anna).get(reverse("news:entry", args=[cast.checkup.address]))

    [event] = log()
    assert (event.user, event.resident, event.topic) == (cast.anna, cast.bo, "health")
    assert (event.capacity, event.ground) == ("relative", "consent")
    assert event.ground_id == cast.annas.consents.get().pk
    assert event.items == {"diaryentry": [cast.checkup.pk]}


def test_a_list_is_one_row_a_resident_and_topic(cast, sign_in):
    sign_in(cast.anna).get(reverse("relatives:my-agreements"))

    assert sorted(events()) == [
        ("Anna", "Bo", "health", "consent"),
        ("Anna", "Ida", "economy", "consent"),
    ]
    assert {event.among for event in log()} == {2}


def test_a_residents_own_page_is_their_own(cast, sign_in):
    sign_in(cast.bos).get(reverse("relatives:my-agreements"))

    assert {event[3] for event in events(user=cast.bos)} == {"own"}


@pytest.mark.parametrize("person", ["ole", "anna", "vera", "root"])
def test_a_page_that_says_no_shows_nothing(cast, sign_in, person):
    response = sign_in(getattr(cast, person)).get(
        reverse("residents:resident", args=[cast.bo.uuid])
    )

    assert response.status_code in (403, 404)
    assert events() == []


def test_a_button_that_sends_on_shows_nothing(cast, sign_in):
    sign_in(cast.mette).post(
        reverse("relatives:agreement-done", args=[cast.dentist.uuid])
    )

    assert events() == []


def test_no_log_no_page(cast, sign_in, monkeypatch):
    def fail(rows):
        raise DatabaseError

    monkeypatch.setattr(AccessEvent.objects, "bulk_create", fail)
    monkeypatch.setattr("residents.models.AccessEvent.objects.bulk_create", fail)
    client = sign_in(cast.mette)
    client.raise_request_exception = False

    response = client.get(reverse("residents:resident", args=[cast.bo.uuid]))

    assert response.status_code >= 500
    assert "Bo" not in response.content.decode()


def test_no_page_without_a_ground(cast):
    with pytest.raises(ledger.NoGround):
        ledger.read(cast.jens, [cast.checkup])
    with pytest.raises(ledger.NoGround):
        ledger.read(cast.anna, [cast.purse])
    with pytest.raises(ledger.NoGround):
        ledger.read(cast.ole, [cast.bo])

    assert events() == []


def test_a_search_keeps_what_was_searched_for_but_no_numbers(cast, sign_in):
    client = sign_in(cast.mette)
    client.get(reverse("residents:residents"), {"q": "Bo"})
    client.get(reverse("residents:residents"), {"q": "040690-1234"})

    found, in_vain = log().order_by("pk")
    assert (found.resident, found.way, found.searched) == (cast.bo, "search", "Bo")
    assert (in_vain.resident, in_vain.searched) == (None, "••••••-••••")
    assert in_vain.department == cast.aakanden


def test_a_search_in_vain_is_logged_as_the_job_it_was_made_in(cast, sign_in):
    for user in (cast.clara, cast.vera):
        sign_in(user).get(reverse("residents:residents"), {"q": "nobody"})

    [in_vain] = log()
    assert (in_vain.user, in_vain.capacity) == (cast.clara, "centre_manager")
    # An adviser has no residents to find, and is no centre manager.
    assert in_vain.ground_id == cast.clara.employments.get().pk


def test_what_staff_tell_rests_on_a_consent_at_that_instant(cast):
    ledger.told(cast.annas, ["health"], by=cast.mette, way=ledger.Way.PHONE)

    [event] = log()
    assert (event.user, event.resident, event.way) == (cast.mette, cast.bo, "phone")
    assert (event.ground, event.relation_id) == ("consent", cast.annas.pk)
    assert event.ground_id == cast.annas.consents.get().pk

    consent.withdraw(cast.annas.consents.get(), by=cast.mette)
    with pytest.raises(ledger.NoGround):
        ledger.told(cast.annas, ["health"], by=cast.mette, way=ledger.Way.PHONE)


def test_nobody_tells_more_than_the_resident_has_said_yes_to(cast):
    for by, topics in (
        (cast.mette, ["health", "economy"]),
        (cast.mette, ["economy"]),
        (cast.tim, ["health"]),
        (cast.anna, ["health"]),
    ):
        with pytest.raises(ledger.NoGround):
            ledger.told(cast.annas, topics, by=by, way=ledger.Way.VISIT)

    assert events() == []


def test_looking_through_a_relatives_eyes_is_not_the_relatives_reading(cast):
    with ledger.collecting() as page:
        with ledger.through_the_eyes_of(cast.annas, by=cast.mette):
            ledger.read(cast.anna, [cast.checkup])
        ledger.read(cast.mette, [cast.bo])
        page.write()

    seen, own = log().order_by("pk")
    assert (seen.user, seen.way, seen.relation_id) == (
        cast.mette,
        "preview",
        cast.annas.pk,
    )
    assert (own.way, own.relation_id) == ("portal", None)


def test_of_two_grounds_the_one_that_opens_more_is_named(cast):
    soon = clock.now() + dt.timedelta(days=9)
    newer = tell(cast.jenss, Topic.HEALTH, by=cast.mette, since=soon)
    rows = [("health", newer.since, "consent", 7), ("health", None, "custody", 3)]

    assert ledger.by_topic(rows) == {"health": ("custody", 3)}
    rows.append(("health", None, "consent", 9))
    assert ledger.by_topic(rows) == {"health": ("consent", 9)}


def test_the_log_is_never_changed(cast):
    ledger.read(cast.mette, [cast.bo])
    event = log().get()

    for change in (
        event.save,
        event.delete,
        AccessEvent.objects.all().delete,
        lambda: AccessEvent.objects.update(topic="health"),
    ):
        with pytest.raises(TypeError), transaction.atomic():
            change()


def test_the_log_outlives_whom_it_is_about(cast):
    ledger.read(cast.ole, [cast.ole.employments.get().department.residents.get()])
    cast.ole.employments.get().department.residents.all().delete()

    assert log().count() == 1


def test_a_centre_managers_job_is_of_the_own_home(cast):
    elsewhere = EmploymentFactory(
        home=cast.elsewhere.home, department=None, role=Employment.Role.CENTRE_MANAGER
    )

    assert job_with(elsewhere.user, cast.bo) is None
    assert job_with(cast.clara, cast.bo).role == Employment.Role.CENTRE_MANAGER
