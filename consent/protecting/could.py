"""Who could have seen something about a resident at one instant in the past.

The view that says who may see what (consent.grants) is asked once more, with that instant
in the place of now: its rows are closed and ended, never removed, so what stood then is
still there. What was recorded later than that instant did not open anything then.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.db import connection

from consent import grants
from portal import clock, walls
from portal.models import AuditEvent, Employment, User
from residents.models import AccessEvent, Resident
from residents.topics import Topic

Role = Employment.Role


@dataclass(frozen=True)
class Could:
    """One person, and what opened it to them."""

    user: User
    ground: str
    # The topics; empty is everything that staff see.
    topics: tuple = ()
    # The number of the employment, if that was it.
    ground_id: int | None = None


def have_seen(resident_id, at, *, topic=""):
    """A Could for everybody to whom the resident, or the topic, was open at that instant."""
    with walls.set_aside():
        found = [*_by_employment(resident_id, at), *_by_grant(resident_id, at)]
    if topic:
        found = [one for one in found if not one.topics or topic in one.topics]
    return sorted(found, key=lambda one: (one.user.name, one.user.pk, one.ground))


def _day(at):
    return at.astimezone(clock.DENMARK).date()


# Consents, representations and one's own


def _by_grant(resident_id, at):
    with connection.cursor() as cursor:
        cursor.execute(_as_of(at) + f" WHERE content_object_id = {int(resident_id)}")
        rows = cursor.fetchall()
    people = User.objects.in_bulk({row[0] for row in rows})
    topics = {}
    for user, topic, ground in rows:
        topics.setdefault((user, ground), set()).add(topic)
    for (user, ground), opened in topics.items():
        in_order = tuple(one for one in Topic.values if one in opened)
        yield Could(people[user], ground, in_order)


def _as_of(at):
    """The SELECT of the grants, at that instant. Put together from dates alone."""
    instant, day = _literals(at)
    text = grants.V2.select[connection.vendor]
    text = text.replace("portal_now()", instant).replace("portal_today()", day)
    # Closed since, it was open then; recorded since, it was not there.
    since = r"(\w+\.(?:closed_at|ended_at|in_error_at)) IS NULL"
    text = re.sub(since, rf"(\1 IS NULL OR \1 > {instant})", text)
    text = text.replace(
        "confidentiality_accepted_at IS NOT NULL",
        f"confidentiality_accepted_at <= {instant}",
    )
    text = text.replace(
        "consent.answer = 'yes'",
        f"consent.answer = 'yes' AND talk.recorded_at <= {instant}",
    )
    text = re.sub(
        r"(representation|giver)\.starts_on <=",
        rf"\1.recorded_at <= {instant} AND \1.starts_on <=",
        text,
    )
    # A log-in that was closed since was open then, so far as anybody knows.
    text = text.replace("person.is_active", "1 = 1")
    ends = _ends_then("representation", at)
    if ends:
        cases = " ".join(f"WHEN {pk} THEN {_date(end)}" for pk, end in ends.items())
        text = re.sub(
            r"(representation|giver)\.ends_on",
            rf"(CASE \1.id {cases} ELSE \1.ends_on END)",
            text,
        )
    return (
        "SELECT user_id, topic, ground FROM"
        f" (SELECT user_id, content_object_id, topic, ground FROM ({text}) x) y"
    )


def _literals(at):
    if connection.vendor == "postgresql":
        return f"timestamptz '{at.isoformat()}'", _date(_day(at))
    stored = at.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return f"'{stored}'", _date(_day(at))


def _date(day):
    if connection.vendor == "postgresql":
        return f"date '{day}'" if day else "NULL::date"
    return f"'{day}'" if day else "NULL"


def _ends_then(kind, at):
    """Last days that were set after that instant: number to the last day that stood then."""
    events = AuditEvent.objects.filter(verb=f"{kind}.ended", at__gt=at).order_by("-pk")
    # The earliest after the instant says what was before it, and so comes last.
    return {
        int(subject.rpartition(":")[2]): facts.get("was")
        and dt.date.fromisoformat(facts["was"])
        for subject, facts in events.values_list("subject", "facts")
    }


# Employments


def _by_employment(resident_id, at):
    resident = Resident.objects.get(pk=resident_id)
    place = _department_then(resident, at)
    day, ends = _day(at), _ends_then("employment", at)
    begun_later = {
        int(subject.rpartition(":")[2])
        for subject in AuditEvent.objects.filter(
            verb="employment.started", at__gt=at
        ).values_list("subject", flat=True)
    }
    jobs = Employment.objects.filter(home=resident.home, starts_on__lte=day).exclude(
        pk__in=begun_later
    )
    for job in jobs.select_related("user"):
        end = ends.get(job.pk, job.ends_on)
        if end is not None and end < day:
            continue
        if job.role == Role.CENTRE_MANAGER or (
            job.role in Employment.AT_A_DEPARTMENT and job.department_id == place
        ):
            yield Could(job.user, "employment", (), job.pk)


def _department_then(resident, at):
    """Where the resident lived then, as the access log knows; else where they live now."""
    rows = AccessEvent.objects.filter(resident=resident, at__lte=at)
    rows = rows.exclude(department=None).order_by("-at", "-pk")
    known = rows.values_list("department", flat=True).first()
    return known or resident.department_id
