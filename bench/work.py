"""What a page asks of the database, and what that takes: the same on a busy machine."""

from contextlib import contextmanager

from django.db import connection


def watched(do):
    """(statement, parameters) of all that it asks, and the work of it.

    The work is pages read from PostgreSQL's memory, or steps of SQLite's machine.
    """
    statements = []

    def note(execute, sql, params, many, context):
        # SQLite is told where a transaction begins; that asks for nothing.
        if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            statements.append((sql, params))
        return execute(sql, params, many, context)

    with _steps() as steps, connection.execute_wrapper(note):
        do()
    if connection.vendor == "sqlite":
        return statements, len(steps)
    return statements, work_of(statements)


def work_of(statements):
    """The work of statements that have been noted, asked once more."""
    if connection.vendor == "sqlite":
        with _steps() as steps, connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
                cursor.fetchall()
        return len(steps)
    plans = [plan(one, "ANALYZE, BUFFERS,")["Plan"] for one in questions(statements)]
    return sum(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] for plan in plans)


def questions(statements):
    """Those that only read."""
    return [one for one in statements if one[0].startswith(("SELECT ", "(SELECT "))]


def plan(statement, options=""):
    """How PostgreSQL answers it."""
    sql, params = statement
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN ({options} FORMAT JSON) {sql}", params)
        [[[answer]]] = cursor.fetchall()
    return answer


def scanned(statement):
    """The tables that SQLite reads from one end to the other for it."""
    sql, params = statement
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        steps = [row[3].split() for row in cursor.fetchall()]
    return {step[1] for step in steps if step[0] == "SCAN"}


@contextmanager
def _steps():
    """A list that grows by one for each step of SQLite's machine."""
    steps = []
    if connection.vendor != "sqlite":
        yield steps
        return
    connection.ensure_connection()
    connection.connection.set_progress_handler(lambda: steps.append(None), 1)
    try:
        yield steps
    finally:
        connection.connection.set_progress_handler(None, 1)
