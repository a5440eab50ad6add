"""How the bench writes rows by the hundred thousand, on both databases."""

from django.db import connection, models
from django.utils import timezone

from portal import clock


class Database:
    """The few words in which the two databases differ."""

    def __init__(self):
        self.lite = connection.vendor == "sqlite"
        self.uuid = "lower(hex(randomblob(16)))" if self.lite else "gen_random_uuid()"

    def ago(self, seconds):
        """The instant so many seconds ago."""
        if self.lite:
            return f"datetime('now', (-({seconds})) || ' seconds')"
        return f"now() - ({seconds}) * interval '1 second'"

    def day(self, days):
        """The day so many days from today, in Denmark, where it begins before UTC's."""
        if self.lite:
            return f"date('{clock.today()}', ({days}) || ' days')"
        return f"(DATE '{clock.today()}' + ({days})::integer)"

    def text(self, number):
        return f"CAST({number} AS text)"

    def do(self, sql, params=None):
        with connection.cursor() as cursor:
            cursor.execute(sql, params)

    def number(self, sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]

    def fill(self, model, source, **columns):
        """A row for each of the source. Columns are SQL; the rest is as by default."""
        names, values, params = [], [], []
        for field in model._meta.concrete_fields:
            if field.attname not in columns and field.primary_key:
                continue
            names.append(connection.ops.quote_name(field.column))
            if field.attname in columns:
                values.append(str(columns[field.attname]).replace("%", "%%"))
            elif isinstance(field, models.UUIDField):
                values.append(self.uuid)
            else:
                values.append("%s")
                params.append(_default(field))
        source = source.replace("%", "%%")
        self.do(
            f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) "
            f"SELECT {', '.join(values)} FROM {source}",
            params,
        )


def _default(field):
    value = field.get_default()
    if value is None and isinstance(field, models.DateTimeField) and not field.null:
        value = timezone.now()
    return field.get_db_prep_save(value, connection)


def numbers(first, last):
    """A source of the numbers i from the first to the last."""
    return (
        f"(WITH RECURSIVE few(i) AS (SELECT CAST({first} AS bigint) "
        f"WHERE {first} <= {last} "
        f"UNION ALL SELECT i + 1 FROM few WHERE i < {last}) SELECT i FROM few) AS n"
    )
