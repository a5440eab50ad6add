"""manage.py verify_access: agrees with a sound portal, and finds what is not sound."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from consent import actions, rule, verification
from portal import refusals
from residents import access
from residents.access import AboutResidentQuerySet
from residents.topics import Topic
from tests.conftest import tell


def report():
    out, errors = io.StringIO(), io.StringIO()
    call_command("verify_access", stdout=out, stderr=errors)
    return out.getvalue()


def test_a_sound_portal_is_found_sound(cast):
    tell(cast.jenss, Topic.DAILY, since=cast.called.recorded_at, by=cast.mette)
    found = verification.verify()

    assert found.disagreements == []
    assert found.counts["residents"] == 3
    assert found.counts["things"] == 6
    assert found.compared["grants"] > 10
    assert found.compared["things seen"] > 10
    assert found.compared["permissions by guardian"] > 10
    assert found.compared["refusals"] > 10
    if connection.vendor == "postgresql":
        assert found.compared["things behind the second wall"] > 10
        assert found.compared["walls"] > 8


def test_the_report_names_nobody(cast):
    text = report()

    assert len(text.splitlines()) > 10
    for name in ("Bo", "Anna", "Mette", "Holm"):
        assert name not in text.split()


def test_a_wrong_rule_is_found(cast, monkeypatch):
    monkeypatch.setattr(rule, "_age", lambda born_on, today: 3)
    monkeypatch.setattr(rule, "_may_come_in", lambda world, tie: False)

    with pytest.raises(SystemExit):
        report()


def test_an_open_gate_is_found(cast, monkeypatch):
    monkeypatch.setattr(AboutResidentQuerySet, "visible_to", lambda rows, user: rows)

    found = verification.verify()

    assert {one.split(":")[0] for one in found.disagreements} == {"things seen"}


def test_a_gate_shut_too_far_is_found(cast, monkeypatch):
    monkeypatch.setattr(access, "workplaces", lambda user: [])

    assert verification.verify().disagreements


def test_a_missing_refusal_is_found(cast):
    refusals.take_down(using="default")
    try:
        found = verification.verify()
    finally:
        refusals.put_up(using="default")

    assert {one.split(":")[0] for one in found.disagreements} == {"refusals"}


@pytest.mark.parametrize("stopped", [False, True])
def test_a_no_to_being_told_is_counted_on_both_sides(cast, stopped):
    """It is an answer that opens nothing, and still closes what reading would open."""
    tell(cast.jenss, Topic.DAILY, by=cast.mette)
    answer = "yes" if stopped else "no"
    said = tell(cast.jenss, Topic.DAILY, action="be_told", answer=answer, by=cast.mette)
    if stopped:
        actions.withdraw(said, by=cast.mette)

    assert not cast.jenss.tellings.exists()
    assert verification.verify().disagreements == []
