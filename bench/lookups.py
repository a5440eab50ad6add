"""What looking something up costs among 10^6 rows of the access log.

Run in an empty, migrated database: python -m bench.lookups
"""

import datetime as dt
import time
import uuid

from django.db import connection

import bench.pages  # noqa: F401 -- first, for it sets Django up
from bench.sql import Database, numbers
from bench.work import watched
from consent.protecting import could, events, lines
from portal import clock, refusals
from portal.models import Department, Employment, Home, User
from residents import lookups, sealing
from residents.models import AccessEvent, Resident

ROWS, RESIDENTS, PEOPLE = 1_000_000, 100, 300
A_MINUTE = 60


def fill():
    """A home of a hundred residents, and what three hundred people saw in two years."""
    db = Database()
    home = Home.objects.create(name="Bench")
    places = [Department.objects.create(home=home, name=f"{n}") for n in range(10)]
    for number in range(RESIDENTS):
        Resident.objects.create(
            department=places[number % 10],
            home=home,
            given_name=f"Given{number}",
            family_name=f"Family{number}",
            register_id=str(number),
            moved_in_on=dt.date(2020, 1, 1),
            born_on=dt.date(1980, 1, 1),
        )
    for number in range(PEOPLE):
        user = User.objects.create_user(f"u{number}@example.dk", f"User {number}")
        role = "protection" if number == 0 else "care"
        Employment.objects.create(
            user=user,
            home=home,
            department=None if number == 0 else places[number % 10],
            role=role,
            starts_on=dt.date(2020, 1, 1),
        )
    first_user, first = User.objects.order_by("pk").first(), Resident.objects.first().pk
    with refusals.lifted():
        db.fill(
            AccessEvent,
            numbers(1, ROWS),
            at=db.ago(f"i * {A_MINUTE}"),
            user_id=f"{first_user.pk} + i % {PEOPLE}",
            capacity="'care'",
            resident_id=f"{first} + i % {RESIDENTS}",
            department_id=f"{places[0].pk} + (i % {RESIDENTS}) % 10",
            way="'portal'",
            topic="'health'",
            purpose="'care'",
            ground="'employment'",
            items="'{}'",
            searched="''",
        )
        db.do("ANALYZE")
    return home, User.objects.get(pk=first_user.pk)


def measure(name, do):
    do()
    times = []
    for _one in range(5):
        begun = time.perf_counter()
        do()
        times.append(time.perf_counter() - begun)
    statements, work = watched(do)
    print(
        f"| {connection.vendor} | {name} | {len(statements)} | {work:,} |"
        f" {sorted(times)[2] * 1000:.0f} ms |",
        flush=True,
    )


def look(home, by, kind, days, **asked):
    now = clock.now()
    return lookups.look(
        uuid=uuid.uuid4(),
        home=home,
        kind=kind,
        by=by,
        from_at=now - dt.timedelta(days=days),
        until_at=now,
        why="bench",
        **asked,
    )


def answer(lookup, by):
    rows = lookups.found(lookup, by)
    shown, _older = lines.page(rows, "")
    names = lookups.names(lookup.home, {one.resident_id for one in shown})
    return lines.of(shown, names), lines.counted(lookup, rows)


def main():
    home, by = fill()
    resident, person = Resident.objects.all()[42], User.objects.order_by("pk")[42]
    for days in (7, 365):
        saw = look(home, by, "saw", days, resident_id=resident.pk)
        looked = look(home, by, "looked", days, person_id=person.pk)
        measure(f"who saw, {days} days", lambda saw=saw: answer(saw, by))
        measure(f"what did one see, {days} days", lambda it=looked: answer(it, by))
    then = clock.now() - dt.timedelta(days=100)
    measure("who could have seen", lambda: could.have_seen(resident.pk, then))
    measure("who changed what", lambda: events.of(home, events.Asked()))
    sealing.seal()
    begun = time.perf_counter()
    sealing.seal()
    print(f"sealing 10^6 rows: {time.perf_counter() - begun:.1f} s")
    begun = time.perf_counter()
    sealing.walk()
    print(f"walking below the seals: {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
