"""Events as lines of a list, and by the clock on the wall."""

from itertools import groupby

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.rooms import Row

WORDS = 25


def when(event):
    """ "3. november 2026 kl. 14.00 – 16.00"; of more days both of them."""
    starts, ends = localtime(event.starts_at), localtime(event.ends_at)
    one_day = starts.date() == ends.date()
    until = date_format(ends, "TIME_FORMAT" if one_day else "DATETIME_FORMAT")
    return f"{date_format(starts, 'DATETIME_FORMAT')} – {until}"


def of_events(events, *, words=WORDS):
    prefix, called_off, dot = reverse("news:events"), _("Called off"), " · "
    for event in events:
        meta = [when(event), event.place, str(event.department or "")]
        yield Row(
            title=event.title,
            url=f"{prefix}{event.address}/",
            meta=dot.join(part for part in meta if part),
            text=Truncator(event.recall_reason or event.text).words(words),
            badge=called_off if event.is_called_off else "",
            badge_kind="warning",
        )


def by_month(events):
    """[(month, its lines)], in the order of the events."""
    return [
        (capfirst(month), list(of_events(some)))
        for month, some in groupby(
            events, lambda event: date_format(localtime(event.starts_at), "F Y")
        )
    ]
