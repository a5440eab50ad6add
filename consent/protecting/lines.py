"""The answers of the logs in words: made once a row, for pages and files alike."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consent.protecting import could
from portal.models import Employment
from residents import lookups
from residents.models import AccessEvent, Lookup
from residents.topics import Topic

A_PAGE = 50
# More than anybody reads, and few enough to be made while one waits.
IN_A_FILE = 20_000
GROUNDS = dict(AccessEvent.Ground.choices)
WAYS = dict(AccessEvent.Way.choices)
TOPICS = dict(Topic.choices)
PURPOSES = dict(AccessEvent.Purpose.choices)


def when(at):
    return date_format(localtime(at), "DATETIME_FORMAT")


@dataclass(frozen=True)
class Line:
    when: str
    who: str
    resident: str
    what: str
    how: str
    why: str


def of(events, names):
    """A Line for each row of the access log; `names` are those of the residents."""
    return [
        Line(
            when=when(one.at),
            who=f"{one.user}, {one.get_capacity_display()}",
            resident=names.get(one.resident_id, _("Nobody was found")),
            what=capfirst(TOPICS.get(one.topic, "")) or _("Who the resident is"),
            how=capfirst(WAYS[one.way])
            + (
                _(", in a list of %(count)s residents") % {"count": one.among}
                if one.among > 1
                else ""
            ),
            why=f"{capfirst(PURPOSES[one.purpose])}. {capfirst(GROUNDS[one.ground])}.",
        )
        for one in events
    ]


def page(rows, before):
    """A page of these rows from the place that was asked for, and where the next begins."""
    last = (
        rows.filter(pk=before).first()
        if before.isdecimal() and len(before) < 18
        else None
    )
    if last:
        rows = rows.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    shown = list(rows.select_related("user")[: A_PAGE + 1])
    older = shown[A_PAGE - 1].pk if len(shown) > A_PAGE else None
    return shown[:A_PAGE], older


def counted(lookup, rows):
    """(who or whom, how often, first and last) for everybody in the answer."""
    if lookup.kind == Lookup.Kind.SAW:
        capacities = dict(AccessEvent.Capacity.choices)
        return [
            (
                f"{row['user__name']}, {capacities[row['capacity']]}",
                row["times"],
                when(row["first"]),
                when(row["last"]),
            )
            for row in lookups.people_in(rows)
        ]
    found = list(lookups.residents_in(rows))
    names = lookups.names(lookup.home, [row["resident_id"] for row in found])
    return [
        (
            names.get(row["resident_id"], "–"),
            row["times"],
            when(row["first"]),
            when(row["last"]),
        )
        for row in found
    ]


def could_have_seen(lookup):
    """(who, resting on what, which topics) for everybody who could have seen it then."""
    found = could.have_seen(lookup.resident_id, lookup.from_at, topic=lookup.topic)
    jobs = Employment.objects.in_bulk(
        [one.ground_id for one in found if one.ground == "employment"]
    )
    return [
        (
            str(one.user),
            capfirst(jobs[one.ground_id].get_role_display())
            if one.ground == "employment"
            else capfirst(GROUNDS[one.ground]),
            ", ".join(str(TOPICS[topic]) for topic in one.topics) or _("everything"),
        )
        for one in found
    ]


def asked(lookup):
    """The question in words, without why."""
    names = lookups.names(lookup.home, [lookup.resident_id])
    said = {
        "whom": str(lookup.person or names.get(lookup.resident_id, "–")),
        "from": when(lookup.from_at),
        "until": when(lookup.until_at),
    }
    kind = Lookup.Kind
    return {
        kind.SAW: _("Who saw %(whom)s between %(from)s and %(until)s?"),
        kind.LOOKED: _("What did %(whom)s see between %(from)s and %(until)s?"),
        kind.COULD: _("Who could have seen %(whom)s on %(from)s?"),
    }[kind(lookup.kind)] % said


def file(lookup, user):
    """The answer as rows of a table, the first of them the headings."""
    if lookup.kind == Lookup.Kind.COULD:
        lookups.about(user, [lookup.resident_id])
        yield [_("Who"), _("Because of"), _("Topics")]
        yield from could_have_seen(lookup)
        return
    rows = list(lookups.found(lookup, user).select_related("user")[:IN_A_FILE])
    names = lookups.names(lookup.home, {one.resident_id for one in rows})
    lookups.about(user, names)
    yield [_("When"), _("Who"), _("About whom"), _("What"), _("How"), _("Why")]
    for line in of(rows, names):
        yield [line.when, line.who, line.resident, line.what, line.how, line.why]
