"""A meeting as a calendar's file (RFC 5545, 5546). The only module that knows icalendar.

It ends in other people's calendars, at Google's or on a shared tablet: no resident's name
stands in it, nothing that is talked about, nobody else who is invited. Those are behind
the log-in, where its address leads.
"""

import datetime as dt
import re
import unicodedata
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vUri

from portal import clock

PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"
FILE_NAME = "meeting.ics"


def file_of(meeting, *, method=PUBLISH, to=None):
    """The bytes of the file. The same meeting has the same UID for ever.

    `to` is the one person it is mailed to: the file names no other.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Samspil//samspil//DA")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_event(meeting, to))
    return calendar.to_ical()


def _event(meeting, to):
    host = urlsplit(settings.PORTAL_URL).hostname
    cancelled = meeting.is_called_off
    starts = meeting.planned_at.astimezone(dt.UTC)
    event = Event()
    event.add("uid", f"{meeting.uuid}@{host}")
    event.add("dtstamp", clock.now().astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", meeting.sequence)
    # In UTC: one instant, whatever the calendar knows of Danish summer time.
    event.add("dtstart", starts)
    event.add("dtend", starts + dt.timedelta(minutes=meeting.planned_minutes))
    event.add("summary", str(meeting))
    event.add(
        "description", _("What it is about stands in the portal. Log in to read it.")
    )
    event.add("url", vUri(page_of(meeting)))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if place := _place(meeting):
        event.add("location", place)
    if to is not None:
        event["organizer"] = vCalAddress(f"mailto:{_sender()}")
        event["attendee"] = vCalAddress(f"mailto:{to.email}")
    return event


def page_of(meeting):
    """Where the invited read about it; staff are led on from there."""
    path = reverse("meetings:my-meeting", args=[meeting.uuid])
    return f"{settings.PORTAL_URL}{path}"


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


def _sender():
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
