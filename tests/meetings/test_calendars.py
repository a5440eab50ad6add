"""What a meeting looks like in calendars that are not ours, and what the mails say."""

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from consent import actions as consents
from meetings import calendars
from meetings.actions import meetings as actions
from meetings.models import Meeting
from portal import clock, mail
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import MeetingFactory
from tests.letters import gathered, words_of

A_DAY = dt.timedelta(days=1)


@pytest.fixture
def accepted(cast):
    return tell(cast.annas, Topic.MEETINGS, action="take_part", by=cast.mette)


@pytest.fixture
def meeting(cast, accepted):
    """A summer's day; Anna is invited, and Mette."""
    meeting = MeetingFactory(
        resident=cast.bo,
        chair=cast.karen,
        status="planned",
        invited_at=None,
        planned_at=dt.datetime(2027, 7, 1, 12, tzinfo=dt.UTC),
        place="Café Æ; the hall, upstairs\nthen left",
        theme="Bo's leg",
        online_link="https://video.example/bo",
    )
    meeting.participants.create(
        relation=cast.annas, consent=accepted, accepted_on=clock.today()
    )
    meeting.participants.create(user=cast.mette, role="Care worker")
    return meeting


def event(content):
    [found] = Calendar.from_ical(content).walk("VEVENT")
    return found


def moved(meeting, **change):
    details = {
        name: getattr(meeting, name)
        for name in ("kind", "planned_at", "planned_minutes", "place", "online_link")
    }
    return actions.move(meeting, by=meeting.chair, **details | change)


def test_the_file_holds_the_hour_and_the_place(meeting):
    content = calendars.file_of(meeting)

    found = event(content)
    assert found.decoded("dtstart") == meeting.planned_at
    assert found.decoded("dtend") == meeting.planned_at + dt.timedelta(hours=1)
    assert str(found["location"]) == meeting.place
    assert str(found["uid"]).startswith(str(meeting.uuid))
    assert b"METHOD:PUBLISH\r\n" in content
    assert b"\\; the hall\\, upstairs\\nthen left" in content.replace(b"\r\n ", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_it_names_nobody_and_says_nothing_of_what_it_is_about(cast, meeting):
    for to in (None, cast.anna):
        text = calendars.file_of(meeting, method="REQUEST", to=to).decode()
        text = text.replace("\r\n ", "")
        for secret in ("leg", "video.example", "Karen", "Mette", "Rikke", "Jens"):
            assert secret not in text
        for name in (cast.bo.given_name, cast.bo.family_name):
            assert f"{name} " not in text
            assert f"{name}'" not in text
        for other in (cast.mette, cast.karen, cast.jens, cast.bos):
            assert other.email not in text
        assert (cast.anna.email in text) is (to == cast.anna)


@pytest.mark.parametrize(
    ("place", "stands"),
    [("Bo's flat", ""), ("Bos lejlighed", ""), ("Hos BO", ""), ("Bordet", "Bordet")],
)
def test_a_place_that_names_the_resident_stays_at_home(meeting, place, stands):
    meeting.place = place

    assert str(event(calendars.file_of(meeting)).get("location", "")) == stands


def test_each_change_has_the_next_number_and_the_same_uid(cast, meeting):
    first = event(calendars.file_of(meeting))
    meeting = moved(meeting, planned_at=meeting.planned_at + A_DAY)
    second = event(calendars.file_of(meeting))
    meeting = actions.cancel(meeting, why="Snow", by=cast.karen)
    third = event(calendars.file_of(meeting, method="CANCEL"))

    assert [int(one["sequence"]) for one in (first, second, third)] == [0, 1, 2]
    assert len({str(one["uid"]) for one in (first, second, third)}) == 1
    assert str(third["status"]) == "CANCELLED"
    assert "Snow" not in calendars.file_of(meeting).decode()


@pytest.mark.parametrize(
    ("utc", "wall"),
    [("2027-03-28T00:30", "01:30"), ("2027-03-28T01:30", "03:30")],
)
def test_both_sides_of_summer_time_are_one_instant(meeting, utc, wall):
    meeting.planned_at = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)

    starts = event(calendars.file_of(meeting)).decoded("dtstart")

    assert f"{starts.astimezone(clock.DENMARK):%H:%M}" == wall


def test_it_is_fetched_from_the_page_by_those_who_may(cast, meeting, accepted, sign_in):
    path = reverse("meetings:meeting-calendar", args=[meeting.uuid])
    assert sign_in(cast.anna).get(path).status_code == 404
    actions.invite(meeting, by=cast.mette)

    answer = sign_in(cast.anna).get(path)

    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert 'filename="meeting.ics"' in answer.headers["Content-Disposition"]
    assert event(answer.content)
    consents.withdraw(accepted, by=cast.mette)
    assert sign_in(cast.anna).get(path).status_code == 404


# Mail


def mailed():
    return {(message.template, message.to.name): message for message in gathered()}


def test_each_is_mailed_once_for_each_change(cast, meeting):
    moved(meeting, place="Elsewhere")
    assert mailed() == {}
    for _press in range(2):
        actions.invite(meeting, by=cast.mette)
    everybody = {"Anna", "Bo", "Karen", "Mette"}
    assert set(mailed()) == {("meeting-invitation", name) for name in everybody}
    assert gathered().count() == 4

    moved(meeting, place="The garden")
    actions.cancel(meeting, why="Snow", by=cast.karen)

    assert gathered().count() == 12


def test_what_was_overtaken_is_not_sent(cast, meeting):
    actions.invite(meeting, by=cast.mette)
    moved(meeting, place="The garden")
    sent = mailed()
    assert mail.compose(sent["meeting-invitation", "Anna"]) is None
    assert mail.compose(sent["meeting-moved", "Anna"])

    actions.cancel(meeting, why="Snow", by=cast.karen)

    assert mail.compose(sent["meeting-moved", "Anna"]) is None
    assert mail.compose(mailed()["meeting-cancelled", "Anna"])


@pytest.mark.parametrize("ends", ["consent", "relation", "taken off"])
def test_consent_is_asked_again_when_the_mail_leaves(cast, meeting, accepted, ends):
    actions.invite(meeting, by=cast.mette)
    message = mailed()["meeting-invitation", "Anna"]
    assert mail.compose(message)

    if ends == "consent":
        consents.withdraw(accepted, by=cast.mette)
    elif ends == "relation":
        type(cast.annas).objects.filter(pk=cast.annas.pk).update(
            ended_at=clock.now(), ended_by=cast.karen
        )
    else:
        meeting.participants.all().delete()

    assert mail.compose(message) is None


def test_a_mail_tells_nothing_and_carries_its_own_file(cast, meeting):
    actions.invite(meeting, by=cast.mette)
    for name, user in (("Anna", cast.anna), ("Mette", cast.mette), ("Bo", cast.bos)):
        letter = mail.compose(mailed()["meeting-invitation", name])
        said = words_of(letter)
        for word in ("Holm", "leg", "Café", "Rikke", "status"):
            assert word not in said
        # Twice: for programs that read it, and to be opened by hand.
        content, kind = letter.alternatives[0]
        assert kind == "text/calendar; method=REQUEST"
        assert f"mailto:{user.email}" in content.replace("\r\n ", "")
        raw = letter.message().as_string()
        assert raw.count('method="REQUEST"') == 2
        assert "meeting.ics" in raw


def test_a_meeting_for_many_is_mailed_to_everybody_of_the_place(cast):
    actions.invite(cast.gathering, by=cast.karen)

    assert {name for _template, name in mailed()} == {
        "Anna",
        "Bo",
        "Jens",
        "Karen",
        "Rikke",
    }
    Meeting.objects.filter(pk=cast.gathering.pk).update(department=cast.bakken)
    assert mail.compose(mailed()["meeting-invitation", "Jens"]) is None
    assert mail.compose(mailed()["meeting-invitation", "Anna"])
