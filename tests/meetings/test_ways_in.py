"""Ways in that were found open once: each is closed, and whoever should get in still does."""

import datetime as dt
import uuid

import pytest
from dateutil.relativedelta import relativedelta
from django.http import HttpResponse
from django.urls import reverse

from consent import actions as consents
from consent.models import Consent, ConsentTalk
from meetings import calendars
from meetings.actions import handing, holding, planning, preparing, printing
from meetings.models import Conversation, Meeting, MeetingReply
from meetings.participants import acceptances
from portal import clock, drafts, drawing, refusals
from portal.models import Employment, User
from relatives.actions import agreements as agreed
from relatives.models import Relative, Representation
from residents.models import AccessEvent, Resident
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import (
    AgreementFactory,
    ConversationFactory,
    ExpectationFactory,
    MeetingFactory,
    PreparationFactory,
    RelationFactory,
    RepresentationFactory,
    ReviewFactory,
)

A_DAY = dt.timedelta(days=1)
A_MINUTE = dt.timedelta(minutes=1)


def sent(user, **fields):
    return {"slip": drafts.new_slip(user), **fields}


def at(page, row):
    return reverse(f"meetings:{page}", args=[row.uuid])


@pytest.fixture
def talk(cast):
    Conversation.objects.filter(pk=cast.talk.pk).update(
        status="declined", declined_by="resident", declined_why="Later"
    )
    return ConversationFactory(resident=cast.bo, chair=cast.karen, place="Køkkenet")


@pytest.mark.parametrize("how", ["topic", "since"])
def test_extract_tells_no_result_of_an_earlier_version_that_is_closed(
    cast, sign_in, how
):
    old = AgreementFactory(
        resident=cast.bo,
        topic="health" if how == "topic" else "daily",
        text="gammel",
        recorded_by=cast.mette,
    )
    holding.link_agreement(cast.talk, agreement=old, by=cast.mette)
    ReviewFactory(
        agreement=old, outcome="changed", why="blodord", recorded_by=cast.mette
    )
    since = clock.now()
    tell(
        cast.jenss,
        Topic.DAILY,
        by=cast.mette,
        **({"since": since} if how == "since" else {}),
    )
    new = agreed.change_agreement(
        old, uuid=uuid.uuid4(), topic="daily", text="ny tekst", by=cast.mette
    )
    page = sign_in(cast.jens).get(reverse("relatives:agreement", args=[new.uuid]))
    assert page.status_code == 200
    assert "blodord" not in page.content.decode()
    version = printing.print_record(cast.talk, by=cast.karen)
    out = handing.hand_to_relative(
        version, relation=cast.jenss, how="portal", uuid=uuid.uuid4(), by=cast.karen
    )
    text = str(list(out.items.values_list("content", flat=True)))
    assert "ny tekst" in text
    assert "blodord" not in text


@pytest.mark.parametrize("why", ["eighteen", "in error"])
def test_letter_by_law_closes_with_the_law(cast, talk, sign_in, why):
    born = clock.today() - dt.timedelta(days=365 * (16 if why == "in error" else 19))
    Resident.objects.filter(pk=cast.bo.pk).update(born_on=born)
    custody = RepresentationFactory(
        relation=cast.rikkes, kind="sole_custody", recorded_by=cast.karen
    )
    if why == "in error":
        Representation.objects.filter(pk=custody.pk).update(
            in_error_at=clock.now(), in_error_by=cast.karen, in_error_note="x"
        )
    talk.participants.create(relation=cast.rikkes, by_law=True)
    Relative.objects.filter(pk=cast.rikkes.relative_id).update(email="", user=None)
    path = reverse("meetings:letter", args=[talk.uuid, cast.rikkes.uuid])
    assert sign_in(cast.karen).get(path).status_code == 404


def test_custody_in_error_is_no_ground_to_invite(cast, talk):
    Resident.objects.filter(pk=cast.bo.pk).update(
        born_on=clock.today() - dt.timedelta(days=365 * 16)
    )
    custody = RepresentationFactory(
        relation=cast.rikkes, kind="sole_custody", recorded_by=cast.karen
    )
    Representation.objects.filter(pk=custody.pk).update(
        in_error_at=clock.now(), in_error_by=cast.karen, in_error_note="x"
    )
    cast.bo.refresh_from_db()
    [rikke] = [a for a in acceptances(cast.karen, cast.bo) if a.relation == cast.rikkes]
    assert not rikke.by_law


def test_who_came_against_a_no_is_pointed_out(cast, sign_in, move_clock):
    meeting = MeetingFactory(
        resident=cast.bo,
        kind="dialogue",
        chair=cast.karen,
        status="planned",
        planned_at=clock.now() + A_DAY,
        participation="",
    )
    meeting.participants.create(relation=cast.rikkes, accepted_on=clock.today())
    tell(cast.rikkes, Topic.MEETINGS, action="take_part", answer="no", by=cast.mette)
    move_clock(clock.now() + 2 * A_DAY)
    when = clock.now().astimezone(clock.DENMARK) - dt.timedelta(hours=2)
    person = meeting.participants.get()
    form = sent(
        cast.karen,
        day=when.date().isoformat(),
        time=f"{when:%H:%M}",
        minutes="45",
        participation="whole",
        **{f"p-{person.pk}": "came"},
    )
    answer = sign_in(cast.karen).post(at("meeting-finish", meeting), form)
    assert answer.status_code == 302
    page = answer.client.get(at("meeting", meeting)).content.decode()
    assert not AccessEvent.objects.filter(
        way="meeting", items={"meeting": [meeting.pk]}
    ).exists()
    assert reverse("consent:disclosure-record", args=[cast.bo.uuid]) in page


def test_a_resident_who_is_a_relative_answers_as_the_relative(cast, sign_in):
    relative = RelationFactory(
        resident=cast.ida,
        relative__given_name="Bo",
        relative__user=cast.bos,
        kind="brother",
    )
    meeting = MeetingFactory(
        resident=cast.ida,
        chair=cast.tim,
        status="planned",
        planned_at=clock.now() + A_DAY,
        participation="",
    )
    meeting.participants.create(relation=relative, accepted_on=clock.today())
    client = sign_in(cast.bos)
    page = client.get(at("my-meeting", meeting))
    assert page.status_code == 200
    client.post(at("my-meeting-answer", meeting), {"coming": "yes"})
    reply = MeetingReply.objects.get()
    assert reply.relation == relative
    assert MeetingReply.objects.at_work_of(cast.tim).exists()


def test_a_new_yes_to_this_meeting_lets_in_who_was_there_on_an_old_consent(
    cast, sign_in
):
    meeting = MeetingFactory(
        resident=cast.bo,
        chair=cast.karen,
        status="planned",
        planned_at=clock.now() + A_DAY,
        participation="",
    )
    old = tell(cast.annas, Topic.MEETINGS, action="take_part", by=cast.mette)
    meeting.participants.create(
        relation=cast.annas, consent=old, accepted_on=clock.today()
    )
    consents.withdraw(old, by=cast.mette)
    assert sign_in(cast.anna).get(at("my-meeting", meeting)).status_code == 404
    form = sent(
        cast.mette,
        **{
            f"r-{cast.annas.uuid}": "on",
            f"r-{cast.annas.uuid}-on": clock.today().isoformat(),
        },
    )
    assert (
        sign_in(cast.mette).post(at("meeting-participants", meeting), form).status_code
        == 302
    )
    assert sign_in(cast.anna).get(at("my-meeting", meeting)).status_code == 200


def test_who_was_taken_off_learns_no_new_day(cast, talk, sign_in, monkeypatch):
    tell(cast.annas, Topic.MEETINGS, action="take_part", by=cast.mette)
    preparation = PreparationFactory(
        conversation=talk, relation=cast.annas, written_by=cast.anna
    )
    planning.move(
        talk, by=cast.karen, planned_at=talk.planned_at, place="Hemmeligt sted"
    )
    seen = {}
    monkeypatch.setattr(
        drawing, "answer", lambda r, t, words, **k: seen.update(words) or HttpResponse()
    )
    path = reverse("meetings:prepared-paper", args=[preparation.uuid])
    assert sign_in(cast.anna).get(at("prepare", talk)).status_code == 404
    answer = sign_in(cast.anna).get(path)
    assert (answer.status_code, seen.get("place")) != (200, "Hemmeligt sted")


def test_no_calendar_names_a_resident_with_a_double_name(cast):
    Resident.objects.filter(pk=cast.bo.pk).update(given_name="Anne-Lise", called="")
    meeting = MeetingFactory(
        resident=Resident.objects.get(pk=cast.bo.pk), place="Anne Lises stue"
    )
    assert "Lise" not in calendars.file_of(meeting).decode()


def test_no_calendar_names_a_resident_in_other_letters(cast):
    Resident.objects.filter(pk=cast.bo.pk).update(given_name="\u00c5se", called="")
    meeting = MeetingFactory(
        resident=Resident.objects.get(pk=cast.bo.pk), place="A\u030ases stue"
    )
    assert "ses stue" not in calendars.file_of(meeting).decode()


def test_nobody_invites_themselves(cast, sign_in):
    mine = RelationFactory(
        resident=cast.bo, relative__given_name="Mette", relative__user=cast.mette
    )
    meeting = MeetingFactory(resident=cast.bo, chair=cast.karen)
    form = sent(
        cast.mette,
        **{f"r-{mine.uuid}": "on", f"r-{mine.uuid}-on": clock.today().isoformat()},
    )
    sign_in(cast.mette).post(at("meeting-participants", meeting), form)
    Employment.objects.filter(user=cast.mette).update(ends_on=clock.today() - A_DAY)
    mette = User.objects.get(pk=cast.mette.pk)
    assert sign_in(mette).get(at("my-meeting", meeting)).status_code == 404


def test_letter_on_a_consent_whose_giver_may_no_longer(cast, talk, sign_in):
    guardian = RepresentationFactory(
        relation=cast.jenss,
        kind="personal",
        topics=["meetings"],
        recorded_by=cast.karen,
    )
    given = tell(cast.rikkes, Topic.MEETINGS, action="take_part", by=cast.mette)
    with refusals.lifted():
        ConsentTalk.objects.filter(pk=given.talk_id).update(representation=guardian)
    talk.participants.create(
        relation=cast.rikkes, consent=given, accepted_on=clock.today()
    )
    Relative.objects.filter(pk=cast.rikkes.relative_id).update(email="", user=None)
    path = reverse("meetings:letter", args=[talk.uuid, cast.rikkes.uuid])
    assert sign_in(cast.karen).get(path).status_code == 200
    Representation.objects.filter(pk=guardian.pk).update(ends_on=clock.today() - A_DAY)
    assert not Consent.objects.in_force().filter(pk=given.pk).exists()
    assert sign_in(cast.karen).get(path).status_code == 404


def test_who_acts_by_law_reads_no_wish_in_an_extract(cast, sign_in):
    guardian = RelationFactory(resident=cast.bo, relative__given_name="Niels")
    RepresentationFactory(
        relation=guardian, kind="personal", topics=["meetings"], recorded_by=cast.karen
    )
    tell(cast.annas, Topic.MEETINGS, by=cast.mette)
    tell(cast.annas, Topic.MEETINGS, action="take_part", by=cast.mette)
    cast.talk.participants.create(
        relation=cast.annas, accepted_on=clock.today(), attendance="came"
    )
    ExpectationFactory(
        resident=cast.bo, relation=cast.annas, text="annasord", recorded_by=cast.anna
    )
    version = printing.print_record(cast.talk, by=cast.karen)
    out = handing.hand_to_relative(
        version, relation=cast.annas, how="portal", uuid=uuid.uuid4(), by=cast.karen
    )
    client = sign_in(guardian.relative.user)
    assert client.get(f"/as/{cast.annas.uuid}/my-expectations/").status_code == 404
    page = client.get(f"/as/{cast.annas.uuid}/extracts/{out.uuid}/")
    assert "annasord" not in page.content.decode(), page.status_code


def test_an_economic_guardian_learns_no_attendance(cast, sign_in):
    guardian = RelationFactory(resident=cast.bo, relative__given_name="Niels")
    RepresentationFactory(relation=guardian, kind="economic", recorded_by=cast.karen)
    cast.talk.participants.create(
        relation=cast.rikkes, accepted_on=clock.today(), attendance="apologies"
    )
    agreement = AgreementFactory(
        resident=cast.bo, topic="economy", text="penge", recorded_by=cast.mette
    )
    holding.link_agreement(cast.talk, agreement=agreement, by=cast.mette)
    version = printing.print_record(cast.talk, by=cast.karen)
    out = handing.hand_to_relative(
        version, relation=cast.rikkes, how="portal", uuid=uuid.uuid4(), by=cast.karen
    )
    page = sign_in(guardian.relative.user).get(
        f"/as/{cast.rikkes.uuid}/extracts/{out.uuid}/"
    )
    assert out.content["attendance"] not in page.content.decode()


def test_attendance_outlives_a_no(cast, sign_in):
    meeting = MeetingFactory(resident=cast.bo, chair=cast.karen)
    person = meeting.participants.create(
        relation=cast.annas, accepted_on=clock.today(), attendance="came"
    )
    tell(cast.annas, Topic.MEETINGS, action="take_part", answer="no", by=cast.mette)
    client = sign_in(cast.mette)
    path = at("meeting-participants", meeting)
    assert client.get(path).status_code == 200
    form = sent(cast.mette, others="Fatima Lund, caseworker")
    assert client.post(path, form).status_code == 302
    assert meeting.participants.filter(pk=person.pk).exists()


def test_a_reply_of_a_resident_is_in_the_ledger(cast, sign_in):
    MeetingReply.objects.create(
        meeting=cast.gathering,
        resident=cast.bo,
        coming=True,
        sequence=0,
        answered_by=cast.bos,
    )
    page = sign_in(cast.mette).get(at("meeting", cast.gathering)).content.decode()
    assert str(cast.bo) in page
    assert AccessEvent.objects.filter(resident=cast.bo, user=cast.mette).exists()


def test_what_the_resident_took_back_nobody_else_reads(cast, talk, sign_in):
    preparing.send(talk, relation=None, answers={"say": "bosord"}, by=cast.bos)
    sign_in(cast.bos).post(at("prepare-take-back", talk))

    page = sign_in(cast.mette).get(at("prepare-together", talk))

    assert page.status_code == 200
    assert "bosord" not in page.content.decode()


def test_the_resident_sees_wishes_as_the_relative_does(cast, talk, sign_in):
    talk.participants.create(relation=cast.jenss, accepted_on=clock.today())
    as_jens = sign_in(cast.jens).get("/my-expectations/").content.decode()
    assert cast.jenss_hope.text in as_jens
    theirs = (
        sign_in(cast.mette)
        .get(f"/as/{cast.jenss.uuid}/my-expectations/")
        .content.decode()
    )
    assert cast.jenss_hope.text in theirs
    theirs = (
        sign_in(cast.bos)
        .get(f"/as/{cast.jenss.uuid}/my-expectations/")
        .content.decode()
    )
    assert cast.jenss_hope.text in theirs


def test_the_resident_sees_the_invitation_as_the_relative_does(cast, talk, sign_in):
    talk.participants.create(relation=cast.jenss, accepted_on=clock.today())
    link = f"/move-in/{talk.uuid}/prepare/"
    assert link in sign_in(cast.jens).get("/").content.decode()
    assert link in sign_in(cast.bos).get(f"/as/{cast.jenss.uuid}/").content.decode()


def test_another_department_learns_no_name_from_a_suggestion(cast, sign_in):
    Meeting.objects.filter(pk=cast.gathering.pk).update(department=None)
    form = sent(cast.jens, title="Bussen")
    assert (
        sign_in(cast.jens)
        .post(at("my-meeting-suggest", cast.gathering), form)
        .status_code
        == 302
    )
    sign_in(cast.jens).post(at("my-meeting-answer", cast.gathering), {"coming": "yes"})
    page = sign_in(cast.tim).get(at("meeting", cast.gathering))
    assert page.status_code == 200
    assert "Bussen" in page.content.decode()
    assert "Jens" not in page.content.decode()


def test_a_yes_to_one_meeting_ends_after_a_year(cast, sign_in, move_clock):
    meeting = MeetingFactory(
        resident=cast.bo, chair=cast.karen, status="held", participation="whole"
    )
    year = relativedelta(years=1)
    given = clock.today()
    meeting.participants.create(
        relation=cast.annas, accepted_on=given, attendance="came"
    )
    path = reverse("meetings:my-meeting", args=[meeting.uuid])
    client = sign_in(cast.anna)
    assert client.get(path).status_code == 200

    move_clock(clock.midnight(given + year) - A_MINUTE)
    assert sign_in(cast.anna).get(path).status_code == 200
    move_clock(clock.midnight(given + year) + A_MINUTE)
    assert sign_in(cast.anna).get(path).status_code == 404
    assert sign_in(cast.mette).get(at("meeting", meeting)).status_code == 200
