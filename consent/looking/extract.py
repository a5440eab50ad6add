"""The extract that a resident may ask for: each time, why, and in what role; no employee.

Of those who work here the role is told and not the name: they act on instruction (CJEU
C-579/21, 22 June 2023; Datatilsynet, 6 June 2024).
"""

from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consent.looking.people import TOLD, People, is_staff
from residents.models import AccessEvent
from residents.topics import Topic

# What is one page, call or meeting has these in common, and the instant.
PAGE = (
    "user",
    "capacity",
    "department__name",
    "way",
    "purpose",
    "ground",
    "relation_id",
)
FIELDS = ("at", *PAGE, "topic", "ground_id")


@dataclass(frozen=True)
class Line:
    at: object
    when: str
    # In what role, and for a relative also who.
    who: str
    what: str
    purpose: str
    ground: str


def lines(events, resident, told_without):
    """A Line for each page, call or meeting and for what was told without consent."""
    rows = list(events.order_by("-at", *PAGE).values(*FIELDS))
    people = People.of(rows, resident)
    pages = groupby(rows, lambda row: [row[f] for f in ("at", *PAGE)])
    made = [_line(list(page), people) for _key, page in pages]
    made += [_told(one) for one in told_without]
    return sorted(made, key=lambda line: line.at, reverse=True)


def _line(rows, people):
    row, topics = rows[0], {row["topic"] for row in rows}
    way = AccessEvent.Way(row["way"])
    return Line(
        at=row["at"],
        when=_moment(row["at"]),
        who=_who(row, people),
        what=f"{_topics(topics)}, {way.label}",
        purpose=capfirst(AccessEvent.Purpose(row["purpose"]).label),
        ground=capfirst(AccessEvent.Ground(row["ground"]).label),
    )


def _who(row, people):
    role = capfirst(AccessEvent.Capacity(row["capacity"]).label)
    relation = people.relation(row)
    if not is_staff(row):
        return f"{role}: {relation}" if relation else role
    if row["department__name"]:
        role = f"{role}, {row['department__name']}"
    if relation is None:
        return role
    return (
        _("%(role)s to %(name)s")
        if row["way"] in TOLD
        else _("%(role)s, as %(name)s sees it")
    ) % {"role": role, "name": relation}


def _told(disclosure):
    return Line(
        at=disclosure.happened_at,
        when=_moment(disclosure.happened_at),
        who=_("The home to %(name)s") % {"name": disclosure.to_whom},
        what=f"{_topics(disclosure.topics)}, {_('told without consent')}",
        purpose=disclosure.why,
        ground=disclosure.get_ground_display(),
    )


def _topics(topics):
    said = ", ".join(str(topic.label) for topic in Topic if topic in topics)
    return capfirst(said) or _("Who the resident is")


def _moment(instant):
    return date_format(localtime(instant), "DATETIME_FORMAT")
