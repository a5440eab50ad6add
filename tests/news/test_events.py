"""Events: who reads of them, how they are told, corrected and called off."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from news.events import actions, files, rows
from news.models import HouseEvent
from portal import clock
from portal.models import AuditEvent
from tests.factories import HouseEventFactory, UserFactory

A_DAY = dt.timedelta(days=1)
PEOPLE = (
    *("mette", "karen", "clara", "vera", "sysse", "tim", "liv"),
    *("bos", "anna", "rikke", "jens", "ole", "root"),
)


def titles(user):
    told = HouseEvent.objects.told_to(user)
    return set(told.values_list("title", flat=True))


@pytest.mark.parametrize("person", PEOPLE)
def test_who_reads_of_an_event(cast, person):
    """By place and by whom it is for: the model is written out once more, in words."""
    reader = getattr(cast, person)
    aakanden, bakken = cast.aakanden, cast.festival.home.departments.get(name="Bakken")
    HouseEvent.objects.all().delete()
    for place in (aakanden, bakken, None):
        for relatives, residents in ((1, 1), (1, 0), (0, 1), (0, 0)):
            HouseEventFactory(
                home=cast.solgaarden,
                department=place,
                title=f"{place} {relatives} {residents}",
                for_relatives=bool(relatives),
                for_residents=bool(residents),
            )
    all_of_it = {aakanden, bakken, None}
    places, whom = {
        "mette": ({aakanden, None}, "staff"),
        "karen": ({aakanden, None}, "staff"),
        "tim": ({bakken, None}, "staff"),
        "clara": (all_of_it, "staff"),
        "vera": (all_of_it, "staff"),
        "sysse": (all_of_it, "staff"),
        "bos": ({aakanden, None}, "resident"),
        "rikke": ({aakanden, None}, "relative"),
        "jens": ({aakanden, None}, "relative"),
        # Ida lives in Bakken.
        "anna": (all_of_it, "relative"),
    }.get(person, (set(), "staff"))

    expected = {
        f"{place} {relatives} {residents}"
        for place in places
        for relatives, residents in ((1, 1), (1, 0), (0, 1), (0, 0))
        if whom == "staff" or (relatives if whom == "relative" else residents)
    }
    assert titles(reader) == expected


def test_who_is_no_relative_any_more_reads_no_more_of_it(cast):
    assert titles(cast.jens) == {"Festival"}

    cast.jenss.ended_at, cast.jenss.ended_by = clock.now(), cast.karen
    cast.jenss.save()

    assert titles(cast.jens) == set()


def written(**change):
    return {
        "place_of": "",
        "readers": "all",
        "title": "Sommerfest",
        "starts_at": "2027-06-12T14:00",
        "ends_at": "2027-06-12T17:30",
        "place": "Haven",
        "text": "Tag en kage med.",
    } | change


def send(client, url, **change):
    page = client.get(url)
    slip = page.context["form"].initial["slip"]
    place = page.context["form"].initial["place_of"]
    return client.post(url, written(place_of=place, **change) | {"slip": slip})


def test_staff_write_a_manager_publishes_and_a_relative_reads(cast, sign_in):
    response = send(sign_in(cast.mette), reverse("news:event-write"))
    event = HouseEvent.objects.get(title="Sommerfest")
    assert response.url == reverse("news:event-draft", args=[event.uuid])
    assert "Sommerfest" not in titles(cast.anna)
    assert event.starts_at == dt.datetime(2027, 6, 12, 12, tzinfo=dt.UTC)

    karen = sign_in(cast.karen)
    draft = karen.get(response.url).content.decode()
    as_of = draft.partition('name="as_of" value="')[2].partition('"')[0]
    karen.post(reverse("news:event-publish", args=[event.uuid]), {"as_of": as_of})

    assert "Sommerfest" in titles(cast.anna)
    anna = sign_in(cast.anna)
    assert "Sommerfest" in anna.get(reverse("news:events")).content.decode()
    assert "Sommerfest" in anna.get("/").content.decode()
    page = anna.get(reverse("news:event", args=[event.address])).content.decode()
    assert "Tag en kage med." in page
    assert [
        verb
        for verb in AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
        if verb.startswith("event.")
    ] == ["event.drafted", "event.published"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"ends_at": "2027-06-12T14:00"}, "ends_at"),
        ({"ends_at": "2027-08-12T14:00"}, "ends_at"),
        ({"starts_at": "1300-01-01T10:00"}, "starts_at"),
        ({"starts_at": "2027-03-28T02:30"}, "starts_at"),
        ({"title": " \n "}, "title"),
        ({"title": "x" * 200}, "title"),
        ({"readers": "everybody"}, "readers"),
        ({"text": "x" * 100_000}, "text"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(cast, sign_in, change, fault):
    response = send(sign_in(cast.mette), reverse("news:event-write"), **change)

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {fault}
    assert "Tag en kage med." in response.content.decode() or fault == "text"
    assert not HouseEvent.objects.filter(author=cast.mette, title="Sommerfest")


def test_a_second_press_makes_no_second_event(cast, sign_in):
    client, url = sign_in(cast.mette), reverse("news:event-write")
    page = client.get(url)
    form = page.context["form"]
    sent = written(place_of=form.initial["place_of"]) | {"slip": form.initial["slip"]}

    client.post(url, sent)
    client.post(url, sent)

    assert HouseEvent.objects.filter(title="Sommerfest").count() == 1


def test_nobody_publishes_what_they_have_not_looked_at(cast):
    seen = cast.outing.edited_at
    actions.edit(cast.outing, by=cast.mette, title="Another outing")

    with pytest.raises(actions.ChangedMeanwhile):
        actions.publish(cast.outing, as_of=seen, by=cast.karen)


def details(event, **change):
    names = ("home", "department", "for_relatives", "for_residents", "title", "text")
    names += ("place", "starts_at", "ends_at")
    return {name: getattr(event, name) for name in names} | change


def test_a_correction_takes_its_place_and_both_stay(cast, sign_in):
    event = cast.festival
    later = event.starts_at + A_DAY
    draft = actions.draft(
        uuid=UserFactory().uuid,
        corrects=event,
        by=cast.karen,
        **details(event, starts_at=later, ends_at=later + A_DAY / 24),
    )
    assert titles(cast.anna) >= {"Festival"}
    with pytest.raises(actions.ChangedMeanwhile):
        actions.draft(
            uuid=UserFactory().uuid, corrects=event, by=cast.karen, **details(event)
        )

    actions.publish(draft, as_of=draft.edited_at, by=cast.karen)

    event.refresh_from_db()
    assert event.replaced_at
    found = HouseEvent.objects.told_to(cast.anna).get(title="Festival")
    assert (found.address, found.sequence, found.starts_at) == (
        event.address,
        1,
        later,
    )
    page = sign_in(cast.karen).get(reverse("news:event", args=[event.address]))
    assert list(page.context["earlier"]) == [event]
    page = sign_in(cast.anna).get(reverse("news:event", args=[event.address]))
    assert list(page.context["earlier"]) == []


def test_what_is_called_off_stays_with_the_reason(cast, sign_in):
    url = reverse("news:event-call-off", args=[cast.festival.address])

    sign_in(cast.karen).post(url, {"reason": "Too much rain."})
    sign_in(cast.karen).post(url, {"reason": "Another reason."})

    page = sign_in(cast.anna).get(reverse("news:event", args=[cast.festival.address]))
    assert "Too much rain." in page.content.decode()
    found = HouseEvent.objects.get(pk=cast.festival.pk)
    assert (found.recall_reason, found.sequence) == ("Too much rain.", 1)


def test_a_correction_of_what_was_called_off_meanwhile_is_not_published(cast):
    draft = actions.draft(
        uuid=UserFactory().uuid,
        corrects=cast.festival,
        by=cast.karen,
        **details(cast.festival, title="A better festival"),
    )
    actions.call_off(cast.festival, reason="Rain.", by=cast.karen)

    with pytest.raises(actions.ChangedMeanwhile):
        actions.publish(draft, as_of=draft.edited_at, by=cast.karen)
    assert "A better festival" not in titles(cast.anna)


def test_what_is_over_is_in_the_archive(cast, sign_in):
    HouseEventFactory(
        home=cast.solgaarden, title="Last year's", starts_at=clock.now() - 30 * A_DAY
    )
    HouseEventFactory(
        home=cast.solgaarden,
        title="Still on",
        starts_at=clock.now() - A_DAY,
        ends_at=clock.now() + A_DAY,
    )
    client = sign_in(cast.anna)

    coming = client.get(reverse("news:events")).content.decode()
    past = client.get(reverse("news:events-past")).content.decode()

    assert ("Still on" in coming, "Still on" in past) == (True, False)
    assert ("Last year" in coming, "Last year" in past) == (False, True)
    assert client.get(reverse("news:events-past") + "?page=x\x00").status_code == 200


def test_a_day_reads_as_a_dane_writes_it():
    starts = dt.datetime(2027, 6, 12, 12, tzinfo=dt.UTC)
    event = HouseEvent(starts_at=starts, ends_at=starts + dt.timedelta(hours=3))

    said = rows.when(event).replace("\xa0", " ")
    assert said == "12. juni 2027 kl. 14.00 – 17.00"
    event.ends_at += A_DAY
    said = rows.when(event).replace("\xa0", " ")
    assert said == "12. juni 2027 kl. 14.00 – 13. juni 2027 kl. 17.00"


def one_of(event):
    [found] = Calendar.from_ical(files.file_of(event)).walk("VEVENT")
    return found


@pytest.mark.parametrize(
    ("day", "offset"), [((2027, 3, 27), 1), ((2027, 3, 28), 2), ((2027, 10, 31), 1)]
)
def test_the_hour_is_right_on_either_side_of_summer_time(cast, day, offset):
    noon = dt.datetime(*day, 14, tzinfo=clock.DENMARK)
    event = HouseEventFactory(home=cast.solgaarden, starts_at=noon)

    found = one_of(event)

    assert found["dtstart"].dt == noon
    assert found["dtstart"].dt.utcoffset() == dt.timedelta(hours=offset)
    text = files.file_of(event).decode()
    assert "DTSTART;TZID=Europe/Copenhagen:" in text
    assert text.count("BEGIN:VTIMEZONE") == 1


def test_a_title_is_a_title_whatever_stands_in_it(cast):
    event = HouseEventFactory(
        home=cast.solgaarden,
        title="A\r\nBEGIN:VEVENT\r\nSUMMARY:B; c, d\\n",
        place="E\nATTENDEE:mailto:x@example.com",
        text="F\r\rEND:VCALENDAR\r\n" + "æ" * 500,
    )

    content = files.file_of(event)

    found = one_of(event)
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 1
    assert "attendee" not in found
    assert b"\nBEGIN:VEVENT\r\nSUMMARY:B" not in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_the_file_of_one_event(cast, sign_in):
    url = reverse("news:event-file", args=[cast.festival.address])
    response = sign_in(cast.anna).get(url)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="event.ics"'
    assert response["Cache-Control"] == "no-store, private"
    [found] = Calendar.from_ical(response.content).walk("VEVENT")
    assert str(found["uid"]).startswith(str(cast.festival.address))


@pytest.mark.parametrize("page", ["news:events", "news:events-past", "home"])
def test_a_list_asks_as_much_for_one_as_for_many(cast, sign_in, page):
    client = sign_in(cast.anna)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(page))
        return len(queries)

    def one_more():
        for away in (1, -30):
            HouseEventFactory(
                home=cast.solgaarden,
                department=cast.aakanden,
                starts_at=clock.now() + away * A_DAY,
            )

    one_more()
    asked()
    one = asked()
    one_more()
    one_more()

    assert asked() == one
