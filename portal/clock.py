"""The instant by which the portal decides who may see what: the database's clock.

Views of what stands now (portal.sqlviews) call `portal_now()` and `portal_today()`.
PostgreSQL has them as functions of its own; SQLite has no clock finer than a
millisecond, so there they are registered on every connection.
"""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, Func
from django.utils import timezone

DENMARK = ZoneInfo("Europe/Copenhagen")

# statement_timestamp(), for now() stands still through a whole transaction.
POSTGRESQL = """
CREATE OR REPLACE FUNCTION portal_now() RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT statement_timestamp() $$;
CREATE OR REPLACE FUNCTION portal_today() RETURNS date LANGUAGE sql STABLE AS
$$ SELECT (portal_now() AT TIME ZONE 'Europe/Copenhagen')::date $$;
"""


def now():
    """This instant, aware. Tests move it; nothing else may."""
    return _read()


def _read():
    # Models have `now` itself as a default, so what is moved must lie below it; the
    # demo moves Django's own clock.
    return timezone.now()


def today():
    """The date in Denmark at this instant."""
    return now().astimezone(DENMARK).date()


def years_old(born_on, day=None):
    """Whole years on the day, or today, as the views count them.

    Whoever is born on 29 February is a year older on 1 March in other years, as in Danish
    practice; dateutil would have it a day too early.
    """
    day = day or today()
    return (
        day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
    )


def birthday(born_on, age):
    """The day on which somebody turns so old."""
    year = born_on.year + age
    if (born_on.month, born_on.day) == (2, 29) and not calendar.isleap(year):
        return dt.date(year, 3, 1)
    return born_on.replace(year=year)


def midnight(day):
    """The instant at which the day begins in Denmark."""
    return dt.datetime.combine(day, dt.time(), tzinfo=DENMARK)


class DatabaseNow(Func):
    """This instant inside a query, by the clock of the database."""

    function = "portal_now"
    output_field = DateTimeField()


def _sqlite_now():
    # Always with microseconds: SQLite compares text, and "12:00:00" stored by Django
    # must count as not later than "12:00:00.000000".
    return now().astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def teach(connection, **kwargs):
    """Give a new SQLite connection the two functions."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("portal_now", 0, _sqlite_now)
        connection.connection.create_function(
            "portal_today", 0, lambda: today().isoformat()
        )
