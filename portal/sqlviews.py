"""Database views that guardian reads as if they were its tables.

A view is what stands at this instant, so there is nothing to keep in step. Nobody can
write to one: a grant follows from a consent or an employment, or it does not exist.
"""

from django.db import migrations

# PostgreSQL refuses to write to such a view by itself. SQLite would say yes and do nothing.
REFUSE = """
CREATE TRIGGER {name}_no_{verb} INSTEAD OF {verb} ON {name}
BEGIN SELECT RAISE(ABORT, '{reason}'); END
"""


class View:
    """One view: its name, its SELECT, and why it refuses to be written to.

    `select` is one text, or one for each vendor. It is frozen once a migration has used
    it: a changed view is a new version beside the old.
    """

    def __init__(self, name, select, *, reason):
        self.name = name
        self.select = select
        self.reason = reason

    def create(self, apps, editor):
        select = self.select
        if not isinstance(select, str):
            select = select[editor.connection.vendor]
        # No parameters at all, or the driver takes a LIKE 'see_%' for one.
        editor.execute(f"CREATE VIEW {self.name} AS {select}", None)
        if editor.connection.vendor == "sqlite":
            for verb in ("INSERT", "UPDATE", "DELETE"):
                editor.execute(
                    REFUSE.format(name=self.name, verb=verb, reason=self.reason)
                )

    def drop(self, apps, editor):
        editor.execute(f"DROP VIEW {self.name}")

    def created(self):
        """The migration operation that makes the view."""
        return migrations.RunPython(self.create, self.drop)

    def dropped(self):
        """The operation to put first in a migration that changes a table below the view.

        SQLite rebuilds a changed table under another name and fails on a view above
        it; PostgreSQL refuses to change a column that a view reads.
        """
        return migrations.RunPython(self.drop, self.create)


def _legacy_renames(value):
    def switch(apps, editor):
        if editor.connection.vendor == "sqlite":
            editor.execute(f"PRAGMA legacy_alter_table = {value}", None)

    return switch


def left_standing():
    """The operation to put first in a migration that only adds to a table below views.

    Whatever version of a view stands, stays: PostgreSQL does not mind, and SQLite is
    told not to look at views while it puts the changed table in the old one's place.
    `looked_at_again()` goes last.
    """
    return migrations.RunPython(_legacy_renames("ON"), _legacy_renames("OFF"))


def looked_at_again():
    return migrations.RunPython(_legacy_renames("OFF"), _legacy_renames("ON"))
