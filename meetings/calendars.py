"""A meeting as a calendar's file: what a calendar that is not ours may know of it.

It ends at Google's or on a shared tablet: no resident's name stands in it, nothing that is
talked about, nobody else who is invited. Those are behind the log-in, where its address
leads.
"""

import datetime as dt
import re
import unicodedata

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import calendars, clock
from portal.calendars import CANCEL, PUBLISH, REQUEST

__all__ = ["CANCEL", "PUBLISH", "REQUEST"]

FILE_NAME = "meeting.ics"


def file_of(meeting, *, method=PUBLISH, to=None):
    """The bytes of the file. `to` is the one person it is mailed to."""
    return calendars.file_of([_entry(meeting, to)], method=method)


def _entry(meeting, to):
    starts = meeting.planned_at.astimezone(dt.UTC)
    return calendars.Entry(
        uuid=meeting.uuid,
        sequence=meeting.sequence,
        starts=starts,
        ends=starts + dt.timedelta(minutes=meeting.planned_minutes),
        title=str(meeting),
        text=_("What it is about stands in the portal. Log in to read it."),
        path=_path_of(meeting),
        changed_at=clock.now(),
        place=_place(meeting),
        is_cancelled=meeting.is_called_off,
        is_private=True,
        to=to.email if to is not None else "",
    )


def page_of(meeting):
    """Where the invited read about it; staff are led on from there."""
    return f"{settings.PORTAL_URL}{_path_of(meeting)}"


def _path_of(meeting):
    return reverse("meetings:my-meeting", args=[meeting.uuid])


def _place(meeting):
    """Where it is, unless that names somebody: "Bo's flat"."""
    if not meeting.resident_id:
        return meeting.place
    resident = meeting.resident
    names = f"{resident.given_name} {resident.family_name} {resident.called}"
    parts = re.split(r"[\s-]+", unicodedata.normalize("NFC", names).strip())
    named = "|".join(re.escape(name) for name in parts if name)
    place = unicodedata.normalize("NFC", meeting.place)
    found = re.search(rf"\b({named})['’]?s?\b", place, re.IGNORECASE)
    return "" if found else meeting.place
