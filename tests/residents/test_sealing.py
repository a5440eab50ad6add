"""The access log is sealed hour by hour, and the command says whether both logs hold."""

import pytest
from django.core.management import call_command
from django.db import connection

from portal import audit, chain, postman, refusals
from portal.models import AuditEvent, Message
from residents import log_check, sealing
from residents.models import AccessEvent


def looked(cast, times=1):
    for _one in range(times):
        AccessEvent.objects.create(
            user=cast.mette,
            resident=cast.bo,
            department=cast.aakanden,
            capacity="care",
            way="portal",
            purpose="care",
            ground="employment",
            items={"diaryentry": [3, 1]},
            searched="tænder",
        )


@pytest.fixture
def sealed(cast):
    """Seven rows below a seal."""
    looked(cast, 7)
    sealing.seal()
    sealing.seal()
    chain.settle(connection)
    return AccessEvent.objects.order_by("pk")


def verify(capsys, *args):
    """The exit code of the command, and its line."""
    chain.settle(connection)
    code = 0
    try:
        call_command("verify_log", *args)
    except SystemExit as stopped:
        code = stopped.code
    return code, capsys.readouterr().out.strip()


def test_what_was_seen_an_hour_ago_is_sealed_and_the_rest_is_said(cast, sealed, capsys):
    looked(cast, 2)
    code, said = verify(capsys)

    assert code == 0
    assert (
        f"{sealed.count() - 2} rows of the access log sealed, 2 not sealed yet" in said
    )
    sealing.seal()
    sealing.seal()
    assert not sealing.unsealed().exists()
    assert sealing.seal() == 0


def test_one_seal_holds_no_more_than_can_be_searched(cast, sealed, monkeypatch):
    monkeypatch.setattr(sealing, "A_SEAL", 3)
    looked(cast, 7)
    sealing.seal()

    assert sealing.seal() == 3
    assert sealing.walk() == sealed.count()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda rows: rows.filter(pk=rows[3].pk)._raw_delete("default"), "are there"),
        (
            lambda rows: AccessEvent._base_manager.filter(pk=rows[3].pk)._update(
                [(AccessEvent._meta.get_field("topic"), None, "health")]
            ),
            "has been changed",
        ),
    ],
)
def test_what_is_changed_below_a_seal_is_found(sealed, capsys, how, said):
    with refusals.lifted():
        how(sealed)

    code, line = verify(capsys)
    assert code == 1
    assert line.startswith("BROKEN: ")
    assert said in line
    assert "of the access log" in line


def test_a_seal_that_was_removed_is_found(cast, sealed, capsys):
    audit.record("thing.done", by=None, about=cast.mette)
    chain.settle(connection)
    with refusals.lifted():
        AuditEvent.objects.filter(verb=sealing.SEALED)._raw_delete("default")

    assert verify(capsys)[0] == 1


def test_the_head_that_was_printed_shows_that_the_log_was_cut(cast, sealed, capsys):
    head = verify(capsys)[1].rpartition(" ")[2]
    assert verify(capsys, "--head", head)[0] == 0
    with refusals.lifted():
        last = AuditEvent.objects.order_by("number").last()
        AuditEvent.objects.filter(pk=last.pk)._raw_delete("default")

    assert verify(capsys)[0] == 0
    code, line = verify(capsys, "--head", head)
    assert code == 1
    assert "was noted" in line


@pytest.mark.django_db
def test_once_a_day_the_log_is_walked_and_what_came_of_it_is_seen(
    cast, client, sealed, mailoutbox
):
    log_check.check_daily()
    chain.settle(connection)
    assert audit.last_check().verb == audit.HOLDS
    mail = Message.objects.get(template="log-head")
    assert (mail.to, mail.facts["head"]) == (
        cast.dora,
        audit.last_check().facts["head"],
    )
    postman.empty_outbox()
    (letter,) = [one for one in mailoutbox if one.to == [cast.dora.email]]
    assert mail.facts["head"] in letter.body
    assert client.get("/readyz").content == b"ready"
    with refusals.lifted():
        AuditEvent.objects.filter(number=1).update(subject="x:1")

    log_check.check_daily()

    assert audit.last_check().verb == audit.BROKEN
    assert b"the audit log does not hold" in client.get("/readyz").content
