"""Each line of the audit log holds fast to the one before it.

A line's `digest` is the hash of what it says, made when it is written. Its `number` and
its `hash` (over the hash before, the number and the digest) are given by the database
itself, whoever writes: a page, a shell, raw SQL. PostgreSQL does it when the transaction
commits, so that one who works long keeps nobody waiting (docs/decisions/0029); SQLite has
one writer at a time anyhow, and does it at once.

A row that was changed, removed or put in between is found by walking the chain. That the
last rows were cut off is only found by somebody who has noted the head elsewhere.
"""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.db import connections, transaction

TABLE = "portal_auditevent"
BEGINNING = "0" * 64
# Any number, so long as nobody else takes the same lock.
LOCK, SEALING = 5_301_944, 5_301_945
A_BATCH = 2_000

# The first waits for what else the commit still has to check, for whoever holds the lock
# must not wait for anybody's row; the second takes the lock and adds to the chain.
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION portal_chain_wait() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE {TABLE} SET digest = digest WHERE id = NEW.id;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION portal_chain_add() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  last_number bigint;
  last_hash text;
BEGIN
  PERFORM pg_advisory_xact_lock({LOCK});
  SELECT number, hash INTO last_number, last_hash FROM {TABLE}
   WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1;
  last_number := coalesce(last_number, 0) + 1;
  UPDATE {TABLE} SET number = last_number, hash = encode(sha256(convert_to(
      coalesce(last_hash, '{BEGINNING}') || ':' || last_number || ':' || digest,
      'UTF8')), 'hex')
   WHERE id = NEW.id AND number IS NULL;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER chain_wait AFTER INSERT ON {TABLE}
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION portal_chain_wait();
CREATE CONSTRAINT TRIGGER chain_add AFTER UPDATE OF digest ON {TABLE}
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.number IS NULL)
  EXECUTE FUNCTION portal_chain_add();
"""

SQLITE = f"""
CREATE TRIGGER chain_add AFTER INSERT ON {TABLE}
BEGIN
  UPDATE {TABLE}
     SET number = (SELECT coalesce(max(number), 0) + 1 FROM {TABLE}),
         hash = portal_link(
           (SELECT hash FROM {TABLE} WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1),
           (SELECT coalesce(max(number), 0) + 1 FROM {TABLE}), digest)
   WHERE id = NEW.id;
END
"""

TAKE_DOWN = {
    "postgresql": [
        f"DROP TRIGGER IF EXISTS chain_wait ON {TABLE}",
        f"DROP TRIGGER IF EXISTS chain_add ON {TABLE}",
    ],
    "sqlite": ["DROP TRIGGER IF EXISTS chain_add"],
}


def digest(*, at, actor, verb, subject, facts):
    """The hash of what one line says."""
    at = at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    said = [at, actor, verb, subject, json.loads(json.dumps(facts))]
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def link(before, number, digest):
    """The hash that the line of this number has, after the line with the hash `before`."""
    return hashlib.sha256(
        f"{before or BEGINNING}:{number}:{digest}".encode()
    ).hexdigest()


def teach(connection, **kwargs):
    """Give a new SQLite connection what its trigger asks."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("portal_link", 3, link)


def hold(connection, lock):
    """Until the caller's transaction ends nobody else has it. SQLite has one writer anyhow."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])


def settle(connection):
    """Add what this transaction has written so far to the chain, and not first at its end."""
    if connection.vendor == "postgresql":
        connection.check_constraints()


# Putting up


def take_down(*, using, **kwargs):
    """Before a migration: it may rebuild the table, or write lines of its own."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in TAKE_DOWN[connection.vendor]:
            cursor.execute(statement)


def put_up(*, using, **kwargs):
    """After a migration. Lines that were written meanwhile are added to the chain first."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        take_down(using=using)
        columns = connection.introspection.get_table_description(cursor, TABLE)
        if "digest" not in {column.name for column in columns}:
            # After a migration backwards, beyond the chain.
            return
        add_the_rest(connection)
        cursor.execute(POSTGRESQL if connection.vendor == "postgresql" else SQLITE)


def add_the_rest(connection):
    """Chain the lines that are in no chain yet, in the order in which they were written."""
    hold(connection, LOCK)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number, hash FROM {TABLE} WHERE number IS NOT NULL"
            " ORDER BY number DESC LIMIT 1"
        )
        number, before = cursor.fetchone() or (0, BEGINNING)
        while True:
            cursor.execute(
                f"SELECT id, digest FROM {TABLE} WHERE number IS NULL"
                f" ORDER BY id LIMIT {A_BATCH}"
            )
            rows = cursor.fetchall()
            if not rows:
                return
            chained = []
            for key, of_row in rows:
                number, before = number + 1, link(before, number + 1, of_row)
                chained.append((number, before, key))
            cursor.executemany(
                f"UPDATE {TABLE} SET number = %s, hash = %s WHERE id = %s", chained
            )


# Walking along it


@dataclass(frozen=True)
class Head:
    """The newest line: whoever has noted it elsewhere sees when the log was cut after it."""

    number: int = 0
    hash: str = BEGINNING

    def __str__(self):
        return f"{self.number}:{self.hash}"

    @classmethod
    def read(cls, text):
        """Raises ValueError if it is no head."""
        number, _colon, of_row = text.strip().partition(":")
        if len(of_row) != len(BEGINNING) or int(number) < 0:
            raise ValueError(text)
        return cls(int(number), of_row)


class Broken(Exception):
    """In a sentence: where the log does not hold any more."""


def walk(events, *, noted=None):
    """Every line from the first to the last. Answers with the head.

    `events` is a queryset of all lines; `noted` a Head that somebody has noted before.
    Raises Broken at the first line that does not hold.
    """
    head = Head()
    loose = events.filter(number=None).order_by("pk").values_list("pk", flat=True)
    rows = events.exclude(number=None).order_by("number")
    rows = rows.values_list(
        "number", "hash", "digest", "at", "actor_id", "verb", "subject", "facts"
    )
    for number, of_row, kept, at, actor, verb, subject, facts in rows.iterator(A_BATCH):
        if number != head.number + 1:
            raise Broken(f"Line {head.number + 1} is missing.")
        said = digest(at=at, actor=actor, verb=verb, subject=subject, facts=facts)
        if said != kept:
            raise Broken(f"Line {number} has been changed.")
        if of_row != link(head.hash, number, kept):
            raise Broken(f"Line {number} does not follow the line before it.")
        head = Head(number, of_row)
        if noted and noted.number == number and noted != head:
            raise Broken(f"Line {number} is not the line that was noted.")
    if noted and noted.number > head.number:
        raise Broken(
            f"The log ends at line {head.number}, and line {noted.number} was noted."
        )
    if (first := loose.first()) is not None:
        raise Broken(
            f"{loose.count()} lines are in no chain; the first is row {first}."
        )
    return head
