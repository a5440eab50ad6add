"""What the database promises about a resident's answers."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from consent import actions as consent
from consent.models import Consent, ConsentTalk
from portal import clock
from portal.models import AuditEvent
from residents.topics import Topic
from tests.conftest import tell


def refused(constraint):
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize("topic", ["health", "treatment", "substance"])
def test_consent_about_health_lasts_at_most_a_year(cast, topic):
    beyond = clock.now() + dt.timedelta(days=367)

    with pytest.raises(ValueError, match="at most a year"):
        tell(cast.jenss, topic, ends_at=beyond, by=cast.mette)
    answer = tell(cast.rikkes, topic, answer="no", by=cast.mette)
    answer.pk, answer.uuid, answer.relation = None, uuid.uuid4(), cast.jenss
    answer.ends_at = beyond
    with (
        refused("consent_about_health_lasts_at_most_a_year"),
        transaction.atomic(),
    ):
        answer.save(force_insert=True)

    longer = tell(cast.jenss, Topic.DAILY, ends_at=beyond, by=cast.mette)
    assert longer.ends_at == beyond


def test_a_consent_about_health_lapses_on_the_day_a_year_later(cast, move_clock):
    move_clock(dt.datetime(2028, 2, 29, 12, tzinfo=dt.UTC))

    answer = tell(cast.jenss, Topic.HEALTH, by=cast.mette)

    assert answer.ends_at == dt.datetime(2029, 2, 28, 12, tzinfo=dt.UTC)


def test_there_is_one_standing_answer_a_question(cast):
    answer = cast.annas.consents.get()
    answer.pk, answer.uuid = None, "6f3b3a38-8d0c-4f2c-9f0e-0d5d3a3f0f61"

    with pytest.raises(IntegrityError), transaction.atomic():
        answer.save(force_insert=True)


def test_a_consent_said_aloud_has_a_reason(cast):
    with refused("a_consent_said_aloud_has_a_reason"), transaction.atomic():
        consent.record_talk(
            resident=cast.bo,
            form=ConsentTalk.Form.ORAL,
            text_version="test",
            text_shown="May she?",
            by=cast.mette,
        )


def test_whoever_answers_for_another_has_a_representation(cast):
    with (
        refused("whoever_answers_for_another_has_a_representation"),
        transaction.atomic(),
    ):
        consent.record_talk(
            resident=cast.bo,
            form=ConsentTalk.Form.WRITTEN,
            given_by=ConsentTalk.GivenAs.LEGAL_GUARDIAN,
            text_version="test",
            text_shown="May she?",
            by=cast.mette,
        )


def test_a_talk_with_one_resident_answers_for_no_other(cast):
    talk = ConsentTalk.objects.get(answers__relation=cast.annas)

    with pytest.raises(ValueError, match="another resident"):
        consent.record_answer(
            talk=talk,
            relation=cast.idas,
            topic=Topic.HEALTH,
            answer="yes",
            by=cast.mette,
        )


def test_each_answer_and_withdrawal_is_in_the_audit_log(cast):
    answer = tell(cast.jenss, Topic.DAILY, by=cast.mette)
    consent.withdraw(answer, by=cast.karen)
    consent.withdraw(answer, by=cast.karen)

    events = AuditEvent.objects.filter(subject=f"consent.consent:{answer.pk}")
    assert [(event.verb, event.actor) for event in events] == [
        ("consent.answered", cast.mette),
        ("consent.withdrawn", cast.karen),
    ]


def test_a_stop_on_a_page_that_has_grown_old_stops_what_stands_now(cast):
    old = tell(cast.jenss, Topic.DAILY, by=cast.mette)
    new = tell(cast.jenss, Topic.DAILY, by=cast.karen)
    kept = tell(cast.jenss, Topic.ECONOMY, by=cast.karen)

    consent.withdraw(old, by=cast.mette)

    new.refresh_from_db()
    assert new.closed_because == Consent.Closed.WITHDRAWN
    old.refresh_from_db()
    assert old.closed_because == Consent.Closed.REPLACED
    assert kept in cast.jenss.consents.standing()


def test_what_happened_is_never_rewritten(cast):
    event = AuditEvent.objects.first()

    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
