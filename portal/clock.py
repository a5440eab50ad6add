"""The instant by which the portal decides who may see what: the database's clock.

Views of what stands now (portal.sqlviews) call `portal_now()` and `portal_today()`.
PostgreSQL has them as functions of its own; SQLite has no clock finer than a
millisecond, so there they are registered on every connection.
"""

import datetime as dt
from zoneinfo import ZoneInfo

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
    return timezone.now()


def today():
    """The date in Denmark at this instant."""
    return now().astimezone(DENMARK).date()


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
