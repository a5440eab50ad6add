"""How old somebody is on a day, in Denmark."""

import datetime as dt

import pytest

from portal import clock
from residents.models import Resident

LEAP = dt.date(2008, 2, 29)


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (dt.date(2023, 2, 28), 14),
        (dt.date(2023, 3, 1), 15),
        (dt.date(2024, 2, 28), 15),
        (dt.date(2024, 2, 29), 16),
        (dt.date(2026, 2, 28), 17),
        (dt.date(2026, 3, 1), 18),
    ],
)
def test_whoever_is_born_on_a_leap_day_is_older_on_1_march(day, years):
    assert clock.years_old(LEAP, day) == years


@pytest.mark.parametrize("born_on", [LEAP, dt.date(2008, 3, 1), dt.date(2009, 12, 31)])
@pytest.mark.parametrize("age", [0, 4, 15, 18])
def test_a_birthday_is_the_first_day_of_the_new_age(born_on, age):
    day = clock.birthday(born_on, age)

    assert clock.years_old(born_on, day) == age
    assert clock.years_old(born_on, day - dt.timedelta(days=1)) == age - 1


def test_a_resident_is_as_old_as_their_birthdays(move_clock):
    resident = Resident(born_on=LEAP)
    for day, years in ((dt.date(2023, 2, 28), 14), (dt.date(2023, 3, 1), 15)):
        move_clock(dt.datetime.combine(day, dt.time(12), clock.DENMARK))
        assert resident.age == years
