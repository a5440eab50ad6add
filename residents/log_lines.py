"""The access log as a manager reads it: words made once a line, and what to look at."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import TruncHour
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from residents.models import AccessEvent
from residents.topics import Topic

NIGHT_BEGINS, NIGHT_ENDS = 23, 6
# Opened one by one within an hour, by one person.
MANY_RESIDENTS = 12


@dataclass(frozen=True)
class Line:
    event: AccessEvent
    when: str
    who: str
    # Whom it was about.
    resident: str
    what: str
    why: str
    # Worth a look, and perhaps quite in order: in words.
    flags: list


def of(events):
    """A Line for each of these rows. One question more, however many."""
    return _lines([[event] for event in events])


def by_page(events):
    """The same, with what stood about one resident on one page in one Line."""
    pages = {}
    for event in events:
        pages.setdefault((event.user_id, event.at, event.resident_id), []).append(event)
    return _lines(list(pages.values()))


def _lines(pages):
    busy = _busy_hours([page[0] for page in pages])
    ways = {way.value: capfirst(str(way.label)) for way in AccessEvent.Way}
    return [_line(page, ways, busy) for page in pages]


def _line(page, ways, busy):
    event = next((one for one in page if one.searched), page[0])
    shown = {one.topic for one in page}
    topics = ", ".join(str(topic.label) for topic in Topic if topic in shown)
    what = capfirst(topics) or _("Who the resident is")
    if event.among > 1:
        what = _("%(what)s, in a list of %(count)s residents") % {
            "what": what,
            "count": event.among,
        }
    if event.searched:
        what = _("Searched for: %(words)s") % {"words": event.searched}
    return Line(
        event=event,
        when=date_format(localtime(event.at), "DATETIME_FORMAT"),
        who=f"{event.user}, {event.get_capacity_display()}",
        resident=str(event.resident or _("Nobody was found")),
        what=f"{what}. {ways[event.way]}.",
        why=capfirst(event.get_purpose_display()),
        flags=_flags(event, busy),
    )


def _flags(event, busy):
    hour, flags = localtime(event.at).hour, []
    if hour >= NIGHT_BEGINS or hour < NIGHT_ENDS:
        flags.append(_("At night"))
    if event.resident and _family_name(event.user.name) == (
        event.resident.family_name.casefold()
    ):
        flags.append(_("The same family name"))
    if busy.get((event.user_id, _hour(event.at)), 0) >= MANY_RESIDENTS:
        flags.append(_("Many residents within an hour"))
    return flags


def _family_name(name):
    return name.split()[-1].casefold() if name.split() else ""


def _hour(at):
    return localtime(at).replace(minute=0, second=0, microsecond=0)


def _busy_hours(events):
    """How many residents each of these people opened one by one, hour by hour."""
    if not events:
        return {}
    times = [event.at for event in events]
    counted = (
        AccessEvent.objects.filter(
            user__in={event.user_id for event in events},
            at__gte=_hour(min(times)),
            at__lt=_hour(max(times)) + dt.timedelta(hours=1),
            among=1,
        )
        .order_by()
        .annotate(hour=TruncHour("at"))
        .values("user", "hour")
        .annotate(residents=Count("resident", distinct=True))
    )
    return {(one["user"], one["hour"]): one["residents"] for one in counted}
