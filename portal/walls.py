"""A second wall behind visible_to(): PostgreSQL itself hides what a reader may not see.

While a page is made, the connection plays a role without rights of its own, and every
statement is held against who reads. A page that forgets to ask visible_to() is then
empty where it should be, not open. It guards against our own mistakes, not against
somebody who runs SQL of their own. On SQLite there is no such wall.

Commands, migrations and the worker are the owner, whom nothing hides anything from.

Like the refusals, walls are no part of a migration: they are taken down before every
`migrate` and put up after it, as the models (`wall = …`) say.
"""

from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import (
    ProgrammingError,
    connection,
    connections,
    transaction,
)

from portal.web_role import READER, ROLE, make_role


def of_staff(resident="resident_id"):
    """Whoever cares for the resident today."""
    return f"""EXISTS (SELECT 1 FROM residents_resident cared_for
    WHERE cared_for.id = {resident}
      AND cared_for.department_id = ANY ((SELECT portal_reader_departments())::bigint[]))"""


def shared(*, only="true"):
    """Whoever cares for the resident, and those to whom the topic is open."""
    return f"""{of_staff()} OR ({only}) AND (
    (resident_id, topic) IN (SELECT opened.resident, opened.of_topic
        FROM portal_reader_topics() opened WHERE opened.since IS NULL)
    OR EXISTS (SELECT 1 FROM portal_reader_topics() opened
        WHERE opened.since <= recorded_at
          AND opened.resident = resident_id AND opened.of_topic = topic))"""


def of_topic(topic):
    """Those to whom this topic of the resident is open: for rows that are all about it."""
    return f"""EXISTS (SELECT 1 FROM portal_reader_topics() opened
    WHERE opened.resident = resident_id AND opened.of_topic = '{topic}'
      AND (opened.since IS NULL OR opened.since <= recorded_at))"""


def of_protection(home="home_id"):
    """Those who protect the home's data: to them the logs, and nothing else."""
    return f"{home} = ANY ((SELECT portal_reader_protects())::bigint[])"


def of_protected_department(department="department_id"):
    """The same, for what happened in a department."""
    return f"""EXISTS (SELECT 1 FROM portal_department place
    WHERE place.id = {department} AND {of_protection("place.home_id")})"""


def of_running(home="home_id"):
    """Whoever runs the home."""
    return f"""EXISTS (SELECT 1 FROM portal_employment job
    WHERE job.user_id = portal_reader() AND job.home_id = {home}
      AND job.role = 'centre_manager' AND job.starts_on <= portal_today()
      AND (job.ends_on IS NULL OR job.ends_on >= portal_today()))"""


def of_resident(resident="resident_id"):
    """The resident, by a log-in of their own."""
    return f"""{resident} IN (
    SELECT own.id FROM residents_resident own WHERE own.user_id = portal_reader())"""


def of_relative(relative="relative_id"):
    """That relative alone."""
    return f"""{relative} IN (
    SELECT own.id FROM relatives_relative own WHERE own.user_id = portal_reader())"""


def behind(table, column, only="true"):
    """Whoever sees the row, `whole`, that this one belongs to.

    As a value, which is looked up row by row: of an IN or EXISTS, PostgreSQL would read
    the whole table once for each statement, to have the answers to all rows at hand.
    """
    return f"(SELECT ({only}) FROM {table} whole WHERE whole.id = {column})"


@dataclass(frozen=True)
class Wall:
    """Set it on a model as `wall`: a condition in SQL on who sees a row.

    Rows may be written that the writer could not read: who may write is the policies'
    to say, in Python.
    """

    sees: str
    # What the condition needs in the database before it.
    function: str = ""

    def create(self, table):
        if self.function:
            yield self.function
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield (
            f"CREATE POLICY {NAME} ON {table} TO {ROLE}"
            f" USING ({self.sees}) WITH CHECK (true)"
        )


NAME = "readers"


def walled():
    """The models that have a wall."""
    return [model for model in apps.get_models() if hasattr(model, "wall")]


# Putting up


def standing(connection):
    """The tables that have their wall in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_policies JOIN pg_class ON relname = tablename"
            " WHERE policyname = %s AND relrowsecurity AND %s = ANY (roles)",
            [NAME, ROLE],
        )
        return {table for (table,) in cursor.fetchall()}


def take_down(*, using, **kwargs):
    """Before a migration. Until it has run, the role sees nothing of these tables."""
    if connections[using].vendor != "postgresql":
        return
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_policies WHERE policyname = %s", [NAME]
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"DROP POLICY {NAME} ON {table}")


def put_up(*, using, **kwargs):
    """After a migration: what stands is what the models say.

    Raises CommandError if there is no role and none may be made.
    """
    if connections[using].vendor != "postgresql":
        return
    make_role(connections[using])
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        take_down(using=using)
        cursor.execute(READER)
        cursor.execute(
            f"GRANT USAGE ON SCHEMA public TO {ROLE};"
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};"
            f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE}"
        )
        tables = set(connections[using].introspection.table_names(cursor))
        gone = {model._meta.db_table for model in walled()} - tables
        for model in walled():
            try:
                with transaction.atomic(using=using):
                    for statement in model.wall.create(model._meta.db_table):
                        cursor.execute(statement)
            except ProgrammingError:
                # After a migration backwards, what stands on something gone stays shut.
                if not gone:
                    raise


# Reading behind it


def raise_for(connection, reader):
    """From now on the connection shows what the user of this number may see.

    None is nobody, who sees nothing. Outside transactions: one that is rolled back
    would take it along.
    """
    if connection.vendor == "postgresql":
        connection.reader = "" if reader is None else str(reader)
        connection.ensure_connection()
        _set(connection, ROLE, connection.reader)


def lower(connection):
    """The connection is the owner's again. If it cannot be told so, it is closed."""
    if connection.vendor != "postgresql":
        return
    connection.reader = None
    if connection.connection is None:
        return
    try:
        _set(connection, "none", "")
    except connection.Database.Error:
        # A transaction that has failed takes the reader along when it is rolled back.
        if not connection.in_atomic_block:
            connection.close()


def raise_again(connection, **kwargs):
    """A connection that was lost while a page was made comes back behind the wall."""
    reader = getattr(connection, "reader", None)
    if reader is not None and connection.vendor == "postgresql":
        _set(connection, ROLE, reader)


def _set(connection, role, reader):
    # The driver's own cursor: this is no question of the page's.
    with connection.connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, false), set_config('samspil.reader', %s, false)",
            [role, reader],
        )


@contextmanager
def seen_by(user):
    """What is read inside is what the user may see; afterwards it is as before."""
    before = getattr(connection, "reader", None)
    raise_for(connection, user.pk if user else None)
    try:
        yield
    finally:
        if before is None:
            lower(connection)
        else:
            raise_for(connection, before or None)


@contextmanager
def set_aside():
    """For a decided act: PostgreSQL lets nobody make a row invisible to themselves."""
    before = getattr(connection, "reader", None)
    if before is not None:
        lower(connection)
    try:
        yield
    finally:
        if before is not None:
            raise_for(connection, before or None)
