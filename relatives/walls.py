"""Conditions for walls (portal.walls) of what hangs on one relation."""

from portal.walls import of_relative, of_resident, of_staff


def about_one(table, column, only):
    """Whoever may see the row, `whole`, that this one hangs on.

    Looked up row by row: such rows are read a few at a time.
    """
    return (
        f"EXISTS (SELECT 1 FROM {table} whole WHERE whole.id = {column} AND ({only}))"
    )


def of_relation(*, by_staff_alone=False):
    """Those who care for the resident; and the resident, and the relative themselves."""
    who = [of_staff("whole.resident_id")]
    if not by_staff_alone:
        who += [of_resident("whole.resident_id"), of_relative("whole.relative_id")]
    return about_one("relatives_relation", "relation_id", " OR ".join(who))
