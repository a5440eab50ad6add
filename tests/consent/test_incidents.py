"""Something went wrong: anybody at work reports it, few decide, and the clock is seen."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from portal import clock, postman
from portal.models import AuditEvent, Message
from residents import incidents
from residents.models import Incident, IncidentStep

HOUR = dt.timedelta(hours=1)


def send(client, path, **said):
    slip = client.get(path).context["form"].initial["slip"]
    return client.post(path, {"slip": slip, **said}, follow=True), slip


@pytest.fixture
def reported(cast, sign_in):
    page, _slip = send(
        sign_in(cast.tim),
        reverse("consent:incident-report"),
        what="A list lay in the bus",
        discovered_at=clock.now().astimezone(clock.DENMARK).strftime("%Y-%m-%dT%H:%M"),
        whose="Residents of Bakken",
        how_many="8",
    )
    return page.context["incident"]


def test_whoever_works_there_reports_and_those_who_decide_are_told(
    cast, reported, mailoutbox
):
    assert (reported.reported_by, reported.home) == (cast.tim, cast.solgaarden)
    told = Message.objects.filter(template="incident", facts__incident=reported.pk)
    assert {message.to for message in told} == {cast.clara, cast.dora}
    postman.empty_outbox()
    letters = [letter.body for letter in mailoutbox]
    assert letters
    assert not any("bus" in letter or "Bakken" in letter for letter in letters)
    event = AuditEvent.objects.get(verb="incident.reported")
    assert "bus" not in str(event.facts)


def test_the_same_report_sent_twice_is_one(cast, sign_in):
    client, path = sign_in(cast.tim), reverse("consent:incident-report")
    said = {"what": "Once", "discovered_at": "2026-01-01T10:00"}
    _page, slip = send(client, path, **said)
    client.post(path, {"slip": slip, **said})
    assert Incident.objects.filter(what="Once").count() == 1


def test_what_is_discovered_tomorrow_is_no_incident(cast, sign_in):
    page, _slip = send(
        sign_in(cast.tim),
        reverse("consent:incident-report"),
        what="Later",
        discovered_at="2099-01-01T10:00",
    )
    assert page.context["form"].errors.keys() == {"discovered_at"}


def test_who_reported_it_reads_the_report_and_not_the_judgement(
    cast, sign_in, reported
):
    incidents.add_step(
        reported, uuid=reported.uuid, kind="risk", text="Grave", by=cast.dora
    )
    path = reverse("consent:incident", args=[reported.uuid])

    assert b"Grave" in sign_in(cast.dora).get(path).content
    page = sign_in(cast.tim).get(path)
    assert b"in the bus" in page.content
    assert b"Grave" not in page.content
    assert sign_in(cast.mette).get(path).status_code == 404
    assert sign_in(cast.tim).post(path, {"kind": "closed"}).status_code == 403


def test_the_clock_runs_from_the_discovery_until_it_is_decided(
    cast, sign_in, reported, move_clock
):
    begun = reported.discovered_at
    Message.objects.all().delete()
    marks = []
    for hours in (1, 47.9, 48.1, 49, 66.5, 72.5, 80):
        move_clock(begun + hours * HOUR)
        incidents.remind()
        found = Message.objects.filter(
            key__startswith=f"incident:{reported.pk}:", to=cast.dora
        )
        marks.append(found.count())
    assert marks == [0, 0, 1, 1, 2, 3, 3]
    assert reported.hours_left == -8
    page = sign_in(cast.dora).get(reverse("consent:incidents"))
    assert dict(page.context["rows"])[reported] is True

    send(
        sign_in(cast.dora),
        reverse("consent:incident", args=[reported.uuid]),
        kind="authority_told",
        text="By virk.dk",
        lookup=str(cast.lookup.uuid),
    )
    step = reported.steps.get()
    assert (step.by, step.lookup) == (cast.dora, cast.lookup)
    assert reported not in Incident.objects.undecided()


def test_a_step_is_never_rewritten(cast, reported):
    step = incidents.add_step(
        reported, uuid=reported.uuid, kind="note", text="x", by=cast.dora
    )
    for row, field in ((step, "text"), (reported, "what")):
        with (
            pytest.raises(IntegrityError, match="never rewritten"),
            transaction.atomic(),
        ):
            type(row).objects.filter(pk=row.pk).update(**{field: "y"})
    assert IncidentStep.objects.get(pk=step.pk).text == "x"
