"""When a notice is told: at once, at five o'clock, on Monday; and never at night.

By the clock on the wall in Denmark, also on the two days of the year with another length.
"""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock

# So long the first of several waits, so that they become one mail.
TOGETHER = dt.timedelta(minutes=10)
# When the day's and the week's are sent: people are home from work.
AT = dt.time(17)
MONDAY = 0
# Whose telephone lies beside the bed is left in peace.
NIGHT, MORNING = dt.time(21), dt.time(7)


class When(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never")


def due(when, since, *, rests=True):
    """The instant at which somebody who chose `when` is told of what happened at `since`."""
    if when == When.AT_ONCE:
        return awake(since + TOGETHER, rests=rests)
    there = since.astimezone(clock.DENMARK)
    day = there.date()
    if there.time() >= AT:
        day += dt.timedelta(days=1)
    if when == When.WEEKLY:
        day += dt.timedelta(days=(MONDAY - day.weekday()) % 7)
    return dt.datetime.combine(day, AT, tzinfo=clock.DENMARK)


def awake(instant, *, rests=True):
    """The instant, or the next morning if it lies in the night of somebody who rests."""
    there = instant.astimezone(clock.DENMARK)
    if not rests or MORNING <= there.time() < NIGHT:
        return instant
    day = there.date()
    if there.time() >= NIGHT:
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, MORNING, tzinfo=clock.DENMARK)
