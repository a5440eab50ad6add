"""Appointments as a calendar's file (RFC 5545, 5546). The only module that knows icalendar.

It ends in other people's calendars, at Google's or on a shared tablet: whoever makes an
Entry leaves out what is about a person.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vUri

from portal import clock

PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"
TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Entry:
    """One appointment. The same uuid is the same appointment in every calendar for ever."""

    uuid: uuid.UUID
    # How often whoever has it has been told something new.
    sequence: int
    # In UTC it is one instant whatever the calendar knows of Danish summer time; in
    # another zone the file says when that has which.
    starts: dt.datetime
    ends: dt.datetime
    title: str
    text: str
    # Where it is read about in the portal.
    path: str
    changed_at: dt.datetime
    place: str = ""
    is_cancelled: bool = False
    is_private: bool = False
    # The e-mail address of the one person it is mailed to: the file names no other.
    to: str = ""


def file_of(entries, *, method=PUBLISH, name=""):
    """The bytes of the file. `name` is what the calendar is called, if it is one."""
    calendar = Calendar()
    calendar.add("prodid", "-//Samspil//samspil//DA")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        # How often it may be asked for again.
        calendar.add("refresh-interval", dt.timedelta(hours=4), {"value": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(entry):
    host = urlsplit(settings.PORTAL_URL).hostname
    event = Event()
    event.add("uid", f"{entry.uuid}@{host}")
    event.add("dtstamp", entry.changed_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends)
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("url", vUri(f"{settings.PORTAL_URL}{entry.path}"))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.is_private:
        event.add("class", "PRIVATE")
    if entry.place:
        event.add("location", entry.place)
    if entry.to:
        event["organizer"] = vCalAddress(f"mailto:{_sender()}")
        event["attendee"] = vCalAddress(f"mailto:{entry.to}")
    return event


def in_denmark(instant):
    """The instant by the clock on the wall there, in calendars too."""
    return instant.astimezone(clock.DENMARK)


def _sender():
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
