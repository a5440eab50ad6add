"""Mails that left long ago, and what they told of, are forgotten: nobody asks any more.

Who was told what and when stands in the logs, which forget nothing (portal.audit,
residents.ledger). What waits is never forgotten here, however long: it has not been told.
"""

import datetime as dt

from django.db.models import Q

from portal import clock, kinds
from portal.models import Message, Notice

# A year, and some weeks in which one looks back at it.
KEPT = dt.timedelta(days=400)
A_BATCH = 1_000


def sweep():
    """Forget messages that left, or were given up, so long ago; with their notices."""
    limit = clock.now() - KEPT
    over = Message.objects.filter(Q(sent_at__lt=limit) | Q(given_up_at__lt=limit))
    # Of a kind that is no more: no mail will take them along.
    orphans = Notice.objects.waiting().filter(due_at__lt=limit)
    for old in (over, orphans.exclude(kind__in=kinds.all_kinds())):
        _forget(old)


def _forget(rows):
    """A few at a time, so that nobody who posts waits long for the table."""
    while some := list(rows.order_by("pk").values_list("pk", flat=True)[:A_BATCH]):
        rows.model.objects.filter(pk__in=some).delete()
