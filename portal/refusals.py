"""What the database refuses, whoever asks: a page, a shell, raw SQL.

Two promises rest on it. Nobody is granted anything around a consent or an employment;
and what a resident has answered is added to, never rewritten or removed.

The triggers are no part of a migration: SQLite loses a table's triggers whenever a
migration rebuilds it. They are taken down before every `migrate` and put up after it,
from what stands here and on the models, so that they are always those of the code.
"""

from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import connections, transaction

from portal import permits, personal

GIVEN = "Nobody is given a permission: access follows consents and employments."
SUPERUSER = "Nobody is a superuser: access follows consents and employments."

# Other people's tables in which a permission could be given, to one row or to all.
PERMISSIONS = (
    "guardian_userobjectpermission",
    "guardian_groupobjectpermission",
    "portal_user_user_permissions",
    "auth_group_permissions",
)

# Raises what Django knows as an IntegrityError, as SQLite's RAISE(ABORT) does.
POSTGRESQL = """
CREATE OR REPLACE FUNCTION portal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

ASKING = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {when} THEN
    RAISE EXCEPTION '{reason}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  -- Of a row that goes away there is no new one, and nothing would say: let it stay.
  RETURN COALESCE(NEW, OLD);
END $$"""


@dataclass(frozen=True)
class Kept:
    """How the rows of a model are kept: set it on the model as `kept`.

    `closing` are columns that are written once, together, when the first of them is
    still empty. `free` may change at any time. No other column ever changes, and no row
    goes away; but the name of somebody who is erased leaves what was written
    (portal.erasing).
    """

    reason: str
    closing: tuple[str, ...] = ()
    free: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """Rows that the database does not take: set some of them on the model as `refused`.

    `when` is a condition on NEW and OLD for each vendor; it may ask other tables. Where a
    verb is refused for several reasons, each has a `name`.
    """

    verb: str
    reason: str
    when: dict
    name: str = ""


@dataclass(frozen=True)
class Refusal:
    """One trigger: refuses a verb on a table, perhaps only when something holds.

    `asks`: the condition asks other tables, which PostgreSQL does only in a function.
    """

    table: str
    verb: str
    reason: str
    when: str = ""
    each: str = "ROW"
    asks: bool = False
    apart: str = ""

    @property
    def name(self):
        return "_".join(
            filter(None, ("refuse", self.verb.lower(), self.table, self.apart))
        )

    def create(self, vendor):
        when = f"WHEN ({self.when})" if self.when else ""
        head = f"CREATE TRIGGER {self.name} BEFORE {self.verb} ON {self.table}"
        if vendor == "sqlite":
            return f"{head} {when} BEGIN SELECT RAISE(ABORT, '{self.reason}'); END"
        if self.asks:
            function = ASKING.format(name=self.name, when=self.when, reason=self.reason)
            return f"{function}; {head} FOR EACH ROW EXECUTE FUNCTION {self.name}()"
        return (
            f"{head} FOR EACH {self.each} {when}"
            f" EXECUTE FUNCTION portal_refuse('{self.reason}')"
        )


def refusals(connection):
    """Every refusal that belongs in this database as it is now."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table in tables & set(PERMISSIONS):
            for verb in ("INSERT", "UPDATE"):
                yield Refusal(table, verb, GIVEN)
        if "portal_user" in tables:
            for verb in ("INSERT", "UPDATE"):
                yield Refusal("portal_user", verb, SUPERUSER, "NEW.is_superuser")
        for model in apps.get_models():
            table = model._meta.db_table
            if table not in tables:
                continue
            if hasattr(model, "kept"):
                yield from _keeping(connection, cursor, table, model)
            for one in getattr(model, "refused", ()):
                when = one.when[connection.vendor]
                yield Refusal(
                    table, one.verb, one.reason, when, asks=True, apart=one.name
                )


def _keeping(connection, cursor, table, model):
    kept, same = model.kept, _same[connection.vendor]
    columns = [
        column.name
        for column in connection.introspection.get_table_description(cursor, table)
    ]
    fixed = [one for one in columns if one not in (*kept.closing, *kept.free)]
    words = [one for one in fixed if one in personal.words_of(model)]
    changed = [f"NOT {same(one)}" for one in fixed if one not in words]
    if words:
        # Who somebody was, who is erased, is taken out of them; nothing else is.
        rewritten = " OR ".join(f"NOT {same(one)}" for one in words)
        erasing = permits.condition(connection.vendor, permits.ERASE, table)
        changed.append(f"(({rewritten}) AND NOT ({erasing}))")
    if closing := [one for one in kept.closing if one in columns]:
        first, rewritten = closing[0], " OR ".join(f"NOT {same(c)}" for c in closing)
        closes = f"OLD.{first} IS NULL AND NEW.{first} IS NOT NULL"
        changed.append(f"(({rewritten}) AND NOT ({closes}))")
    yield Refusal(table, "UPDATE", kept.reason, " OR ".join(changed))
    yield Refusal(table, "DELETE", kept.reason)
    if connection.vendor == "postgresql":
        yield Refusal(table, "TRUNCATE", kept.reason, each="STATEMENT")
    else:
        # INSERT OR REPLACE removes a row, and of its own fires no trigger about removing.
        key = model._meta.pk.column
        # SQLite says -1 of a number that it is about to give itself.
        taken = (
            f"NEW.{key} > 0 AND EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"
        )
        yield Refusal(table, "INSERT", kept.reason, taken, apart="taken")


_same = {
    "sqlite": lambda column: f"(OLD.{column} IS NEW.{column})",
    "postgresql": lambda column: f"(OLD.{column} IS NOT DISTINCT FROM NEW.{column})",
}


def standing(connection):
    """The refusals that the database has, as their definitions by name and table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, tbl_name, sql FROM sqlite_master"
                " WHERE type = 'trigger' AND name LIKE 'refuse_%'"
            )
        else:
            cursor.execute(
                "SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(oid)"
                "  FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'refuse_%'"
            )
        return {(name, table): text for name, table, text in cursor.fetchall()}


def take_down(*, using, **kwargs):
    """Before a migration: it may rebuild what the triggers stand on."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name, table in standing(connection):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")


def put_up(*, using, **kwargs):
    """After a migration, and whenever it is wished: what stands is what stands here."""
    connection = connections[using]
    with transaction.atomic(using=using):
        take_down(using=using)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL)
            for refusal in refusals(connection):
                cursor.execute(refusal.create(connection.vendor))


@contextmanager
def lifted(using="default"):
    """Without them, for those who try whether they are needed."""
    take_down(using=using)
    try:
        yield
    finally:
        put_up(using=using)
