"""Several short lists in one statement, and in one more which of several are not empty.

A list cut off by itself inside a UNION is more than Django writes for SQLite. Each list is
cut off in a subquery of its own instead, which every database reads alike.
"""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Value
from django.db.models.expressions import RawSQL


class Blank(Value):
    """A blank in a list, to be filled in afterwards: `Blank("topic")`.

    Writing a statement costs more than reading its few rows. Lists that differ in nothing
    but a value are written once and filled in for each.
    """

    def __init__(self, name):
        super().__init__(name)

    def as_sql(self, compiler, connection):
        return "%s", [self]


class Lists:
    """Limited, ordered querysets of one model, to be put together."""

    def __init__(self):
        self._parts, self._params = [], []

    def add(self, rows, *columns, filled=({},)):
        """The rows (cut off, ordered), once for each dict of what its blanks hold."""
        if not filled:
            return
        try:
            sql, params = rows.values_list(*columns, "pk").query.sql_with_params()
        except EmptyResultSet:
            return
        fields = rows.model._meta
        for blanks in filled:
            self._parts.append(f"SELECT * FROM ({sql}) AS part")  # noqa: S608
            for one in params:
                if isinstance(one, Blank):
                    field = fields.get_field(one.value)
                    one = field.get_db_prep_value(blanks[one.value], connection)
                self._params.append(one)

    def __bool__(self):
        return bool(self._parts)

    def numbers(self, rest=""):
        """The keys of all their rows, for `pk__in`."""
        union = " UNION ALL ".join(self._parts)
        # All of it was written by Django, and values are parameters.
        sql = f"SELECT pk FROM ({union}) AS parts{rest}"  # noqa: S608
        return RawSQL(sql, self._params)  # noqa: S611

    def numbers_of_first(self, n, column):
        """Those of the n first, in descending order of the column, then of the key."""
        return self.numbers(f" ORDER BY {column} DESC, pk DESC LIMIT {n:d}")


def all_of(lists):
    """The rows of each queryset, or whether it has any, for pairs of (queryset, whether).

    Empty ones cost no statement of their own.
    """
    lists = list(lists)
    if len(lists) < 2:
        return [rows.exists() if whether else list(rows) for rows, whether in lists]
    there = _have_rows(rows for rows, _whether in lists)
    return [
        bool(some) if whether else list(rows) if some else []
        for (rows, whether), some in zip(lists, there, strict=True)
    ]


def _have_rows(lists):
    """For each of the querysets whether there is anything in it, in one statement."""
    parts, params = [], []
    for rows in lists:
        try:
            sql, more = rows.query.exists().sql_with_params()
        except EmptyResultSet:
            sql, more = "SELECT 1 WHERE 1 = 0", ()
        parts.append(f"EXISTS ({sql})")
        params += more
    with connection.cursor() as cursor:
        # All of it was written by Django, and values are parameters.
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return cursor.fetchone()
