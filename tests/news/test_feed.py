"""The calendar that a telephone reads by itself: whose it is, and what stands in it."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from news.events import actions
from news.models import CalendarFeed
from portal import clock
from portal.models import Employment
from relatives.models import Relation
from tests.factories import HouseEventFactory, MeetingFactory


@pytest.fixture
def address(cast):
    """Anna's."""
    return reverse("news:feed", args=[actions.open_feed(by=cast.anna)])


def events(address):
    """What a calendar without cookies or log-in gets."""
    response = Client().get(address)
    assert response.status_code == 200
    return {
        str(event["summary"]): event
        for event in Calendar.from_ical(response.content).walk("VEVENT")
    }


def test_a_feed_is_made_shown_once_made_anew_and_closed(cast, sign_in):
    client, page = sign_in(cast.anna), reverse("news:my-feed")

    client.post(reverse("news:feed-open"))
    shown = client.get(page)
    first = shown.context["address"]
    again = client.get(page)

    assert first in shown.content.decode()
    assert shown.context["to_subscribe"] == first.replace("http:", "webcal:")
    assert again.context["address"] == ""
    token = first.rpartition("/")[2].removesuffix(".ics")
    assert token not in again.content.decode()
    feed = CalendarFeed.objects.get()
    assert token not in (feed.digest, str(feed))
    path = reverse("news:feed", args=[token])
    assert "Festival" in events(path)

    client.post(reverse("news:feed-open"))
    assert Client().get(path).status_code == 404
    second = client.get(page).context["address"]
    client.post(reverse("news:feed-close"))
    gone = reverse("news:feed", args=[second.rpartition("/")[2].removesuffix(".ics")])
    assert Client().get(gone).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_what_stands_in_it_is_what_the_person_may_read_now(cast, address):
    assert events(address).keys() == {"Festival", "Bakken's festival"}

    Relation.objects.filter(pk=cast.annas.pk).update(
        ended_at=clock.now(), ended_by=cast.karen
    )
    assert events(address).keys() == {"Bakken's festival"}

    cast.anna.relative.relations.update(ended_at=clock.now(), ended_by=cast.karen)
    # Empty, and not gone: a telephone forgets what it had only if it is told so.
    assert events(address) == {}

    cast.anna.is_active = False
    cast.anna.save()
    assert Client().get(address).status_code == 404


def test_who_has_stopped_working_here_gets_an_empty_calendar(cast):
    address = reverse("news:feed", args=[actions.open_feed(by=cast.mette)])
    assert "Festival" in events(address)

    Employment.objects.filter(user=cast.mette).update(
        ends_on=clock.today() - dt.timedelta(days=1)
    )

    assert events(address) == {}


def test_nothing_about_anybody_is_in_it_and_no_draft(cast, address):
    MeetingFactory(resident=cast.bo, chair=cast.karen, invited_at=clock.now())

    text = Client().get(address).content.decode()

    assert events(address).keys() == {"Festival", "Bakken's festival"}
    for word in (cast.bo.given_name, cast.anna.name, cast.anna.email, "Outing"):
        assert f":{word}" not in text
    assert "CLASS:PRIVATE" not in text
    assert "ATTENDEE" not in text


def test_a_calendar_knows_it_is_the_same_event_moved_and_called_off(cast, address):
    first = events(address)["Festival"]
    assert (first["sequence"], str(first["status"])) == (0, "CONFIRMED")

    actions.call_off(cast.festival, reason="Rain.", by=cast.karen)

    called_off = events(address)["Festival"]
    assert called_off["uid"] == first["uid"]
    assert (called_off["sequence"], str(called_off["status"])) == (1, "CANCELLED")
    assert "Rain." in str(called_off["description"])


def test_it_is_kept_by_nobody_and_asked_for_in_vain_costs_little(cast, address):
    first = Client().get(address)

    assert first["Cache-Control"] == "no-store, private"
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert "noindex" in first["X-Robots-Tag"]
    assert "Set-Cookie" not in first
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    HouseEventFactory(home=cast.solgaarden, title="New")
    anew = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert anew.status_code == 200
    assert Client().head(address).status_code == 200
    assert Client().post(address).status_code == 405


@pytest.mark.parametrize("token", ["x", "x" * 5000, "%00", "..%2f", "æ", "' OR 1=1"])
def test_an_address_that_is_nobodys_is_not_there(cast, address, token):
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_whoever_asks_without_end_is_told_to_wait(cast, address, settings):
    settings.ACCOUNT_RATE_LIMITS = {"calendar_feed": "3/m/ip"}
    cache.clear()

    answers = [Client().get(address).status_code for _time in range(4)]

    assert answers == [200, 200, 200, 429]
    cache.clear()


def test_it_asks_as_much_for_one_as_for_many(cast, address):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            events(address)
        return len(queries)

    asked()
    one = asked()
    HouseEventFactory.create_batch(3, home=cast.solgaarden, department=cast.aakanden)

    assert asked() == one
