"""Meetings beside the move-in conversation: who is invited, what each reads, what is kept."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _

from consent import actions as consents
from meetings.actions import meetings as actions
from meetings.actions import minutes
from meetings.models import AgendaItem, Meeting, MeetingReply, Minutes
from portal import clock, drafts
from residents.models import AccessEvent
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import (
    AgendaItemFactory,
    GatheringFactory,
    MeetingFactory,
    MinutesFactory,
)
from tests.plain import HARDEST, lix, prose

A_DAY = dt.timedelta(days=1)
Status = AgendaItem.Status


def sent(user, **fields):
    return {"slip": drafts.new_slip(user), **fields}


def at(page, row):
    return reverse(f"meetings:{page}", args=[row.uuid])


def planned(**fields):
    day = clock.today() + 7 * A_DAY
    return {
        "kind": "status",
        "day": day.isoformat(),
        "time": "14:00",
        "planned_minutes": "60",
        "place": "The kitchen",
        "involvement": "involve",
        **fields,
    }


@pytest.fixture
def accepted(cast):
    """Bo has Anna at all his meetings."""
    return tell(cast.annas, Topic.MEETINGS, action="take_part", by=cast.mette)


@pytest.fixture
def meeting(cast, accepted):
    """Next week, about Bo. Anna is invited; Jens and Tim are not."""
    meeting = MeetingFactory(
        resident=cast.bo,
        chair=cast.karen,
        status="planned",
        planned_at=clock.now() + 7 * A_DAY,
    )
    meeting.participants.create(
        relation=cast.annas, consent=accepted, accepted_on=clock.today()
    )
    return meeting


def test_staff_plan_it_choose_who_takes_part_and_invite(cast, accepted, sign_in):
    client = sign_in(cast.mette)
    form = sent(
        cast.mette, **planned(chair=cast.karen.uuid, minute_taker=cast.mette.uuid)
    )
    path = reverse("meetings:meeting-plan", args=[cast.bo.uuid])

    for _press in range(2):
        assert client.post(path, form).status_code == 302

    meeting = Meeting.objects.get(place="The kitchen")
    chosen = sent(cast.mette, **{f"r-{cast.annas.uuid}": "on"})
    client.post(at("meeting-participants", meeting), chosen)
    assert meeting.participants.get().consent == accepted
    assert sign_in(cast.anna).get(at("my-meeting", meeting)).status_code == 404
    sign_in(cast.mette).post(at("meeting-invite", meeting))
    page = sign_in(cast.anna).get(at("my-meeting", meeting))
    assert page.status_code == 200
    assert at("my-meeting", meeting) in sign_in(cast.anna).get("/").content.decode()


@pytest.mark.parametrize("person", ["jens", "tim", "ole", "root", "liv", "vera"])
def test_for_those_who_are_not_invited_there_is_no_such_meeting(
    cast, meeting, sign_in, person
):
    client = sign_in(getattr(cast, person))

    for page in ("my-meeting", "meeting-calendar", "my-meeting-suggest", "meeting"):
        assert client.get(at(page, meeting)).status_code == 404
    assert client.post(at("my-meeting-answer", meeting)).status_code == 404
    assert at("my-meeting", meeting) not in client.get("/").content.decode()


@pytest.mark.parametrize("ends", ["consent", "relation", "taken off"])
def test_what_opened_it_closes_it_at_once(cast, meeting, accepted, sign_in, ends):
    client = sign_in(cast.anna)
    assert client.get(at("my-meeting", meeting)).status_code == 200

    if ends == "consent":
        consents.withdraw(accepted, by=cast.mette)
    elif ends == "relation":
        type(cast.annas).objects.filter(pk=cast.annas.pk).update(
            ended_at=clock.now(), ended_by=cast.karen
        )
    else:
        meeting.participants.all().delete()

    for page in ("my-meeting", "meeting-calendar"):
        assert client.get(at(page, meeting)).status_code == 404
    assert client.post(at("my-meeting-answer", meeting)).status_code == 404
    assert not MeetingReply.objects.exists()


def test_a_yes_to_one_meeting_opens_no_other(cast, sign_in):
    other = MeetingFactory(resident=cast.bo, chair=cast.karen)
    # She was invited by a consent that has been taken back since.
    gone = tell(cast.rikkes, Topic.MEETINGS, action="take_part", by=cast.mette)
    other.participants.create(
        relation=cast.rikkes, consent=gone, accepted_on=clock.today()
    )
    assert sign_in(cast.rikke).get(at("my-meeting", other)).status_code == 200
    consents.withdraw(gone, by=cast.mette)

    assert sign_in(cast.rikke).get(at("my-meeting", cast.meeting)).status_code == 200
    assert sign_in(cast.rikke).get(at("my-meeting", other)).status_code == 404
    tell(cast.rikkes, Topic.MEETINGS, action="take_part", answer="no", by=cast.mette)
    assert sign_in(cast.rikke).get(at("my-meeting", cast.meeting)).status_code == 404


def test_each_reads_the_points_that_are_open_to_them(cast, sign_in):
    seen = AgendaItem.objects.filter(meeting=cast.meeting).visible_to
    everything = {cast.point, cast.health_point, cast.police_point}

    assert set(seen(cast.rikke)) == {cast.point, cast.health_point}
    assert set(seen(cast.bos)) == set(seen(cast.mette)) == everything
    assert not seen(cast.anna)
    assert not seen(cast.tim)
    page = sign_in(cast.rikke).get(at("my-meeting", cast.meeting)).content.decode()
    for item in everything:
        shown = item != cast.police_point
        assert (item.title in page, item.minutes.text in page) == (shown, shown)


def test_minutes_are_read_when_the_meeting_is_over_and_not_before(cast, sign_in):
    Meeting.objects.filter(pk=cast.meeting.pk).update(status="planned", held_at=None)

    page = sign_in(cast.rikke).get(at("my-meeting", cast.meeting)).content.decode()

    assert cast.point.title in page
    assert cast.point.minutes.text not in page


def test_a_suggestion_is_between_its_writer_and_the_staff_until_it_is_on(
    cast, meeting, sign_in
):
    meeting.participants.create(relation=cast.rikkes, accepted_on=clock.today())
    form = sent(cast.anna, title="Who washes up?")
    for _press in range(2):
        sign_in(cast.anna).post(at("my-meeting-suggest", meeting), form)
    item = meeting.items.get()
    assert (item.status, item.relation) == (Status.SUGGESTED, cast.annas)

    def read_by(person):
        return (
            item.title
            in sign_in(person).get(at("my-meeting", meeting)).content.decode()
        )

    assert read_by(cast.anna)
    assert read_by(cast.bos)
    assert not read_by(cast.rikke)
    changed = sent(cast.mette, topic="economy", number="1", title="Their words")
    assert sign_in(cast.mette).post(at("item", item), changed).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.status, item.topic) == ("Who washes up?", "on", "economy")
    assert read_by(cast.rikke)
    changed = sent(cast.mette, topic="offences", number="1")
    sign_in(cast.mette).post(at("item", item), changed)
    minutes.write(item, seen=0, text="About the police", decided="", by=cast.mette)
    Meeting.objects.filter(pk=meeting.pk).update(
        status="held", held_at=clock.now(), participation="whole"
    )
    # Her words are hers; what came of them is on a topic that she does not hear of.
    assert read_by(cast.anna)
    assert not read_by(cast.rikke)
    annas = sign_in(cast.anna).get(at("my-meeting", meeting)).content.decode()
    assert "About the police" not in annas
    page = sign_in(cast.rikke).get(at("my-meeting", meeting)).content.decode()
    assert "Anna" not in page


def test_a_suggestion_is_answered_when_it_is_not_taken_up(cast, meeting, sign_in):
    item = minutes.suggest(
        meeting,
        title="The dog",
        uuid=cast.hope.uuid,
        by=cast.anna,
        relation=cast.annas,
    )

    form = sent(cast.mette, topic="none", number="1", left_out_why="Next time")
    sign_in(cast.mette).post(at("item", item), form)

    assert (
        "Next time"
        in sign_in(cast.anna).get(at("my-meeting", meeting)).content.decode()
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(left_out_why="")


def test_they_say_whether_they_come_and_only_staff_read_it(cast, meeting, sign_in):
    meeting.participants.create(relation=cast.rikkes, accepted_on=clock.today())
    for coming in ("no", "yes", "yes"):
        sign_in(cast.anna).post(at("my-meeting-answer", meeting), {"coming": coming})
    sign_in(cast.bos).post(at("my-meeting-answer", meeting), {"coming": "no"})
    sign_in(cast.bos).post(at("my-meeting-answer", meeting), {"coming": "\x00"})

    answers = {(r.who, r.coming) for r in MeetingReply.objects.all()}
    assert answers == {(str(cast.annas.relative), True), (str(cast.bo), False)}
    seen = MeetingReply.objects.at_work_of
    assert (seen(cast.mette).count(), seen(cast.rikke).count()) == (2, 0)
    rikkes = sign_in(cast.rikke).get(at("my-meeting", meeting)).content.decode()
    assert "Anna" not in rikkes


def test_a_meeting_that_is_moved_is_asked_about_again(cast, meeting, sign_in):
    actions.answer(meeting, coming=True, relation=cast.annas, by=cast.anna)
    details = {
        name: getattr(meeting, name)
        for name in ("kind", "planned_at", "planned_minutes", "place", "online_link")
    }

    actions.move(meeting, by=cast.mette, **details | {"theme": "The garden"})
    meeting.refresh_from_db()
    assert meeting.sequence == 0
    actions.move(
        meeting, by=cast.mette, **details | {"planned_at": clock.now() + 9 * A_DAY}
    )

    meeting.refresh_from_db()
    assert meeting.sequence == 1
    page = sign_in(cast.mette).get(at("meeting", meeting))
    assert page.context["replies"] == []
    assert sign_in(cast.anna).get(at("my-meeting", meeting)).context["reply"] is None


def test_what_is_over_is_neither_moved_nor_answered(cast, sign_in):
    with pytest.raises(actions.NotPlanned):
        actions.invite(cast.meeting, by=cast.mette)
    with pytest.raises(actions.NotPlanned):
        actions.cancel(cast.meeting, why="Snow", by=cast.mette)
    client = sign_in(cast.rikke)
    answered = client.post(at("my-meeting-answer", cast.meeting), {"coming": "yes"})
    assert answered.status_code == 302
    assert not MeetingReply.objects.exists()
    assert client.get(at("my-meeting-suggest", cast.meeting)).status_code == 403
    with pytest.raises(actions.NotPlanned):
        minutes.suggest(cast.meeting, title="x", uuid=cast.hope.uuid, by=cast.rikke)


@pytest.mark.parametrize("page", ["meeting-invite", "meeting-cancel", "meeting-move"])
def test_whoever_comes_second_is_told_and_led_back(cast, sign_in, monkeypatch, page):
    # Both had the page open while it was still to come.
    monkeypatch.setattr("meetings.policy.can_change", lambda user, meeting: True)
    form = sent(cast.karen, why="Snow", **planned(chair=cast.karen.uuid))
    form["minute_taker"] = cast.karen.uuid

    answer = sign_in(cast.karen).post(at(page, cast.meeting), form, follow=True)

    assert answer.redirect_chain[-1] == (at("meeting", cast.meeting), 302)
    assert _("The meeting has been held or called off meanwhile.") in (
        answer.content.decode()
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": "2027-03-28", "time": "02:30"}, "time"),
        ({"day": "2020-01-01"}, "day"),
        ({"day": "0001-01-01"}, "day"),
        ({"day": "2027-02-30"}, "day"),
        ({"online_link": "http://video.example"}, "online_link"),
        ({"online_link": "javascript:alert(1)"}, "online_link"),
        ({"interpreter": "Sara, Arabic"}, "interpreter_is_adult"),
        ({"minute_taker": ""}, "minute_taker"),
        ({"planned_minutes": "4"}, "planned_minutes"),
        ({"kind": "parents"}, "kind"),
        ({"place": "\x00"}, "place"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(cast, sign_in, wrong, field):
    fields = planned(chair=cast.karen.uuid, minute_taker=cast.karen.uuid) | wrong
    path = reverse("meetings:meeting-plan", args=[cast.bo.uuid])

    answer = sign_in(cast.mette).post(path, sent(cast.mette, **fields))

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert "The kitchen" in answer.content.decode() or field == "place"
    assert not Meeting.objects.filter(place="The kitchen").exists()


def test_an_interpreter_is_never_a_child(cast, meeting, sign_in):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(
            interpreter="Sara", interpreter_is_adult=False
        )
    child = cast.annas.relative
    child.born_on = clock.today() - 3_000 * A_DAY
    child.save()

    form = sent(cast.mette, others=f"{child}, {_('interpreter').title()} (Arabic)")
    answer = sign_in(cast.mette).post(at("meeting-participants", meeting), form)

    assert "others" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"resident": None}, "a_meeting_is_about_one_resident_or_for_a_home"),
        ({"kind": "parents"}, "a_meeting_is_of_a_kind_that_fits_whom_it_is_for"),
        ({"status": "cancelled"}, "a_cancelled_meeting_has_a_reason"),
        ({"held_at": None}, "a_held_meeting_says_when"),
        ({"participation": "none"}, "a_resident_away_from_a_meeting_has_a_reason"),
        ({"planned_minutes": 0}, "a_meeting_lasts_from_five_minutes_to_a_day"),
    ],
)
def test_the_database_keeps_what_a_meeting_is(cast, change, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Meeting.objects.filter(pk=cast.meeting.pk).update(**change)


def finished(sign_in, person, meeting, **more):
    when = clock.now().astimezone(clock.DENMARK) - dt.timedelta(hours=2)
    form = {
        "day": when.date().isoformat(),
        "time": f"{when:%H:%M}",
        "minutes": "45",
        "participation": "whole",
        **{f"p-{one.pk}": "came" for one in meeting.participants.all()},
        **more,
    }
    return sign_in(person).post(at("meeting-finish", meeting), sent(person, **form))


def test_a_formal_meeting_is_over_when_there_are_minutes(cast, meeting, sign_in):
    assert finished(sign_in, cast.karen, meeting).status_code == 200
    item = AgendaItemFactory(meeting=meeting)
    assert finished(sign_in, cast.karen, meeting).context["missing"] == [item]
    written = sent(cast.karen, seen="0", text="We agreed to go on", decided="")
    sign_in(cast.karen).post(at("minutes", item), written)

    assert finished(sign_in, cast.karen, meeting).status_code == 302

    meeting.refresh_from_db()
    assert (meeting.status, meeting.minutes) == ("held", 45)
    told = AccessEvent.objects.get(way="meeting", items={"meeting": [meeting.pk]})
    assert (told.relation_id, told.resident_id) == (cast.annas.pk, cast.bo.pk)
    page = sign_in(cast.anna).get(at("my-meeting", meeting)).content.decode()
    assert "We agreed to go on" in page


def test_an_informal_meeting_needs_no_minutes(cast, meeting, sign_in):
    Meeting.objects.filter(pk=meeting.pk).update(kind="dialogue")

    assert finished(sign_in, cast.karen, meeting).status_code == 302


def test_who_came_without_a_yes_is_pointed_out(
    cast, meeting, accepted, sign_in, move_clock
):
    Meeting.objects.filter(pk=meeting.pk).update(kind="dialogue")
    consents.withdraw(accepted, by=cast.mette)
    move_clock(clock.now() + A_DAY)

    answer = finished(sign_in, cast.karen, meeting)

    page = answer.client.get(at("meeting", meeting)).content.decode()
    assert not AccessEvent.objects.filter(way="meeting").exists()
    assert reverse("consent:disclosure-record", args=[cast.bo.uuid]) in page


def test_minutes_are_corrected_beside_what_was_written(cast, sign_in):
    item, client = cast.point, sign_in(cast.mette)
    before = item.minutes
    form = {"seen": "1", "text": "It was not so", "decided": "Nothing"}
    assert client.post(at("minutes", item), sent(cast.mette, **form)).status_code == 200
    reason = {"correction_reason": "The name was wrong"}
    corrected = client.post(at("minutes", item), sent(cast.mette, **form, **reason))

    assert corrected.status_code == 302
    assert [said.version for said in item.said.all()] == [1, 2]
    mettes = client.get(at("meeting", cast.meeting)).content.decode()
    rikkes = sign_in(cast.rikke).get(at("my-meeting", cast.meeting)).content.decode()
    for text in ("It was not so", "The name was wrong"):
        assert text in mettes
        assert text in rikkes
    assert before.text in mettes
    assert before.text not in rikkes
    with pytest.raises(IntegrityError), transaction.atomic():
        Minutes.objects.filter(pk=before.pk).update(text="Never said")
    with pytest.raises(IntegrityError), transaction.atomic():
        before.delete()


def test_two_who_write_at_once_lose_nothing(cast, meeting, sign_in):
    item = AgendaItemFactory(meeting=meeting)
    for person, text, status in (
        (cast.mette, "Mette's words", 302),
        (cast.karen, "Karen's words", 409),
    ):
        form = sent(person, seen="0", text=text, decided="")
        answer = sign_in(person).post(at("minutes", item), form)
        assert answer.status_code == status
    page = answer.content.decode()
    assert "Mette&#x27;s words" in page
    assert "Karen&#x27;s words" in page
    assert answer.context["form"].data["seen"] == 1
    minutes.write(item, seen=1, text="Mette's words", decided="", by=cast.karen)
    assert item.said.count() == 1


def test_agenda_points_keep_their_order(cast, meeting):
    for title, number in (("First", 1), ("Third", 9), ("Second", 2)):
        minutes.add_item(
            meeting,
            title=title,
            topic="",
            number=number,
            uuid=f"00000000-0000-4000-8000-00000000000{number}",
            by=cast.mette,
        )

    titles = meeting.items.values_list("number", "title")
    assert list(titles) == [(1, "First"), (2, "Second"), (3, "Third")]


def test_an_agreement_comes_out_of_it(cast, sign_in):
    form = sent(cast.mette, topic="daily", text="Walks on Sunday", responsible="staff")
    sign_in(cast.mette).post(at("meeting-agreement", cast.meeting), form)

    [made] = cast.meeting.agreements_made.all()
    assert made.agreement.text == "Walks on Sunday"
    page = sign_in(cast.mette).get(at("meeting", cast.meeting)).content.decode()
    assert "Walks on Sunday" in page


# For many


@pytest.mark.parametrize(
    ("whole_home", "invited"),
    [
        (False, {"bos", "anna", "jens", "rikke"}),
        (True, {"bos", "anna", "jens", "rikke"}),
    ],
)
def test_to_a_meeting_for_many_everybody_of_the_place_is_invited(
    cast, sign_in, whole_home, invited
):
    gathering = GatheringFactory(department=cast.aakanden, chair=cast.karen)
    if whole_home:
        Meeting.objects.filter(pk=gathering.pk).update(department=None)

    people = ("bos", "anna", "jens", "rikke", "ole", "root", "vera", "liv")
    came = {
        person
        for person in people
        if Meeting.objects.for_guest(getattr(cast, person)).filter(pk=gathering.pk)
    }

    assert came == invited
    assert Meeting.objects.at_work_of(cast.tim).filter(pk=gathering.pk).exists() is (
        whole_home
    )


def test_nobody_learns_who_else_is_invited_to_a_meeting_for_many(cast, sign_in):
    for person in (cast.anna, cast.jens):
        sign_in(person).post(at("my-meeting-answer", cast.gathering), {"coming": "yes"})

    page = sign_in(cast.jens).get(at("my-meeting", cast.gathering)).content.decode()
    staff = sign_in(cast.mette).get(at("meeting", cast.gathering)).content.decode()

    assert "Anna" not in page
    assert "Rikke" not in page
    assert str(cast.bo) not in page
    assert str(cast.annas.relative) in staff
    assert str(cast.jenss.relative) in staff


def test_it_is_planned_and_finished_by_those_who_manage_the_place(cast, sign_in):
    form = planned(kind="information", chair=cast.karen.uuid, minute_taker="")
    form = sent(cast.karen, for_whom=cast.aakanden.uuid, theme="The new bus", **form)
    answer = sign_in(cast.karen).post(reverse("meetings:meeting-for-many"), form)
    meeting = Meeting.objects.get(theme="The new bus")
    assert answer.url == at("meeting", meeting)
    assert (meeting.home, meeting.department) == (cast.solgaarden, cast.aakanden)

    finished(sign_in, cast.karen, meeting, guests="12")

    meeting.refresh_from_db()
    assert (meeting.status, meeting.guests) == ("held", 12)
    assert not AccessEvent.objects.filter(way="meeting").exists()


def test_somebody_elses_place_is_not_to_be_chosen(cast, sign_in):
    form = planned(kind="information", chair=cast.karen.uuid)
    form = sent(cast.karen, for_whom=cast.bakken.uuid, **form)

    answer = sign_in(cast.karen).post(reverse("meetings:meeting-for-many"), form)

    assert "for_whom" in answer.context["form"].errors


def test_what_was_called_off_is_not_among_what_was_held(cast, sign_in):
    held = MeetingFactory(resident=cast.bo, status="held", held_at=clock.now())
    off = MeetingFactory(resident=cast.bo, status="cancelled", cancelled_why="Sygdom")
    for user in (cast.bos, cast.rikke):
        for meeting in (held, off):
            meeting.participants.get_or_create(
                relation=cast.rikkes, defaults={"accepted_on": clock.today()}
            )
        page = sign_in(user).get(reverse("meetings:my-meetings")).context

        assert off in page["called_off"]
        assert held in page["past"]
        assert off not in page["past"] + page["planned"]


# What it costs, and how it reads


@pytest.mark.parametrize("person", ["mette", "rikke", "bos"])
def test_lists_and_pages_ask_the_same_for_one_and_for_three(cast, sign_in, person):
    user = getattr(cast, person)
    client, guest = sign_in(user), person != "mette"
    pages = [
        reverse("meetings:my-meetings" if guest else "meetings:meetings"),
        at("my-meeting" if guest else "meeting", cast.meeting),
        "/",
    ]
    counts = []
    for _more in range(2):
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(page).status_code == 200
            counts.append(len(asked))
        for _number in range(2):
            MinutesFactory(item__meeting=cast.meeting)
            more = MeetingFactory(resident=cast.bo, chair=cast.karen)
            more.participants.create(relation=cast.rikkes, accepted_on=clock.today())

    assert counts[: len(pages)] == counts[len(pages) :]
    # The start page's budget is in tests/test_speed.py.
    assert max(counts[:2]) <= 14


def test_the_words_are_easy(cast, meeting, sign_in, settings):
    settings.LANGUAGE_CODE = "da"
    pages = {
        "residents": [
            (cast.bos, at("my-meeting", meeting)),
            (cast.bos, "/my-meetings/"),
        ],
        "relatives": [
            (cast.anna, at("my-meeting", meeting)),
            (cast.anna, at("my-meeting-suggest", meeting)),
        ],
        "staff": [
            (cast.karen, at("meeting", meeting)),
            (cast.karen, reverse("meetings:meeting-for-many")),
            (cast.karen, at("item-add", meeting)),
        ],
    }
    for readers, found in pages.items():
        for person, path in found:
            texts = prose(sign_in(person).get(path).content.decode())
            if texts:
                assert lix(" ".join(texts)) <= HARDEST[readers], (path, texts)
