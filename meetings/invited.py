"""The way to prepare, and what was handed out: on the start page of those it concerns."""

import datetime as dt

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from meetings.models import Conversation, HandOut, Participant
from meetings.models.accepted import invitations, own_conversations
from portal import clock
from portal.rooms import Card, Found, Row
from residents import ledger


def card_of_relative(user):
    """Few are named for a talk at any time; whom the resident accepts is asked of them."""
    named = Participant.objects.filter(
        relation__relative=user.relative,
        conversation__status=Conversation.Status.PLANNED,
    )
    return Found(named, lambda _some: _card(user, _accepted(user)), whether=True)


# After that it is found where all is that the resident shares.
NEW_FOR = dt.timedelta(days=30)


def card_of_handed(user):
    """Extracts that the relative got lately; asked anew whether they may be read."""
    lately = HandOut.objects.filter(
        relation__relative=user.relative,
        how=HandOut.How.PORTAL,
        handed_at__gt=clock.now() - NEW_FOR,
    )
    return Found(lately, lambda _some: _handed_card(user, lately), whether=True)


def _handed_card(user, lately):
    found = HandOut.objects.handed_to(user).filter(pk__in=lately.values("pk"))
    found = list(found.select_related("resident"))
    ledger.read(user, [one.resident for one in found])
    rows = [
        Row(
            title=_("What we talked about with %(name)s")
            % {"name": one.resident.short_name},
            url=reverse("meetings:extract", args=[one.uuid]),
            meta=date_format(localtime(one.handed_at), "DATE_FORMAT"),
        )
        for one in found
    ]
    if rows:
        yield Card(_("You have got a paper to read"), rows, order=14)


def _accepted(user):
    found = invitations(user).filter(conversation__status=Conversation.Status.PLANNED)
    return [invited.conversation for invited in found]


def card_of_resident(user):
    found = own_conversations(user).filter(status=Conversation.Status.PLANNED)
    return Found(found, lambda rows: _card(user, rows))


def _card(user, conversations):
    ledger.read(user, conversations)
    own = bool(conversations) and conversations[0].resident.user_id == user.pk
    rows = [
        Row(
            title=_("What do you want to say?")
            if own
            else _("Prepare the talk about %(name)s")
            % {"name": conversation.resident.short_name},
            url=reverse("meetings:prepare", args=[conversation.uuid]),
            meta=date_format(localtime(conversation.planned_at), "DATETIME_FORMAT"),
            picture="talk" if own else "",
        )
        for conversation in conversations
    ]
    if rows:
        yield Card(
            _("We will talk together") if own else _("You are invited"), rows, order=12
        )
