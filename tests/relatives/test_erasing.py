"""A relative is forgotten: no trace of who they were, and the residents' records whole."""

import io
from types import SimpleNamespace

import pytest
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse

from consent.models import ConsentTalk
from news.models import DiaryEntry
from portal import erasing, permits, refusals
from portal.models import AuditEvent, Draft, Message, User
from relatives import actions
from relatives.models import Contact, Relation, Relative
from tests.factories import (
    AgreementFactory,
    ContactFactory,
    DiaryEntryFactory,
    RelationFactory,
    RepresentationFactory,
    UserFactory,
)
from tests.plain import HARDEST, lix, prose

NAME, MAIL, PHONE = "Zebulon Quistgaard", "zebulon@quist.example", "77 88 99 11"
TRACES = ("Zebulon", "Quistgaard", "zebulon@quist", PHONE)


@pytest.fixture(autouse=True)
def own_ledger(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def zebulon(cast):
    """Named wherever somebody may have written of him."""
    user = UserFactory(name=NAME, email=MAIL)
    relation = RelationFactory(
        resident=cast.bo,
        relative__given_name="Zebulon",
        relative__family_name="Quistgaard",
        relative__email=MAIL,
        relative__phone=PHONE,
        relative__address="Quistgaardsvej 1",
        relative__user=user,
    )
    UserSession.objects.create(
        user=user, ip="10.0.0.1", session_key="k", user_agent="u", data={}
    )
    Draft.objects.create(user=user, form="/x/", fields={"text": f"I am {NAME}"})
    Draft.objects.create(user=cast.mette, form="/y/", fields={"note": f"Ring {PHONE}"})
    Message.objects.create(key="z", template="x", to=user, last_error=f"{MAIL}: no")
    ContactFactory(
        resident=cast.bo,
        relative=relation.relative,
        note="Zebulon rang and was glad.",
        recorded_by=cast.mette,
    )
    DiaryEntryFactory(
        resident=cast.bo, text=f"{NAME} came by. So did Anna.", recorded_by=cast.mette
    )
    AgreementFactory(
        resident=cast.bo, text=f"Write to {MAIL.upper()}", recorded_by=cast.mette
    )
    with refusals.lifted():
        ConsentTalk.objects.filter(resident=cast.bo).update(
            text_shown=f"May {NAME} hear of it?", how_informed=f"{NAME} was there."
        )
    return relation


def everything():
    """All that stands in any table, as text."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- our own tables
            told += [f"{table}: {row}" for row in cursor.fetchall()]
    return told


def traces():
    return [
        line
        for line in everything()
        if any(trace.lower() in line.lower() for trace in TRACES)
    ]


def test_no_trace_is_left_of_who_it_was(cast, zebulon):
    assert len(traces()) > 9

    actions.erase_relative(zebulon.relative, by=cast.clara)

    assert traces() == []


def test_what_was_said_is_whole_but_for_the_name(cast, zebulon):
    actions.erase_relative(zebulon.relative, by=cast.clara)

    word = actions.erased_word()
    assert Contact.objects.filter(note=f"{word} rang and was glad.").exists()
    assert DiaryEntry.objects.filter(text=f"{word} came by. So did Anna.").exists()
    talk = ConsentTalk.objects.filter(resident=cast.bo).first()
    assert talk.how_informed == f"{word} was there."
    assert AuditEvent.objects.filter(verb="relative.erased").exists()
    assert not Relation.objects.standing().filter(pk=zebulon.pk).exists()


def test_nobody_else_is_touched(cast, zebulon):
    def others():
        # Without what tells of the act, and of him.
        own = {"portal_auditevent", "portal_draft", "sqlite_sequence"}
        lines = set(everything())
        return {line for line in lines if line.split(":")[0] not in own}

    before = others()
    actions.erase_relative(zebulon.relative, by=cast.clara)

    lost = [
        line
        for line in before - others()
        if not any(trace.lower() in line.lower() for trace in TRACES)
    ]
    # The relation that ended, and the log-in's own rows.
    assert {line.split(":")[0] for line in lost} <= {
        "relatives_relation",
        "residents_grant",
        "usersessions_usersession",
        "relatives_telling",
    }


def test_the_database_lets_nothing_else_through(cast, zebulon):
    talk = ConsentTalk.objects.filter(resident=cast.bo)
    wrong = [
        lambda: talk.update(how_informed="Something else."),
        lambda: talk.delete(),
        lambda: permitted(ConsentTalk, lambda: talk.delete()),
        # Not who gave it, not when, and not a row of another table.
        lambda: permitted(ConsentTalk, lambda: talk.update(capacity="other")),
        lambda: permitted(ConsentTalk, lambda: talk.update(recorded_by=cast.karen)),
        lambda: permitted(Contact, lambda: talk.update(how_informed="Else.")),
        lambda: permitted(
            AuditEvent, lambda: models.QuerySet(AuditEvent).update(verb="else")
        ),
    ]
    for act in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    # And afterwards it is shut again.
    with transaction.atomic():
        permitted(ConsentTalk, lambda: talk.update(how_informed="Said."))
    with pytest.raises(IntegrityError), transaction.atomic():
        talk.update(how_informed="Something else.")


def permitted(model, act):
    with permits.permitted(permits.ERASE, model):
        act()


def test_what_is_about_other_residents_names_who_it_did(cast, zebulon):
    """There may be two of that name, and the other has not asked."""
    of_ida = DiaryEntryFactory(
        resident=cast.ida, text=f"{NAME} came by.", recorded_by=cast.tim
    )

    actions.erase_relative(zebulon.relative, by=cast.clara)

    of_ida.refresh_from_db()
    assert of_ida.text == f"{NAME} came by."


def test_a_permit_is_given_in_a_transaction_alone(monkeypatch):
    outside = SimpleNamespace(in_atomic_block=False, vendor="sqlite")
    monkeypatch.setattr(permits, "connection", outside)

    with pytest.raises(RuntimeError, match="transaction"):
        permitted(ConsentTalk, lambda: None)


def test_a_permit_ends_with_its_transaction(cast):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        permitted(ConsentTalk, lambda: 1 / 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentTalk.objects.filter(resident=cast.bo).update(how_informed="Else.")


def test_who_acts_by_law_is_not_erased(cast, zebulon):
    RepresentationFactory(relation=zebulon)

    with pytest.raises(actions.StillNeeded):
        actions.erase_relative(zebulon.relative, by=cast.clara)

    assert traces()


def test_who_works_here_too_keeps_the_log_in_for_that(cast):
    actions.erase_relative(cast.rikkes.relative, by=cast.clara)

    rikke = User.objects.get(pk=cast.rikke.pk)
    assert (rikke.name, rikke.is_active) == ("Rikke", True)
    assert not Relative.objects.filter(user=rikke).exists()


def test_the_ledger_names_nobody_and_erases_again_after_a_restore(
    cast, zebulon, settings
):
    kept = {
        "relative": Relative.objects.filter(pk=zebulon.relative.pk).values().get(),
        "user": User.objects.filter(pk=zebulon.relative.user.pk).values().get(),
    }
    actions.erase_relative(zebulon.relative, by=cast.clara)
    ledger = (settings.DATA_DIR / "erased.jsonl").read_text()
    assert str(zebulon.relative.uuid) not in ledger
    assert not any(trace in ledger for trace in TRACES)

    # As the database of yesterday has it.
    Relative.objects.filter(pk=zebulon.relative.pk).update(**kept["relative"])
    User.objects.filter(pk=kept["user"]["id"]).update(**kept["user"])
    assert traces()
    said = io.StringIO()
    call_command("reapply_erasures", by=cast.clara.email, stdout=said)

    assert traces() == []
    assert "1 erased again" in said.getvalue()
    assert not Relative.objects.filter(erased_at=None, given_name="Zebulon").exists()
    call_command("reapply_erasures", by=cast.clara.email, stdout=said)
    assert "0 erased again" in said.getvalue()


def test_without_a_ledger_nothing_is_erased(cast, zebulon, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.DATA_DIR = tmp_path / "file" / "below"

    with pytest.raises(OSError, match="file"):
        actions.erase_relative(zebulon.relative, by=cast.clara)

    assert Relative.objects.get(pk=zebulon.relative.pk).given_name == "Zebulon"


def test_only_who_runs_the_home_does_it(cast, zebulon, sign_in, monkeypatch):
    monkeypatch.setattr(
        "allauth.account.internal.flows.reauthentication.is_reauthentication_required",
        lambda *args, **kwargs: False,
    )
    path = reverse("relatives:relative-erase", args=[zebulon.relative.uuid])

    assert sign_in(cast.karen).post(path, {"sure": "1"}).status_code == 403
    assert sign_in(cast.tim).post(path, {"sure": "1"}).status_code == 404
    clara = sign_in(cast.clara)
    assert NAME in clara.get(path).content.decode()
    assert clara.post(path).status_code == 200
    assert traces()
    assert clara.post(path, {"sure": "1"}).status_code == 302
    assert traces() == []


def test_what_goes_and_stays_is_told_plainly(cast, zebulon, sign_in):
    path = reverse("relatives:relative-erase", args=[zebulon.relative.uuid])
    page = sign_in(cast.clara).get(path).content.decode()

    assert lix("\n".join(prose(page))) <= HARDEST["staff"]


def test_a_log_in_that_is_erased_opens_nothing(cast, zebulon):
    actions.erase_relative(zebulon.relative, by=cast.clara)

    user = User.objects.get(pk=zebulon.relative.user_id)
    assert not user.is_active
    assert not user.has_usable_password()
    for model, path in erasing.goes_with(user):
        assert not model._base_manager.filter(**{path: user}).exists()


def test_somebody_answers_for_erasing_again(cast):
    with pytest.raises(CommandError):
        call_command("reapply_erasures", by="nobody@example.dk")
