"""Reminders: to whom, once, and only while it is so. They say nothing about anybody."""

import datetime as dt
import uuid

import pytest
from django.core.management import call_command
from django.utils import translation

from consent import actions as consent
from portal import clock, mail, postman
from relatives import actions, reminding
from relatives.models import Agreement
from relatives.tasks import remind_of_agreements
from residents.models import Resident
from tests.factories import AgreementFactory
from tests.letters import gathered, words_of

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def agreed(cast, due=None, follow_up=None, **details):
    day = clock.today()
    if details.get("responsible") == "relative":
        details["responsible_relative"] = cast.annas.relative
    return AgreementFactory(
        resident=cast.bo,
        text="Bo swims on Sundays",
        due_on=None if due is None else day + due * DAY,
        follow_up_on=None if follow_up is None else day + follow_up * DAY,
        recorded_by=cast.mette,
        **details,
    )


def reminded():
    reminding.remind()
    posted = gathered().filter(template="agreement-reminder")
    return sorted(message.to.name for message in posted)


@pytest.fixture
def mettes(cast):
    """Mette is Bo's contact person."""
    Resident.objects.filter(pk=cast.bo.pk).update(contact_person=cast.mette)
    return cast


@pytest.mark.parametrize(
    ("days", "who", "names"),
    [
        ({"due": 4}, "staff", []),
        ({"due": 3}, "staff", ["Mette"]),
        ({"due": -7}, "staff", ["Mette"]),
        ({"due": -8}, "staff", []),
        ({"follow_up": 1}, "staff", []),
        ({"follow_up": 0}, "staff", ["Mette"]),
        ({"due": 2}, "manager", ["Karen"]),
        ({"due": 2}, "resident", ["Mette"]),
        ({"due": 2}, "relative", ["Anna"]),
        ({"due": -1}, "relative", ["Mette"]),
        ({"follow_up": 0}, "relative", ["Mette"]),
        ({"due": 0, "follow_up": 0}, "relative", ["Anna", "Mette"]),
    ],
)
def test_who_is_reminded_and_when(mettes, days, who, names):
    agreed(mettes, responsible=who, **days)

    assert reminded() == names


def test_each_deadline_reminds_each_person_once(mettes):
    agreement = agreed(mettes, due=2)

    assert reminded() == reminded() == ["Mette"]
    actions.change_agreement(
        agreement,
        uuid=uuid.uuid4(),
        topic=agreement.topic,
        text="Bo swims on Saturdays",
        due_on=agreement.due_on,
        by=mettes.mette,
    )
    assert reminded() == ["Mette"]
    Agreement.objects.filter(replaces=agreement).update(due_on=clock.today() + 3 * DAY)
    assert reminded() == ["Mette", "Mette"]


def test_without_a_contact_person_the_manager_is_reminded(cast):
    agreed(cast, due=1)

    assert reminded() == ["Karen"]


@pytest.mark.parametrize("what", ["done", "ended", "too much", "withdrawn", "moved"])
def test_what_is_over_reminds_nobody_and_a_mail_on_its_way_stays(mettes, what):
    agreement = agreed(mettes, due=2, responsible="relative")
    reminding.remind()
    message = gathered().get(template="agreement-reminder")
    assert mail.compose(message) is not None

    if what == "done":
        actions.mark_done(agreement, by=mettes.mette)
    elif what == "ended":
        actions.end_agreement(agreement, by=mettes.mette)
    elif what == "too much":
        actions.say_too_much(agreement, relative=mettes.annas.relative, by=mettes.anna)
    elif what == "withdrawn":
        consent.withdraw(mettes.annas.consents.get(), by=mettes.mette)
    else:
        type(agreement).objects.filter(pk=agreement.pk).update(
            due_on=clock.today() + 30 * DAY
        )

    assert mail.compose(message) is None


def test_a_reminder_tells_nothing(mettes):
    agreed(mettes, due=2, responsible="relative")
    agreed(mettes, follow_up=0)
    reminding.remind()

    for message in gathered().filter(template="agreement-reminder"):
        letter = mail.compose(message)
        said = words_of(letter)
        assert "portal" in said or "Log in" in said
        for word in ("Bo ", "Holm", "swims", "health", "Sunday"):
            assert word not in said
        assert ("med ét tryk" in said) == (message.to == mettes.anna)


def test_nobody_is_reminded_before_eight(mettes, move_clock):
    move_clock(clock.midnight(clock.today()) + dt.timedelta(minutes=1))
    agreed(mettes, due=2)

    reminding.remind()

    [message] = gathered().filter(template="agreement-reminder")
    assert (
        message.notices.get().due_at
        >= clock.midnight(clock.today()) + reminding.MORNING
    )


def test_the_worker_the_postman_and_cron_make_the_round(mettes):
    agreed(mettes, due=2)

    for goes in (remind_of_agreements, postman.make_rounds):
        gathered().delete()
        goes()
        assert gathered().filter(template="agreement-reminder").count() == 1
    gathered().delete()
    call_command("send_mail")
    assert gathered().filter(template="agreement-reminder").count() == 1
