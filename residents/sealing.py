"""The access log is sealed: each hour a line of the audit log holds what was written.

A chain in the request would make every page wait for every other. So rows are added freely,
and a seal, a line of the chained audit log, keeps the hash over all rows from one number to
another. What is not sealed yet (an hour or two) rests on the refusals alone.
"""

import datetime as dt
import hashlib
import json

from django.db import connection, transaction
from django.db.models import Max

from portal import audit, chain
from portal.models import AuditEvent
from residents.models import AccessEvent

SEALED = "access_log.sealed"
# So many rows at most below one seal, so that one that breaks says nearly where.
A_SEAL = 10_000
# What is hashed of a row, in this order, for good: a new column is a new kind of seal.
COLUMNS = (
    "pk",
    "at",
    "user_id",
    "capacity",
    "resident_id",
    "department_id",
    "way",
    "topic",
    "items",
    "among",
    "purpose",
    "ground",
    "ground_id",
    "relation_id",
    "searched",
)


def seals():
    """The seals, as they hang in the chain: the oldest first."""
    return AuditEvent.objects.filter(verb=SEALED).order_by("pk")


def unsealed():
    """The rows that no seal holds yet."""
    newest = seals().last()
    return AccessEvent.objects.filter(pk__gt=newest.facts["last"] if newest else 0)


@transaction.atomic
def seal():
    """Seal what has come. Answers with how many seals it took.

    Numbers are given before a transaction commits, so a row may come after one with a
    higher number. Sealed is therefore only what had been seen the last time.
    """
    chain.hold(connection, chain.SEALING)
    newest = seals().last()
    last, seen = (
        (newest.facts["last"], newest.facts["seen"]) if newest is not None else (0, 0)
    )
    top = AccessEvent.objects.aggregate(top=Max("pk"))["top"] or 0
    made = 0
    while last < seen or (top > seen and not made):
        upper = _upper(last, seen)
        count, found = _hashed(last, upper)
        audit.record(
            SEALED,
            by=None,
            about=AccessEvent(pk=upper),
            first=last + 1,
            last=upper,
            count=count,
            sha256=found,
            seen=max(top, seen),
        )
        last, made = upper, made + 1
    return made


def _upper(last, seen):
    """The number up to which one seal reaches."""
    rows = AccessEvent.objects.filter(pk__gt=last, pk__lte=seen).order_by("pk")
    full = rows.values_list("pk", flat=True)[A_SEAL - 1 : A_SEAL]
    return next(iter(full), seen)


def _hashed(last, upper):
    """How many rows there are after the one number up to the other, and their hash."""
    rows = AccessEvent.objects.filter(pk__gt=last, pk__lte=upper).order_by("pk")
    found, count = hashlib.sha256(), 0
    for row in rows.values_list(*COLUMNS).iterator(2_000):
        line = json.dumps(row, default=_instant, sort_keys=True, separators=(",", ":"))
        found.update(f"{line}\n".encode())
        count += 1
    return count, found.hexdigest()


def _instant(at):
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def walk():
    """Every seal, held against the rows below it. Answers with how many rows they hold.

    Raises chain.Broken at the first that does not hold.
    """
    last, total = 0, 0
    for facts in seals().values_list("facts", flat=True):
        where = f"rows {facts['first']} to {facts['last']} of the access log"
        if facts["first"] != last + 1:
            raise chain.Broken(f"There is no seal before {where}.")
        count, found = _hashed(last, facts["last"])
        if count != facts["count"]:
            raise chain.Broken(
                f"{facts['count']} were sealed as {where}, and {count} are there."
            )
        if found != facts["sha256"]:
            raise chain.Broken(f"Something in {where} has been changed.")
        last, total = facts["last"], total + count
    return total
