"""From the offer of a conversation to the day on which it has been held."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import resolve, reverse

from consent import actions as consents
from consent.models import Consent
from meetings import policy, sheet
from meetings.actions import handing, holding, planning, printing
from meetings.models import AgreementMade, Answer, Conversation
from meetings.participants import acceptances
from portal import clock, drafts, mail
from portal.models import AuditEvent
from relatives.models import Agreement, Representation
from residents.models import AccessEvent
from residents.topics import Topic
from tests.conftest import never_printed, tell
from tests.factories import (
    ConversationFactory,
    EmploymentFactory,
    RelationFactory,
    ResidentFactory,
)
from tests.letters import gathered

Status = Conversation.Status


@pytest.fixture
def newcomer(cast):
    """Somebody who moves into Åkanden in a week."""
    return ResidentFactory(
        department=cast.aakanden, moved_in_on=clock.today() + dt.timedelta(days=7)
    )


@pytest.fixture
def planned(cast, newcomer):
    return ConversationFactory(resident=newcomer, chair=cast.karen)


def sent(user, **fields):
    return {"slip": drafts.new_slip(user), **fields}


def plan_of(user, day, **fields):
    return sent(
        user,
        day=day.isoformat(),
        time="14.00",
        chair=user.uuid,
        minute_taker=user.uuid,
        **fields,
    )


def question(conversation, key):
    section, question = key.split("/")
    return conversation.template.sections.get(key=section).questions.get(key=question)


def said(conversation, key, text="", **details):
    return holding.Said(
        question=question(conversation, key), text=text, **{"seen": 0, **details}
    )


# Planning


def test_a_manager_plans_it_once_however_often_the_button_is_pressed(
    cast, newcomer, sign_in
):
    client = sign_in(cast.karen)
    form = plan_of(cast.karen, clock.today() + dt.timedelta(days=3))
    url = reverse("meetings:plan", args=[newcomer.uuid])

    first, second = client.post(url, form), client.post(url, form)

    conversation = newcomer.conversations.get()
    assert first.url == second.url
    assert conversation.status == Status.PLANNED
    assert conversation.planned_at.astimezone(clock.DENMARK).hour == 14
    assert AuditEvent.objects.filter(verb="conversation.planned").count() == 1


def test_a_second_one_is_not_planned_beside_the_first(cast, planned, sign_in):
    form = plan_of(cast.karen, clock.today())
    sign_in(cast.karen).post(
        reverse("meetings:plan", args=[planned.resident.uuid]), form
    )

    assert planned.resident.conversations.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        ConversationFactory(resident=planned.resident)


def test_after_moving_in_it_needs_a_reason(cast, newcomer, sign_in):
    client = sign_in(cast.karen)
    url = reverse("meetings:plan", args=[newcomer.uuid])
    late = newcomer.moved_in_on + dt.timedelta(days=1)

    refused = client.post(url, plan_of(cast.karen, late))
    assert "late_reason" in refused.context["form"].errors

    assert (
        client.post(url, plan_of(cast.karen, late, late_reason="Akut")).status_code
        == 302
    )


@pytest.mark.parametrize(
    ("day", "time"),
    [("2027-03-28", "02.30"), ("0001-01-01", "10.00"), ("2027-02-30", "10.00"), ("x\x00", "25.99")],
)  # fmt: skip
def test_a_day_or_an_hour_that_is_none_is_refused_with_words(
    cast, newcomer, sign_in, day, time
):
    form = plan_of(cast.karen, clock.today()) | {"day": day, "time": time}

    response = sign_in(cast.karen).post(
        reverse("meetings:plan", args=[newcomer.uuid]), form
    )

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not newcomer.conversations.exists()


def test_only_managers_move_it_and_only_before_it_has_been_held(cast, planned):
    assert policy.can_move(cast.karen, planned)
    assert policy.can_move(cast.clara, planned)
    assert not policy.can_move(cast.mette, planned)
    assert not policy.can_move(cast.karen, cast.talk)


def test_a_declined_offer_says_why_and_comes_back_on_its_day(
    cast, newcomer, sign_in, client
):
    tomorrow = clock.today() + dt.timedelta(days=1)
    assert newcomer in Conversation.waiting_for(cast.karen)

    sign_in(cast.karen).post(
        reverse("meetings:decline", args=[newcomer.uuid]),
        sent(
            cast.karen,
            declined_by="resident",
            declined_why="Vil hellere gå en tur",
            ask_again_on=tomorrow.isoformat(),
        ),
    )

    declined = newcomer.conversations.get()
    assert (declined.status, declined.declined_by) == (Status.DECLINED, "resident")
    assert newcomer not in Conversation.waiting_for(cast.karen)
    declined.ask_again_on = clock.today()
    declined.save()
    assert newcomer in Conversation.waiting_for(cast.karen)
    # Also when they have moved in meanwhile.
    newcomer.moved_in_on = clock.today()
    newcomer.save()
    assert newcomer in Conversation.waiting_for(cast.karen)


def test_a_planned_one_can_be_declined_and_a_held_one_cannot(cast, planned):
    how = {
        "declined_by": "relatives",
        "declined_why": "Ingen tid",
        "ask_again_on": None,
        "by": cast.karen,
    }
    planning.decline(resident=planned.resident, uuid=uuid.uuid4(), **how)
    planned.refresh_from_db()
    assert planned.status == Status.DECLINED

    with pytest.raises(planning.AlreadyPlanned):
        planning.decline(resident=cast.bo, uuid=uuid.uuid4(), **how)


def test_managers_are_told_of_their_own_newcomers_only(cast, newcomer):
    assert list(Conversation.waiting_for(cast.karen)) == [newcomer]
    assert list(Conversation.waiting_for(cast.clara)) == [newcomer]
    for stranger in (cast.mette, cast.tim, cast.rikke, cast.vera, cast.liv):
        assert list(Conversation.waiting_for(stranger)) == []


# Participants


def test_a_relative_is_invited_only_with_the_residents_yes(cast, sign_in):
    client = sign_in(cast.karen)
    url = reverse("meetings:participants", args=[cast.talk.uuid])
    name = f"r-{cast.annas.uuid}"

    refused = client.post(url, sent(cast.karen, **{name: "on"}))
    assert f"{name}-on" in refused.context["form"].errors
    assert not cast.talk.participants.exists()

    client.post(
        url,
        sent(
            cast.karen,
            **{name: "on", f"{name}-on": clock.today().isoformat()},
            colleagues=[cast.karen.uuid],
            others="Fatima Lund, caseworker\n\nIda\n",
        ),
    )
    people = [
        (str(p), p.role, p.accepted_on) for p in cast.talk.participants.with_names()
    ]
    assert people == [
        ("Anna Holm", "", clock.today()),
        ("Karen", people[1][1], None),
        ("Fatima Lund", "caseworker", None),
        ("Ida", "", None),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        cast.talk.participants.create(relation=cast.jenss)


def choose(conversation, cast, *relations):
    planning.choose_participants(
        conversation,
        relatives={one: {"accepted_on": clock.today()} for one in relations},
        colleagues={},
        others=[],
        by=cast.karen,
    )


def test_who_is_invited_hears_of_it_once_and_of_another_time(cast):
    Conversation.objects.filter(pk=cast.talk.pk).update(
        status=Status.PLANNED, held_at=None
    )
    cast.talk.refresh_from_db()
    posted = gathered().filter(template__startswith="move-in").order_by("pk")

    for _twice in range(2):
        choose(cast.talk, cast, cast.annas)
    gathered()
    [invited] = posted
    assert (invited.to, invited.template) == (cast.anna, "move-in-invited")
    letter = mail.compose(invited)
    assert not {"Bo", "Holm"} & set(letter.body.split())

    later = cast.talk.planned_at + dt.timedelta(days=1)
    for when, place in ((later, "Hall"), (later, "Hall")):
        planning.move(cast.talk, planned_at=when, place=place, by=cast.karen)
    gathered()
    [_invited, moved] = posted.all()
    assert (moved.to, moved.template) == (cast.anna, "move-in-moved")
    assert mail.compose(moved)

    choose(cast.talk, cast)
    assert mail.compose(moved) is None


def test_a_standing_consent_is_a_yes_and_a_no_is_not_asked_over(cast):
    part = Consent.Action.TAKE_PART
    tell(cast.annas, Topic.MEETINGS, by=cast.mette, action=part)
    tell(cast.jenss, Topic.MEETINGS, by=cast.mette, action=part, answer="no")

    found = {a.relation: a for a in acceptances(cast.karen, cast.bo)}

    assert found[cast.annas].consent
    assert found[cast.jenss].said_no
    assert found[cast.rikkes].must_be_asked
    assert cast.idas not in found


def test_a_consent_taken_back_is_seen_at_the_participant(cast, sign_in):
    talk = tell(
        cast.annas, Topic.MEETINGS, by=cast.mette, action=Consent.Action.TAKE_PART
    )
    planning.choose_participants(
        cast.talk,
        relatives={cast.annas: {"consent": talk, "accepted_on": clock.today()}},
        colleagues={},
        others=[],
        by=cast.karen,
    )
    assert not cast.talk.participants.get().consent_is_gone
    Consent.objects.filter(pk=talk.pk).update(
        closed_at=clock.now(), closed_by=cast.mette, closed_because="withdrawn"
    )
    assert cast.talk.participants.get().consent_is_gone


def test_holders_of_custody_take_part_by_law_while_the_resident_is_a_child(cast):
    child = ResidentFactory(
        department=cast.aakanden, born_on=clock.today() - dt.timedelta(days=16 * 365)
    )
    mother, aunt = RelationFactory.create_batch(2, resident=child)
    for relation in (mother, cast.annas):
        Representation.objects.create(
            relation=relation,
            kind="sole_custody",
            starts_on=clock.today() - dt.timedelta(days=9),
        )

    found = {a.relation: a for a in acceptances(cast.karen, child)}

    assert found[mother].by_law
    assert not found[aunt].by_law
    assert not any(a.by_law for a in acceptances(cast.karen, cast.bo))


def test_who_was_there_already_keeps_their_attendance(cast):
    both = {"colleagues": {cast.karen: "Manager"}, "others": [("Fatima", "")]}
    planning.choose_participants(cast.talk, relatives={}, by=cast.karen, **both)
    cast.talk.participants.update(attendance="came")

    both["others"] = [("Lene", "")]
    planning.choose_participants(cast.talk, relatives={}, by=cast.karen, **both)

    assert {(str(p), p.attendance) for p in cast.talk.participants.with_names()} == {
        ("Karen", "came"),
        ("Lene", ""),
    }


# Holding


def test_an_answer_is_never_overwritten(cast):
    one = said(cast.talk, "wishes/matters", "Ro", answered_by="resident")
    holding.save_answers(cast.talk, said=[one], by=cast.mette)
    two = said(cast.talk, "wishes/matters", "Ro om morgenen", seen=1)
    holding.save_answers(cast.talk, said=[two], by=cast.karen)

    assert [(a.version, a.text) for a in cast.talk.answers.all()] == [
        (1, "Ro"),
        (2, "Ro om morgenen"),
    ]
    line = sheet.of(cast.talk)[0].lines[0]
    assert (line.answer.text, [a.text for a in line.earlier]) == (
        "Ro om morgenen",
        ["Ro"],
    )


def test_the_same_answer_twice_is_one(cast):
    one = said(cast.talk, "wishes/matters", "Ro")

    assert holding.save_answers(cast.talk, said=[one], by=cast.mette) == 1
    assert holding.save_answers(cast.talk, said=[one], by=cast.mette) == 0
    assert cast.talk.answers.count() == 1


def test_two_at_once_are_shown_both_texts_and_neither_is_lost(cast, sign_in):
    url = reverse("meetings:section", args=[cast.talk.uuid, "wishes"])
    client = sign_in(cast.karen)
    fields = {"matters-text": "Karens", "matters-seen": "0", "answered_by": "staff"}
    holding.save_answers(
        cast.talk, said=[said(cast.talk, "wishes/matters", "Mettes")], by=cast.mette
    )

    both = client.post(url, sent(cast.karen, **fields))

    assert both.status_code == 409
    page = both.content.decode()
    assert "Karens" in page
    assert "Mettes" in page
    assert cast.talk.answers.get().text == "Mettes"
    # Once Karen has seen it, her text is the next version.
    fields["matters-seen"] = both.context["form"]["matters-seen"].value()
    assert client.post(url, sent(cast.karen, **fields)).status_code == 302
    assert [a.text for a in cast.talk.answers.all()] == ["Mettes", "Karens"]


def page_of(client, conversation, section):
    """What the browser would send back of a page as it is drawn now."""
    url = reverse("meetings:section", args=[conversation.uuid, section])
    form = client.get(url).context["form"]
    sends = {}
    for field in form:
        value = field.value()
        if value not in (None, "", False):
            sends[field.html_name] = "on" if value is True else value
        elif field.name.endswith(("-text", "-by")):
            sends[field.html_name] = ""
    return url, sends


def test_two_who_answer_different_questions_of_one_page_do_not_meet(cast, sign_in):
    """A browser sends back every field of the page, also those nobody touched."""
    first = [said(cast.talk, "wishes/story", "Fra Hjortlund", answered_by="staff")]
    holding.save_answers(cast.talk, said=first, by=cast.mette)
    client = sign_in(cast.karen)
    url, fields = page_of(client, cast.talk, "wishes")
    theirs = [
        said(cast.talk, "wishes/matters", "Mettes", answered_by="staff"),
        said(cast.talk, "wishes/story", "Fra byen", seen=1, answered_by="staff"),
    ]
    holding.save_answers(cast.talk, said=theirs, by=cast.mette)

    fields |= {"rhythm-text": "Karens", "answered_by": "staff", "rest": "Andet"}
    assert client.post(url, fields).status_code == 302

    lines = {one.question.key: one.answer for one in sheet.of(cast.talk)[0].lines}
    assert lines["matters"].text == "Mettes"
    assert lines["story"].text == "Fra byen"
    assert lines["rhythm"].text == "Karens"
    assert lines["faith"].not_relevant


def test_of_two_who_meet_at_one_question_each_sees_the_others_at_the_rest(
    cast, sign_in
):
    client = sign_in(cast.karen)
    url, fields = page_of(client, cast.talk, "wishes")
    theirs = [
        said(cast.talk, "wishes/matters", "Mettes", answered_by="staff"),
        said(cast.talk, "wishes/faith", "Mettes tro", answered_by="staff"),
    ]
    holding.save_answers(cast.talk, said=theirs, by=cast.mette)

    both = client.post(url, fields | {"matters-text": "Karens", "answered_by": "staff"})

    assert both.status_code == 409
    form = both.context["form"]
    assert form["matters-text"].value() == "Karens"
    assert form["faith-text"].value() == "Mettes tro"
    again = {name: form[name].value() for name in form.fields}
    sends = {
        name: "" if v is None else v for name, v in again.items() if v is not False
    }
    assert client.post(url, sends).status_code == 302
    lines = {one.question.key: one.answer for one in sheet.of(cast.talk)[0].lines}
    assert (lines["matters"].text, lines["faith"].text) == ("Karens", "Mettes tro")
    assert lines["faith"].version == 1


def test_the_database_refuses_a_second_next_version(cast):
    about = {
        "conversation": cast.talk,
        "question": question(cast.talk, "wishes/matters"),
    }
    Answer.objects.create(version=1, text="a", recorded_by=cast.mette, **about)

    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(version=1, text="b", recorded_by=cast.karen, **about)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(
            version=2, not_relevant=True, recorded_by=cast.karen, **about
        )


def test_a_section_asks_who_answered_and_why_something_is_not_relevant(cast, sign_in):
    url = reverse("meetings:section", args=[cast.talk.uuid, "economy"])
    client = sign_in(cast.mette)

    refused = client.post(
        url, sent(cast.mette, **{"payments-text": "Husleje", "bank-skip": "on"})
    )
    assert set(refused.context["form"].errors) == {"answered_by", "bank-text"}

    client.post(
        url,
        sent(
            cast.mette,
            **{"payments-text": "Husleje", "payments-by": "relative"},
            **{"who-runs-value": "guardian", "answered_by": "resident"},
            rest="Værgen ordner det",
        ),
    )
    found = {a.question.key: a for a in cast.talk.answers.select_related("question")}
    assert len(found) == 7
    assert found["payments"].answered_by == "relative"
    assert (found["who-runs"].value, found["who-runs"].answered_by) == (
        "guardian",
        "resident",
    )
    assert found["bank"].not_relevant
    assert found["bank"].text == "Værgen ordner det"
    page = next(p for p in sheet.of(cast.talk) if p.section.key == "economy")
    assert page.is_complete


def test_what_was_begun_and_not_saved_is_there_again(cast, sign_in):
    client = sign_in(cast.mette)
    url = reverse("meetings:section", args=[cast.talk.uuid, "wishes"])
    client.post(
        reverse("draft"), sent(cast.mette, draft_of=url, **{"matters-text": "Halvt"})
    )

    assert client.get(url).context["form"]["matters-text"].value() == "Halvt"


@pytest.mark.parametrize("key", ["matters-text", "matters-seen", "answered_by", "rest"])
@pytest.mark.parametrize("value", ["\x00", "9" * 300, "🎂" * 20_001, "-1"])
def test_bad_input_is_answered_with_a_page(cast, sign_in, key, value):
    response = sign_in(cast.mette).post(
        reverse("meetings:section", args=[cast.talk.uuid, "wishes"]),
        sent(cast.mette, **{key: value}),
    )

    assert response.status_code in (200, 302)


def test_a_section_that_is_not_asked_of_adults_is_not_there(cast, sign_in):
    client = sign_in(cast.mette)
    for key in ("minors", "nonsense"):
        url = reverse("meetings:section", args=[cast.talk.uuid, key])
        assert client.get(url).status_code == 404
    cast.bo.born_on = clock.today() - dt.timedelta(days=16 * 365)
    cast.bo.save()
    url = reverse("meetings:section", args=[cast.talk.uuid, "minors"])
    assert client.get(url).status_code == 200


def finishing(user, **fields):
    return sent(
        user,
        day=clock.today().isoformat(),
        time="00.00",
        participation="whole",
        **fields,
    )


def test_it_is_not_finished_before_the_minimum_is_answered(cast, planned, sign_in):
    client = sign_in(cast.karen)
    url = reverse("meetings:finish", args=[planned.uuid])

    refused = client.post(url, finishing(cast.karen))
    assert {p.section.key for p in refused.context["missing"]} == {
        "contact",
        "economy",
        "medicine",
        "doctor",
        "clothes",
    }

    everything = [
        holding.Said(question=line.question, seen=0, text="Svar")
        for page in sheet.of(planned)
        if page.section.minimum
        for line in page.lines
    ]
    holding.save_answers(planned, said=everything, by=cast.mette)
    assert client.post(url, finishing(cast.karen)).status_code == 302
    planned.refresh_from_db()
    assert planned.status == Status.HELD


# Who heard it


def held(cast, *there, at=None):
    """It has been held; those of the family who were there."""
    people = {p.relation_id: p for p in cast.talk.participants.all()}
    words = {people[one.pk].pk: "came" for one in there}
    return holding.finish(
        cast.talk,
        held_at=at or clock.now(),
        minutes=60,
        participation="whole",
        participation_note="",
        attendance={p.pk: words.get(p.pk, "absent") for p in people.values()},
        by=cast.karen,
    )


def heard(cast):
    events = AccessEvent.objects.filter(resident=cast.bo, way="meeting")
    return {(e.relation_id, e.topic, e.ground, e.ground_id) for e in events}


@pytest.fixture
def invited(cast):
    """Anna by a standing yes, Rikke by a yes to this conversation, Jens but not there."""
    yes = tell(cast.annas, Topic.MEETINGS, by=cast.mette, action="take_part")
    day = clock.today() - dt.timedelta(days=1)
    planning.choose_participants(
        cast.talk,
        relatives={
            cast.annas: {"consent": yes, "accepted_on": day},
            cast.rikkes: {"accepted_on": day},
            cast.jenss: {"accepted_on": day},
        },
        colleagues={cast.karen: "Chair"},
        others=[("Lene", "Caseworker")],
        by=cast.karen,
    )
    return yes


def test_who_was_there_is_in_the_ledger_with_what_let_them(cast, invited):
    held(cast, cast.annas, cast.rikkes)

    assert heard(cast) == {
        (cast.annas.pk, "meetings", "consent", invited.pk),
        (cast.rikkes.pk, "meetings", "consent", None),
    }
    lines = AccessEvent.objects.filter(way="meeting")
    assert {(one.user, one.purpose) for one in lines} == {(cast.karen, "meeting")}
    cast.talk.refresh_from_db()
    assert {one.at for one in lines} == {cast.talk.held_at}


def test_finished_again_it_adds_only_who_was_missing(cast, invited):
    held(cast, cast.annas)
    held(cast, cast.annas, cast.rikkes)
    held(cast, cast.annas, cast.rikkes)

    lines = AccessEvent.objects.filter(way="meeting")
    assert sorted(one.relation_id for one in lines) == sorted(
        [cast.annas.pk, cast.rikkes.pk]
    )


def test_a_yes_taken_back_lets_nobody_hear_from_that_instant_on(cast, invited):
    consents.withdraw(invited, by=cast.mette)
    invited.refresh_from_db()

    held(cast, cast.annas, at=invited.closed_at)
    assert heard(cast) == set()

    # Held while it stood, it rests on it although it is gone now.
    held(cast, cast.annas, at=invited.closed_at - dt.timedelta(microseconds=1))
    assert heard(cast) == {(cast.annas.pk, "meetings", "consent", invited.pk)}


def test_holders_of_custody_are_there_by_law(cast):
    cast.bo.born_on = clock.today() - dt.timedelta(days=16 * 365)
    cast.bo.save()
    custody = Representation.objects.create(
        relation=cast.jenss, kind="sole_custody", starts_on=dt.date(2020, 1, 1)
    )
    planning.choose_participants(
        cast.talk,
        relatives={cast.jenss: {"by_law": True}},
        colleagues={},
        others=[],
        by=cast.karen,
    )

    held(cast, cast.jenss)

    assert heard(cast) == {(cast.jenss.pk, "meetings", "custody", custody.pk)}


def test_who_came_without_a_yes_is_said_and_leads_to_the_record(
    cast, invited, sign_in, move_clock
):
    consents.withdraw(invited, by=cast.mette)
    move_clock(clock.now() + dt.timedelta(minutes=2))
    for page in sheet.of(cast.talk):
        holding.save_answers(
            cast.talk,
            said=[
                holding.Said(question=li.question, seen=0, text="x")
                for li in page.lines
            ],
            by=cast.mette,
        )
    words = {f"p-{p.pk}": "came" for p in cast.talk.participants.all()}
    now = clock.now().astimezone(clock.DENMARK)
    form = finishing(cast.karen, **words) | {
        "day": f"{now:%Y-%m-%d}",
        "time": f"{now:%H.%M}",
    }
    url = reverse("meetings:finish", args=[cast.talk.uuid])

    page = sign_in(cast.karen).post(url, form, follow=True)

    [_done, warning] = page.context["messages"]
    record = reverse("consent:disclosure-record", args=[cast.bo.uuid])
    assert f"{record}?relation={cast.annas.uuid}&amp;topic=meetings" in str(warning)


def test_a_resident_who_was_not_there_all_the_time_was_heard_otherwise(cast, sign_in):
    url = reverse("meetings:finish", args=[cast.talk.uuid])
    for page in sheet.of(cast.talk):
        holding.save_answers(
            cast.talk,
            said=[
                holding.Said(question=li.question, seen=0, text="x")
                for li in page.lines
            ],
            by=cast.mette,
        )
    form = finishing(cast.karen) | {"participation": "part"}

    refused = sign_in(cast.karen).post(url, form)

    assert "participation_note" in refused.context["form"].errors
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.filter(pk=cast.talk.pk).update(participation="none")


def test_an_agreement_of_the_conversation_is_the_residents_and_one(cast, sign_in):
    client = sign_in(cast.mette)
    url = reverse("meetings:agreement", args=[cast.talk.uuid])
    form = sent(cast.mette, text="Sofie ringer", topic="daily", responsible="staff")

    client.post(url, form)
    client.post(url, form)

    made = AgreementMade.objects.get()
    assert (made.conversation, made.agreement.text) == (cast.talk, "Sofie ringer")
    assert Agreement.objects.filter(text="Sofie ringer").count() == 1
    with pytest.raises(ValueError, match="another resident"):
        holding.link_agreement(cast.talk, agreement=cast.idas_rent, by=cast.mette)


# Pages


def test_of_an_answer_an_agreement_is_made_and_one_is_back_at_the_section(
    cast, sign_in
):
    client = sign_in(cast.karen)
    url = reverse("meetings:section", args=[cast.talk.uuid, "doctor"])
    words = {"dentist-text": "Der bestilles tid", "answered_by": "resident"}

    saved = client.post(url, sent(cast.karen, agree="dentist", **words))

    page = client.get(saved.url)
    assert page.context["form"]["text"].value() == "Der bestilles tid"
    assert page.context["form"]["topic"].value() == "health"
    fields = {"text": "Bo bestiller", "topic": "health", "responsible": "resident"}
    done = client.post(saved.url, sent(cast.karen, **fields))
    assert done.url == url
    made = AgreementMade.objects.get(agreement__text="Bo bestiller")
    assert (made.conversation, made.question.key) == (cast.talk, "dentist")
    assert "Bo bestiller" in client.get(url).content.decode()


@pytest.mark.parametrize(
    "about", ["", "x", "doctor/gp", "economy/x\x00", "doctor/dentist/", "/", "🎂" * 300]
)
def test_an_agreement_about_no_answer_is_about_the_whole(cast, sign_in, about):
    url = reverse("meetings:agreement", args=[cast.talk.uuid])
    page = sign_in(cast.karen).get(url, {"about": about})

    assert page.status_code == 200
    assert not page.context["form"]["text"].value()


def next_step(client, resident):
    step = client.get(reverse("meetings:move-in", args=[resident.uuid])).context.get(
        "step"
    )
    return step and resolve(step.url).url_name


def test_one_step_follows_the_other(cast, planned, sign_in):
    resident, client = planned.resident, sign_in(cast.karen)
    assert next_step(client, resident) == "participants"
    planning.choose_participants(
        planned,
        relatives={},
        colleagues={cast.karen: "Manager"},
        others=[],
        by=cast.karen,
    )
    assert next_step(client, resident) == "prepare-together"
    answer_all(planned, cast.mette, keep=("medicine",))
    assert next_step(client, resident) == "section"
    answer_all(planned, cast.mette)
    assert next_step(client, resident) == "finish"
    assert next_step(sign_in(cast.mette), resident) is None
    client = sign_in(cast.karen)
    Conversation.objects.filter(pk=planned.pk).update(
        status="held", held_at=clock.now(), participation="whole"
    )
    assert next_step(client, resident) == "record-print"
    planned.refresh_from_db()
    version = printing.print_record(planned, by=cast.karen)
    assert next_step(client, resident) == "version"
    handing.hand_to_resident(version, how="paper", uuid=uuid.uuid4(), by=cast.karen)
    assert next_step(client, resident) == "resident-agreements"
    assert next_step(sign_in(cast.mette), resident) is None


def answer_all(conversation, by, keep=()):
    for page in sheet.of(conversation):
        if page.section.key in keep:
            continue
        answers = [
            holding.Said(question=line.question, seen=0, text="x", answered_by="staff")
            for line in page.lines
            if not line.is_answered
        ]
        holding.save_answers(conversation, said=answers, by=by)


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    cast, sign_in, number, django_assert_max_num_queries
):
    client = sign_in(cast.karen)
    for _ in range(number):
        ConversationFactory(
            resident=ResidentFactory(department=cast.aakanden), chair=cast.karen
        )
        ResidentFactory(
            department=cast.aakanden, moved_in_on=clock.today() + dt.timedelta(days=9)
        )
    with django_assert_max_num_queries(9):
        page = client.get(reverse("meetings:conversations"))
    assert len(page.context["page"].object_list) == number + 1
    with django_assert_max_num_queries(16):
        client.get(reverse("meetings:move-in", args=[cast.bo.uuid]))


def test_the_managers_list_holds_their_own_departments_only(cast, sign_in):
    def listed(user):
        response = sign_in(user).get(reverse("meetings:conversations"))
        return set(response.context["page"].object_list)

    assert listed(cast.karen) == {cast.talk}
    assert listed(cast.clara) == {cast.talk, cast.idas_talk}
    assert listed(cast.rikke) == set()


def test_the_start_page_says_what_is_to_be_held_and_printed(cast, planned, sign_in):
    never_printed(cast.printed)
    waiting = ResidentFactory(
        department=cast.aakanden,
        given_name="Sigrid",
        moved_in_on=clock.today() + dt.timedelta(days=20),
    )

    page = sign_in(cast.karen).get("/").content.decode()
    for resident in (waiting, planned.resident, cast.bo):
        assert reverse("meetings:move-in", args=[resident.uuid]) in page

    for somebody in (cast.mette, cast.rikke, cast.anna, cast.bos):
        page = sign_in(somebody).get("/").content.decode()
        assert (
            "/move-in/" not in page.replace('/move-in/"', "", 1)
            or somebody is cast.rikke
        )
        assert str(waiting.uuid) not in page


def test_english_questions_are_there_too(cast, sign_in, client):
    client = sign_in(cast.mette)
    client.cookies["django_language"] = "en"
    for page in sheet.blank(cast.talk.template):
        assert page.section.title_en
        assert all(line.question.text_en for line in page.lines)
    url = reverse("meetings:section", args=[cast.talk.uuid, "wishes"])
    assert "What matters to me?" in client.get(url).content.decode()


def test_a_colleague_who_left_is_no_longer_offered(cast, newcomer, sign_in):
    EmploymentFactory(user__name="Ny", department=cast.aakanden)
    form = (
        sign_in(cast.karen)
        .get(reverse("meetings:plan", args=[newcomer.uuid]))
        .context["form"]
    )

    names = {str(user) for user in form.people.values()}
    assert names == {"Mette", "Karen", "Clara", "Ny"}
