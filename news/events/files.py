"""Events in people's own calendars: what happens for everybody, and about nobody."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from news.models import HouseEvent
from portal import calendars, clock

FILE_NAME = "event.ics"
# A calendar keeps what was: as far back as somebody looks something up.
BACK = dt.timedelta(days=180)
MOST = 500


def file_of(event):
    """One event, to put in a calendar by hand."""
    return calendars.file_of([_entry(event)])


def feed_of(user):
    """All that the user may read of at this instant, for a calendar that asks again.

    Whoever belongs nowhere any more gets an empty calendar: their telephone forgets what
    it had, which it would not if the address were gone.
    """
    events = (
        HouseEvent.objects.told_to(user)
        .filter(ends_at__gte=clock.now() - BACK)
        .order_by("starts_at", "pk")[:MOST]
    )
    return calendars.file_of(map(_entry, events), name=_("What happens in the house"))


def _entry(event):
    text = [event.text]
    if event.is_called_off:
        text.insert(0, _("Called off: %(why)s") % {"why": event.recall_reason})
    return calendars.Entry(
        uuid=event.address,
        sequence=event.sequence,
        starts=calendars.in_denmark(event.starts_at),
        ends=calendars.in_denmark(event.ends_at),
        title=event.title,
        text="\n\n".join(part for part in text if part),
        path=reverse("news:event", args=[event.address]),
        changed_at=event.changed_at,
        place=event.place,
        is_cancelled=event.is_called_off,
    )
