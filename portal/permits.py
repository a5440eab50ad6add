"""What the database lets through for one decided act, and for nothing beside it.

Kept rows are never rewritten or removed (portal.refusals). One act of the law is
stronger: taking out of them who a relative was that is erased. Such an act says which
verb on which table it needs, and the triggers look for exactly that.
"""

from contextlib import contextmanager

from django.db import connection

SETTING = "samspil.permits"
ERASE = "ERASE"


def condition(vendor, verb, table):
    """In SQL: whether this verb on this table is permitted at this moment."""
    if vendor == "sqlite":
        return f"portal_permits() = '{verb} {table}'"
    return f"coalesce(current_setting('{SETTING}', true), '') = '{verb} {table}'"


@contextmanager
def permitted(verb, model):
    """Inside, and in the caller's transaction, the act is let through."""
    if not connection.in_atomic_block:
        raise RuntimeError("What is permitted ends with a transaction.")
    before = getattr(connection, "permits", "")
    _say(f"{verb} {model._meta.db_table}")
    try:
        yield
    finally:
        _say(before)


def _say(what):
    connection.permits = what
    # A transaction that has failed takes the setting along when it is rolled back.
    if connection.vendor == "postgresql" and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, what])


def teach(connection, **kwargs):
    """Give a new SQLite connection what its triggers ask."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "portal_permits", 0, lambda: getattr(connection, "permits", "")
        )
