"""Wishes that relatives have written and nobody has answered yet, on the start pages."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from meetings.models import Expectation
from portal.rooms import Card, Found, Row
from residents import ledger

A_CARD = 5


def card_of_work(user):
    """The contact person's and the manager's, until there is an answer."""
    found = Expectation.objects.to_answer(user)[:A_CARD]
    return Found(found, lambda rows: _card(user, rows))


def card_of_one(user, resident):
    found = Expectation.objects.visible_to(user).written_to_us()
    found = found.filter(resident=resident).select_related("resident").order_by("pk")
    return Found(found[:A_CARD], lambda rows: _card(user, rows))


def _card(user, found):
    ledger.read(user, found, purpose=ledger.Purpose.MEETING)
    rows = [
        Row(
            title=_("A wish about %(name)s") % {"name": one.resident},
            url=reverse("meetings:expectation-answer", args=[one.uuid]),
            meta=_("Written by a relative, %(day)s")
            % {"day": date_format(localtime(one.recorded_at), "DATE_FORMAT")},
            badge=_("Not answered yet"),
            badge_kind="info",
        )
        for one in found
    ]
    if rows:
        yield Card(_("Wishes to answer"), rows, order=23)
