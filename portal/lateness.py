"""Whether mails wait although they are due, and why: nobody sweeps, or no server takes them.

Every postman notes when it looked, and when something left. Told by /readyz and to the
system administrator; and a web process that handed the work to Celery in vain does it
itself then.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Min

from portal import clock
from portal.models import Message, Notice

LATE = dt.timedelta(minutes=10)
LOOKED, LEFT = "postman.looked", "postman.left"
A_WEEK = 7 * 24 * 60 * 60


@dataclass(frozen=True)
class Late:
    """Since when the first of them waits."""

    since: dt.datetime
    # A postman looks, so it is the mail server.
    looked: bool

    @property
    def minutes(self):
        return int((clock.now() - self.since).total_seconds() // 60)


def note_that_somebody_looked():
    cache.set(LOOKED, clock.now(), A_WEEK)


def note_that_something_left():
    cache.set(LEFT, clock.now(), A_WEEK)


def late():
    """What is due and waits for longer than it may; None if all is well."""
    limit = clock.now() - LATE
    waiting = [
        Message.objects.due().aggregate(first=Min("not_before"))["first"],
        Notice.objects.due().aggregate(first=Min("due_at"))["first"],
    ]
    since = min(filter(None, waiting), default=None)
    if since is None or since > limit or _within(LEFT, limit):
        return None
    return Late(since, looked=_within(LOOKED, limit))


def _within(note, limit):
    noted = cache.get(note)
    return noted is not None and noted > limit
