"""What a resident's own people got to know, to those who care for the resident."""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consent.looking import unconsented
from consent.looking.people import TOLD, People, is_staff
from consent.models import UnconsentedDisclosure
from residents.models import AccessEvent
from residents.topics import Topic

Ground, Way = AccessEvent.Ground, AccessEvent.Way


@dataclass(frozen=True)
class Line:
    """One relative, one way, one ground, one day."""

    who: str
    how: str
    topics: str
    why: str
    # The last time that day.
    at: str
    # Which employee told it; empty for who read it themselves.
    by: str
    # Of what was told without consent: its record, and whether the resident knows.
    url: str = ""
    is_open: bool = False


def days(rows, resident, told_without):
    """(day, lines) for each day on which something was passed on, the latest first.

    `told_without` are the disclosures without consent of the same days.
    """
    # What staff look at or print is for the resident and the home, and goes to nobody.
    rows = [row for row in rows if not is_staff(row) or row["way"] in TOLD]
    people = People.of(rows, resident)
    passed_on = [
        (day, _lines(of_day, people))
        for day, of_day in groupby(rows, itemgetter("day"))
    ]
    # Made once and filled in for each: making an address is dear.
    address = reverse("consent:disclosure", args=[UnconsentedDisclosure().uuid])
    prefix = address.rsplit("/", 2)[0]
    merged = unconsented.by_day(
        passed_on, told_without, lambda one: _without(one, prefix)
    )
    return [(date_format(day), lines) for day, lines in merged]


def _without(disclosure, prefix):
    return Line(
        who=disclosure.to_whom,
        how=_("Told without consent"),
        topics=", ".join(map(str, disclosure.topics_in_words)),
        why=str(disclosure.get_ground_display()),
        at=time_format(localtime(disclosure.happened_at)),
        by=disclosure.decided_by,
        url=f"{prefix}/{disclosure.uuid}/",
        is_open=disclosure.how_told is None,
    )


def _lines(rows, people):
    groups = {}
    for row in rows:
        relation = people.relation(row)
        by = row["user"] if is_staff(row) else None
        why = _why(row["ground"], row["ground_id"], people)
        key = (relation, row["way"], why, by)
        groups.setdefault(key, []).append(row)
    return [_line(*key, of_one, people) for key, of_one in groups.items()]


def _line(relation, way, why, by, rows, people):
    topics = {row["topic"] for row in rows}
    return Line(
        who=str(relation or _("Somebody unknown")),
        how=capfirst(Way(way).label),
        topics=", ".join(str(topic.label) for topic in Topic if topic in topics),
        why=why,
        at=time_format(localtime(max(row["last"] for row in rows))),
        by=str(people.staff.get(by, "")),
    )


def _why(ground, number, people):
    given = people.consents.get(number) if ground == Ground.CONSENT else None
    if ground == Ground.CONSENT and number is None:
        return _("The resident's yes to this meeting")
    if given:
        day = date_format(localtime(given.given_at))
        return _("The resident's yes of %(day)s") % {"day": day}
    return capfirst(Ground(ground).label)
