"""What the builders of the demo share: who is who by given name, and which day it is."""

import datetime as dt
import uuid
from contextlib import contextmanager

from django.utils import timezone

from portal import clock

ADDRESSES = uuid.uuid5(uuid.NAMESPACE_DNS, "demo.samspil")


def number(*words):
    """The same uuid every time, so that bookmarks and screenshots stay."""
    return uuid.uuid5(ADDRESSES, " ".join(map(str, words)))


@contextmanager
def at(instant):
    """The portal's clock stands at this instant, also for what is stamped by itself."""
    real, timezone.now = timezone.now, lambda: instant
    try:
        yield
    finally:
        timezone.now = real


class House:
    """The demo's people while they are being made, by given name.

    `relations` has the resident's and the relative's: relations["Emil", "Hanne"].
    Days are counted from the day on which the demo is built, also inside `at()`.
    """

    def __init__(self):
        self.now = clock.now()
        self.today = clock.today()
        self.home = None
        self.departments = {}
        self.staff = {}
        self.residents = {}
        self.relations = {}

    def day(self, away):
        """The date so many days from today; negative is the past."""
        return self.today + dt.timedelta(days=away)

    def workday(self, away):
        """That date, or the nearest Friday or Monday on the same side of today."""
        day, step = self.day(away), dt.timedelta(days=1 if away > 0 else -1)
        while day.weekday() > 4:
            day += step
        return day

    def moment(self, away, clock_time):
        """So many days from today at "14.30" in Denmark.

        What is said to have happened today must have happened: if that hour has not
        come yet, it was yesterday.
        """
        hour, minute = map(int, clock_time.split("."))
        moment = dt.datetime.combine(
            self.day(away), dt.time(hour, minute), clock.DENMARK
        )
        if away == 0 and moment > self.now:
            moment -= dt.timedelta(days=1)
        return moment
