"""The audit log holds together: whoever changes, removes or adds a line is found."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from portal import actions, audit, chain, clock, refusals
from portal.models import AuditEvent, Employment, User
from tests.factories import UserFactory


def sql(text, *values, **names):
    with connection.cursor() as cursor:
        cursor.execute(text.format(log=AuditEvent._meta.db_table, **names), values)


def walked(noted=None):
    chain.settle(connection)
    return chain.walk(AuditEvent.objects.all(), noted=noted)


@pytest.fixture
def five(db):
    """Five lines, and the numbers that they have in the chain."""
    somebody = UserFactory()
    before = walked().number
    for count in range(5):
        audit.record("thing.done", by=somebody, about=somebody, count=count, ø="æ")
    walked()
    return list(range(before + 1, before + 6))


def test_each_line_holds_fast_to_the_one_before_it(five):
    rows = AuditEvent.objects.filter(number__in=five).order_by("number")

    assert walked().number == five[-1]
    for before, after in zip(rows, rows[1:], strict=False):
        assert after.hash == chain.link(before.hash, after.number, after.digest)


def test_lines_written_together_are_chained_too(db):
    audit.record_many("thing.done", by=None, about=[UserFactory(), UserFactory()])
    assert walked().number == AuditEvent.objects.count() >= 2


@pytest.mark.parametrize(
    ("column", "value"),
    [("verb", "x"), ("subject", "x:1"), ("actor_id", None), ("facts", '{"count": 9}')],
)
def test_a_line_that_was_changed_is_found(five, column, value):
    with refusals.lifted():
        sql(
            "UPDATE {log} SET {column} = %s WHERE number = %s",
            value,
            five[2],
            column=column,
        )

    with pytest.raises(chain.Broken, match=f"Line {five[2]} has been changed"):
        walked()


def test_an_instant_that_was_moved_is_found(five):
    event = AuditEvent.objects.get(number=five[2])
    with refusals.lifted():
        AuditEvent.objects.filter(pk=event.pk).update(at=event.at.replace(year=2020))

    with pytest.raises(chain.Broken, match=f"Line {five[2]} has been changed"):
        walked()


def test_a_line_that_was_changed_together_with_its_digest_is_found(five):
    event = AuditEvent.objects.get(number=five[2])
    digest = chain.digest(
        at=event.at, actor=event.actor_id, verb="x", subject=event.subject, facts={}
    )
    with refusals.lifted():
        AuditEvent.objects.filter(pk=event.pk).update(verb="x", facts={})
        # As update() does by itself; said again for whoever changes that.
        sql("UPDATE {log} SET digest = %s WHERE number = %s", digest, five[2])

    with pytest.raises(chain.Broken, match=f"Line {five[2]} does not follow"):
        walked()


def test_a_line_that_was_removed_is_found(five):
    with refusals.lifted():
        sql("DELETE FROM {log} WHERE number = %s", five[2])

    with pytest.raises(chain.Broken, match=f"Line {five[2]} is missing"):
        walked()


def test_a_line_that_was_put_in_between_is_found(five):
    with refusals.lifted():
        for number in reversed(five[2:]):
            sql(
                "UPDATE {log} SET number = number + 1 WHERE number = %s",
                number,
            )
        chain.take_down(using="default")
        event = AuditEvent.objects.create(
            verb="thing.forged", subject="x:1", number=five[2], hash="0" * 64
        )
        chain.put_up(using="default")
        assert event.pk

    with pytest.raises(chain.Broken, match=f"Line {five[2]} does not follow"):
        walked()


def test_a_line_that_no_trigger_has_chained_is_found(five):
    chain.settle(connection)
    chain.take_down(using="default")
    AuditEvent.objects.create(verb="thing.hidden", subject="x:1")

    with pytest.raises(chain.Broken, match="1 lines are in no chain"):
        walked()

    chain.put_up(using="default")
    assert walked().number == five[-1] + 1


def test_that_the_end_was_cut_off_is_found_by_whoever_noted_the_head(five):
    noted = walked()
    with refusals.lifted():
        sql("DELETE FROM {log} WHERE number >= %s", five[3])

    assert walked().number == five[2]
    with pytest.raises(chain.Broken, match=f"ends at line {five[2]}"):
        walked(noted)
    # And when the log has grown again.
    for _one in range(4):
        audit.record("thing.done", by=None, about=UserFactory())
    with pytest.raises(chain.Broken, match=f"Line {five[4]} is not the line that was"):
        walked(noted)


def test_a_head_noted_earlier_is_still_in_the_chain(five):
    noted = walked()
    audit.record("thing.done", by=None, about=UserFactory())

    assert walked(noted).number == noted.number + 1


def test_nobody_gives_a_line_its_number(five):
    with pytest.raises(IntegrityError, match="numbers its lines"), transaction.atomic():
        AuditEvent.objects.create(verb="x", subject="x:1", number=five[-1] + 1)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a statement of SQLite's")
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("key", ["id", "number"])
def test_another_line_is_not_put_in_the_place_of_one(five, recursive, key):
    """INSERT OR REPLACE removes a row without a word where triggers are not recursive."""
    before = list(AuditEvent.objects.order_by("pk").values())
    columns = "at, actor_id, verb, subject, facts, digest, hash"
    keys = {"id": "id, number", "number": "id + 1000, number"}[key]
    sql(f"PRAGMA recursive_triggers = {recursive}")
    try:
        with pytest.raises(IntegrityError), transaction.atomic():
            sql(
                "INSERT OR REPLACE INTO {log} (id, number, {columns})"
                " SELECT {keys}, {columns} FROM {log} WHERE number = %s",
                five[2],
                keys=keys,
                columns=columns,
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            sql(
                "INSERT INTO {log} (id, {columns}) SELECT id, {columns} FROM {log}"
                " WHERE number = %s ON CONFLICT DO UPDATE SET verb = 'x'",
                five[2],
                columns=columns,
            )
    finally:
        sql("PRAGMA recursive_triggers = ON")
    assert list(AuditEvent.objects.order_by("pk").values()) == before


TRUNCATE = "TRUNCATE {log} CASCADE"
UPSERT = """
INSERT INTO {log} (id, at, verb, subject, facts, digest, hash)
  SELECT id, at, verb, subject, facts, digest, '' FROM {log} LIMIT 1
  ON CONFLICT (id) DO UPDATE SET verb = 'x'
"""


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's alone")
@pytest.mark.parametrize("text", [TRUNCATE, UPSERT])
def test_neither_truncate_nor_upsert_gets_around_it(five, text):
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        sql(text)


def test_two_at_once_never_fork_the_chain(apart):
    somebody = UserFactory()

    def write():
        for _one in range(5):
            with transaction.atomic():
                audit.record("thing.done", by=somebody, about=somebody)
                audit.record("thing.done", by=somebody, about=somebody)
        return True

    assert apart(write, write, write) == [True] * 3
    (found,) = apart(lambda: (walked().number, AuditEvent.objects.count()))
    assert found[0] == found[1] >= 30


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_whoever_works_long_keeps_nobody_from_the_log(apart):
    """The lock is taken as the transaction commits, not as the line is written."""
    somebody = UserFactory()
    with transaction.atomic():
        audit.record("thing.begun", by=somebody, about=somebody)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            assert cursor.fetchone() == (0,)
        done = apart(lambda: audit.record("thing.done", by=somebody, about=somebody))
    assert done == [None]
    walked()
    verbs = AuditEvent.objects.order_by("number").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["thing.done", "thing.begun"]


def _employ(cast):
    actions.employ(
        home=cast.solgaarden,
        name="New",
        email="new@example.dk",
        role="system",
        profession="office",
        starts_on=clock.today(),
        by=cast.clara,
    )


def _rename(cast):
    actions.change_texts(cast.solgaarden, name="Other", by=cast.clara)


@pytest.mark.parametrize("act", [_employ, _rename])
def test_what_cannot_be_written_down_does_not_happen(cast, monkeypatch, act):
    def no(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(chain, "digest", no)
    with pytest.raises(DatabaseError, match="disk full"):
        act(cast)
    cast.solgaarden.refresh_from_db()
    assert cast.solgaarden.name == "Solgården"
    assert not User.objects.filter(email="new@example.dk").exists()
    assert not Employment.objects.filter(user__name="New").exists()


def test_nobody_comes_in_whose_coming_cannot_be_written_down(client, monkeypatch, db):
    mette = UserFactory(email="mette@example.dk")
    mette.set_password("en lang sætning om intet")
    mette.save()

    def log_in():
        return client.post(
            "/account/login/",
            {"login": mette.email, "password": "en lang sætning om intet"},
        )

    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(audit, "record", lambda *a, **k: 1 / 0)
        assert log_in().status_code == 500
    assert client.get("/").status_code == 302
    log_in()
    client.logout()
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-2:] == ["user.signed_in", "user.signed_out"]


@pytest.mark.django_db(transaction=True)
def test_lines_from_before_the_chain_are_chained_by_the_migration():
    somebody = UserFactory()
    for _one in range(3):
        audit.record("thing.done", by=somebody, about=somebody, count=1)
    said = list(AuditEvent.objects.order_by("pk").values("pk", "at", "verb", "facts"))

    call_command("migrate", "portal", "0009", verbosity=0)
    call_command("migrate", verbosity=0)

    assert walked().number == len(said)
    again = AuditEvent.objects.order_by("pk").values("pk", "at", "verb", "facts")
    assert list(again) == said
