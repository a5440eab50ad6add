"""The days on which an office answers in Denmark."""

import datetime as dt

from dateutil.easter import easter

SATURDAY = 5
# Counted from Easter Sunday: Maundy Thursday, Good Friday, Easter Monday, Ascension Day,
# Whit Monday. The Great Prayer Day has been a working day since 2024.
MOVABLE = (-3, -2, 1, 39, 50)
# New Year's Day, Constitution Day, and from Christmas Eve to Boxing Day; New Year's Eve.
FIXED = {(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)}


def is_workday(day):
    """Whether somebody may be expected to answer on the day.

    Constitution Day and the last days before Christmas and New Year are no public
    holidays, but the offices are closed.
    """
    if day.weekday() >= SATURDAY or (day.month, day.day) in FIXED:
        return False
    return (day - easter(day.year)).days not in MOVABLE


def first_from(day):
    """The day itself, or the first working day after it."""
    while not is_workday(day):
        day += dt.timedelta(days=1)
    return day


def after(day, count):
    """So many working days later; none at all is the day itself, if it is one."""
    day = first_from(day) if count == 0 else day
    while count > 0:
        day = first_from(day + dt.timedelta(days=1))
        count -= 1
    return day
