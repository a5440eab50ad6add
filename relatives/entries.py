"""Entries of the contact log as they are read: words and dates made ready in one go.

A template that made them row by row would cost more than the database.
"""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal import clock
from relatives.models import Contact, ToldTopic
from residents import ledger

# What is read along with each contact.
PEOPLE = ("resident", "relative", "recorded_by", "follow_up_by")


@dataclass(frozen=True)
class Entry:
    contact: Contact
    url: str
    # With whom, and whose relative that is.
    person: str
    when: str
    how: str
    topic: str
    # Who wrote this version, and when.
    written: str
    # Empty if nobody is to follow up.
    follow_up: str
    badge: str
    badge_kind: str
    # The topics that were told, in words; only with_told() looks them up.
    told: str = ""


def with_told(contacts, *, user):
    """The same with what was told in each, which is one look-up more."""
    told = ToldTopic.objects.by_contact(contacts)
    return [
        replace(entry, told=", ".join(told[entry.contact.first_id or entry.contact.pk]))
        for entry in of(contacts, user=user)
    ]


def of(contacts, *, user):
    """An Entry for each, in their order, for the user to read."""
    ledger.read(user, contacts, purpose=ledger.Purpose.CONTACT)
    # Made once and filled in for each: making an address is dear.
    address = reverse("relatives:contact", args=[Contact().uuid])
    prefix = address.rsplit("/", 2)[0]
    return [_entry(one, f"{prefix}/{one.uuid}/") for one in contacts]


def _entry(contact, url):
    badge, kind = _badge(contact)
    return Entry(
        contact=contact,
        url=url,
        person=contact.person,
        when=moment(contact.happened_at),
        how=f"{contact.get_channel_display()}. {contact.get_direction_display()}",
        topic=contact.get_topic_display(),
        written=_("Written by %(name)s, %(when)s")
        % {"name": contact.recorded_by.name, "when": moment(contact.recorded_at)},
        follow_up=_follow_up(contact),
        badge=badge,
        badge_kind=kind,
    )


def moment(instant):
    return date_format(localtime(instant), "DATETIME_FORMAT")


def _follow_up(contact):
    if not contact.follow_up_on:
        return ""
    day = date_format(contact.follow_up_on, "DATE_FORMAT")
    if not contact.follow_up_by:
        return day
    return f"{day}, {contact.follow_up_by.name}"


def _badge(contact):
    """What is left to do, in words: never by colour alone."""
    if not contact.follow_up_on:
        return "", ""
    if contact.followed_up_at:
        return _("Followed up"), "success"
    if contact.follow_up_on < clock.today():
        return _("Overdue"), "error"
    if contact.follow_up_on == clock.today():
        return _("Follow up today"), "warning"
    return _("To be followed up"), "info"
