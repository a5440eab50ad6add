"""The people and the words of the demo: what its README promises, and no nonsense."""

import datetime as dt
import json
import re

import pytest
from django.db import transaction

from consent.models import Consent, ConsentTalk, UnconsentedDisclosure
from demo.build import build
from demo.management.commands.demo import ACCOUNTS
from demo.staff import PASSWORD
from meetings import sheet
from meetings.models import (
    Conversation,
    Disagreement,
    Expectation,
    ExpectationReply,
    ExtractItem,
    FirstTalk,
    HandOut,
    Preparation,
)
from portal import clock
from portal.models import Employment, Invitation, Profession, User
from relatives.models import (
    Agreement,
    AgreementReply,
    Contact,
    Relation,
    Relative,
    Representation,
    ToldTopic,
)
from residents.models import AccessEvent, Grant, Resident


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Built once, for nobody here changes anything."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def demo(built, db):
    return built


def sees(name):
    """What residents share with somebody: {resident's given name: topics}."""
    shared = {}
    for grant in Grant.objects.filter(user__name=name).select_related("content_object"):
        shared.setdefault(grant.content_object.given_name, set()).add(grant.topic)
    return shared


def test_the_accounts_on_paper_are_those_that_are_made(demo):
    accounts = json.loads(ACCOUNTS.read_text())
    assert {account["password"] for account in accounts} == {PASSWORD}
    assert len({account["role"] for account in accounts}) == len(accounts)
    for account in accounts:
        user = User.objects.get(email=account["email"])
        assert user.name == account["name"]


def test_each_sees_what_the_story_says(demo):
    assert sees("Hanne Nørgaard") == {
        "Emil": {"daily", "photos", "goals", "meetings", "health"}
    }
    assert sees("Per Lykke Sørensen") == {"Emil": {"daily", "photos"}}
    assert sees("Rasmus Nørgaard") == {}
    assert sees("Niels Hertz") == {"Inge": {"economy"}}
    assert sees("Inger Abildgaard") == {}
    assert set(sees("Tove Lassen")) == {"Lone", "Jørgen"}
    # At work she sees another department than her brother's.
    assert sees("Pernille Skov") == {"Thomas": {"daily", "social"}}
    # Her son turned 18: his own yes, and nothing of custody.
    assert sees("Anette Bruun") == {"Magnus": {"daily", "goals"}}
    assert "health" not in sees("Martin Voss")["Liam"]
    assert {"economy", "social"} <= sees("Martin Voss")["Liam"]
    assert "health" in sees("Dorthe Kragelund")["Alberte"]


def test_the_photos_begin_when_he_said_yes(demo):
    photos = Grant.objects.get(user__name="Per Lykke Sørensen", topic="photos")
    assert photos.since is not None
    assert photos.since < clock.now() - dt.timedelta(days=20)


def test_an_answer_stands_in_every_state(demo):
    now, standing = clock.now(), Consent.objects.standing()
    soon = now + dt.timedelta(days=30)
    answers = Consent.Answer
    assert standing.in_force().filter(ends_at__gt=soon).exists()
    assert standing.in_force().filter(ends_at__lte=soon).exists()
    assert standing.filter(answer=answers.YES, ends_at__lte=now).exists()
    assert standing.filter(answer=answers.YES, starts_at__gt=now).exists()
    assert standing.filter(answer=answers.NO).exists()
    assert standing.filter(answer=answers.NOT_YET).exists()
    assert standing.exclude(since=None).exists()
    assert standing.filter(ask_again_on__lt=clock.today()).exists()
    assert Consent.objects.filter(closed_because="withdrawn").exists()
    assert Consent.objects.filter(closed_because="replaced").exists()
    assert set(standing.values_list("action", flat=True)) == set(Consent.Action)
    assert set(standing.values_list("degree", flat=True)) == set(Consent.Degree)
    talks = ConsentTalk.objects.all()
    assert set(talks.values_list("form", flat=True)) == set(ConsentTalk.Form)
    assert {"self", "legal_guardian", "future_power"} == set(
        talks.values_list("given_by", flat=True)
    )
    assert not talks.filter(form="oral", witness="").exists()


def test_the_people_whom_the_story_promises_are_there(demo):
    residents = list(Resident.objects.all())
    today = clock.today()
    assert 24 <= len(residents) <= 26
    ages = sorted(resident.age for resident in residents)
    assert sum(15 <= age < 18 for age in ages) == 4
    assert ages[4] == 18
    assert sum(bool(resident.moved_out_on) for resident in residents) == 1
    assert sum(resident.moved_in_on > today for resident in residents) == 2
    assert sum(resident.user is not None for resident in residents) == 3
    relatives = Relative.objects.all()
    assert 60 <= len(relatives) <= 66
    assert relatives.filter(user=None).exists()
    assert any(relative.is_minor for relative in relatives)
    assert relatives.filter(protected_address=True, address="").exists()
    assert relatives.filter(interpreter=True).exists()
    assert relatives.filter(user__employments__isnull=False).count() == 1
    assert Invitation.objects.filter(user__relative__in=relatives).exists()
    kinds = set(Relation.objects.values_list("kind", flat=True))
    assert {"friend", "neighbour", "network", "legal_guardian", "partner"} <= kinds
    assert {
        "shared_custody",
        "sole_custody",
        "economic",
        "personal",
        "future_power",
    } <= set(Representation.objects.values_list("kind", flat=True))


def test_everybody_who_should_work_there_does(demo):
    jobs = Employment.objects.in_force()
    role = Employment.Role
    assert jobs.filter(role=role.MANAGER).count() == 3
    for alone in (role.CENTRE_MANAGER, role.ADVISER, role.SYSTEM):
        assert jobs.filter(role=alone).count() == 1
    professions = set(jobs.values_list("profession", flat=True))
    assert len(professions) >= len(Profession) - 1


def test_no_young_persons_own_health_is_read_by_custody_alone(demo):
    """From 15 their own yes is needed (sundhedsloven § 17)."""
    custody = Grant.objects.filter(ground="custody")
    assert custody.exists()
    assert not custody.filter(topic__in=["health", "treatment", "substance"]).exists()


def test_what_the_log_says_could_have_happened(demo):
    now = clock.now()
    contacts = Contact.objects.select_related("resident", "relative", "recorded_by")
    assert contacts.count() >= 150
    assert not contacts.filter(happened_at__gt=now).exists()
    assert not contacts.filter(recorded_at__gt=now).exists()
    jobs = {
        (job.user_id, job.department_id): job
        for job in Employment.objects.exclude(department=None)
    }
    for contact in contacts:
        day = contact.happened_at.astimezone(clock.DENMARK).date()
        job = jobs.get((contact.recorded_by_id, contact.resident.department_id))
        assert job, contact
        assert job.starts_on <= day <= (job.ends_on or day), contact
        if contact.relative:
            assert contact.relative.relations.filter(resident=contact.resident).exists()
        if contact.followed_up_at:
            assert contact.happened_at <= contact.followed_up_at <= now, contact
        if contact.follow_up_on:
            assert contact.follow_up_on >= day, contact
    to_do = Contact.objects.to_follow_up()
    today = clock.today()
    assert to_do.filter(follow_up_on=today).exists()
    assert to_do.filter(follow_up_on__lt=today).exists()
    assert to_do.filter(follow_up_on__gt=today).exists()
    assert Contact.objects.exclude(followed_up_at=None).exists()
    assert Contact.objects.exclude(corrects=None).count() == 2


def test_what_was_told_rests_on_something_and_is_in_the_ledger(demo):
    told = ToldTopic.objects.select_related("contact")
    assert told.count() >= 15
    assert set(told.values_list("ground", flat=True)) == {"consent", "custody"}
    for one in told.filter(ground="consent"):
        given = Consent.objects.get(pk=one.ground_id)
        assert given.starts_at <= one.contact.recorded_at, one
        assert given.topic == one.topic
    lines = AccessEvent.objects.exclude(relation_id=None)
    assert {"phone", "visit", "meeting"} <= set(lines.values_list("way", flat=True))
    assert lines.filter(purpose="meeting").exists()


def test_something_was_told_without_consent_and_one_of_them_is_open(demo):
    rows = UnconsentedDisclosure.objects.all()
    assert {(one.resident.given_name, one.how_told is None) for one in rows} == {
        ("Emil", False),
        ("Ditte Marie", True),
    }
    for one in rows:
        # It was told although nobody had said yes, and the call is in the log.
        call = one.relation.relative.contacts.get(happened_at=one.happened_at)
        assert not call.told.filter(topic__in=one.topics).exists()
        assert one.resident.contact_person.name == "Mette Lund"


def test_one_signed_paper_is_scanned_and_others_are_not(demo):
    paper = ConsentTalk.objects.filter(form="paper")
    assert paper.exclude(scans=None).count() == 1
    assert paper.filter(scans=None).exists()


def test_a_conversation_waits_for_a_manager_who_has_never_held_one(demo):
    karen = User.objects.get(name="Karen Birk")
    [simon] = Conversation.waiting_for(karen)
    assert simon.given_name == "Simon"
    assert sees("Tina Holm") == {"Simon": {"daily", "health", "meetings"}}
    assert sees("Nikolaj Holm") == {}


def test_conversations_stand_in_every_state(demo):
    talks = Conversation.objects.all()
    assert set(talks.values_list("status", flat=True)) == set(Conversation.Status)
    assert set(FirstTalk.objects.values_list("status", flat=True)) == set(
        FirstTalk.Status
    )
    late = FirstTalk.objects.open().filter(due_on__lt=clock.today())
    assert not late.exists()
    sent = Preparation.objects.sent()
    assert {one.relation is None for one in sent} == {True, False}
    for conversation in talks.filter(status="held"):
        assert sheet.missing(sheet.of(conversation)) == [], conversation


def test_the_mothers_read_their_extract_and_nobody_elses(demo):
    for name in ("Hanne Nørgaard", "Rita Riis"):
        user = User.objects.get(name=name)
        [handed] = HandOut.objects.handed_to(user)
        topics = set(
            ExtractItem.objects.visible_to(user)
            .filter(hand_out=handed)
            .values_list("topic", flat=True)
        )
        assert topics
        assert "economy" not in topics
    for name in ("Rasmus Nørgaard", "Per Lykke Sørensen"):
        assert not HandOut.objects.visible_to(User.objects.get(name=name)).exists()


def test_all_three_parties_expect_something_and_one_thing_is_seen_differently(demo):
    emils = Expectation.objects.filter(resident__given_name="Emil")
    assert set(emils.values_list("party", flat=True)) == set(Expectation.Party)
    assert set(ExpectationReply.objects.values_list("kind", flat=True)) == set(
        ExpectationReply.Kind
    )
    again = Disagreement.objects.open().get()
    assert again.next_talk_on > clock.today()
    hanne = User.objects.get(name="Hanne Nørgaard")
    hers = Expectation.objects.visible_to(hanne)
    assert set(hers.values_list("relation__relative__user", flat=True)) == {hanne.pk}


def test_agreements_stand_in_every_state(demo):
    agreements, today = Agreement.objects.all(), clock.today()
    hanne = Relative.objects.get(given_name="Hanne")
    waiting = agreements.waiting_for(hanne).shared_with(hanne.user)
    assert waiting.filter(replies=None).exists()
    hers = agreements.shared_with(hanne.user)
    assert hers.filter(replies__relative=hanne, replies__kind="agreed").exists()
    assert hers.filter(replies__relative=hanne, replies__answer__gt="").exists()
    assert hers.overdue().exists()
    assert hers.exclude(done_on=None).exists()
    assert hers.exclude(ended_on=None).exists()
    assert hers.exclude(replaces=None).exists()
    assert (
        AgreementReply.objects.unanswered().get(kind="change").relative.given_name
        == "Per"
    )
    assert agreements.to_follow_up().filter(follow_up_on=today).exists()
    assert agreements.to_follow_up().filter(follow_up_on__lt=today).exists()
    assert not agreements.filter(recorded_at__gt=clock.now()).exists()
    assert not AgreementReply.objects.filter(recorded_at__gt=clock.now()).exists()


def test_whoever_answered_an_agreement_could_read_it(demo):
    for reply in AgreementReply.objects.select_related("relative__user", "agreement"):
        mine = Agreement.objects.shared_with(reply.relative.user)
        assert mine.filter(pk=reply.agreement_id).exists(), reply


def test_no_agreement_names_another_relative_than_its_reader(demo):
    """Relatives of one resident do not hear of each other through the portal."""
    for reader in Relative.objects.exclude(user=None).select_related("user"):
        others = {
            relative.given_name
            for relative in Relative.objects.exclude(pk=reader.pk)
            if relative.relations.filter(resident__relations__relative=reader)
        }
        for text in Agreement.objects.shared_with(reader.user).values_list(
            "text", flat=True
        ):
            assert not others & set(re.findall(r"\w+", text)), (reader, text)
