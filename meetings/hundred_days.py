"""Talks of the first hundred days on the start pages."""

import datetime as dt

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from meetings.models import FirstTalk
from portal import clock
from portal.rooms import Card, Found, Row
from residents import ledger

A_CARD = 5
# Soon enough to find an hour for it.
SOON = dt.timedelta(days=14)


def card_of_work(user):
    """The contact person's and the manager's, until each is held, moved or declined."""
    found = FirstTalk.objects.to_hold(user).filter(due_on__lte=clock.today() + SOON)
    return _found(user, found)


def card_of_one(user, resident):
    found = FirstTalk.objects.visible_to(user).open().filter(resident=resident)
    return _found(user, found)


def _found(user, talks):
    talks = talks.select_related("resident").order_by("due_on", "pk")[:A_CARD]
    return Found(talks, lambda rows: _card(user, rows))


def _card(user, talks):
    ledger.read(user, talks, purpose=ledger.Purpose.MEETING)
    rows = [_row(talk) for talk in talks]
    if rows:
        yield Card(_("The first hundred days"), rows, order=36)


def _row(talk):
    late = talk.due_on < clock.today()
    day = {"day": date_format(talk.due_on, "DATE_FORMAT")}
    return Row(
        title=str(talk.resident),
        url=reverse("meetings:first-talk", args=[talk.uuid]),
        meta=_("Talk %(number)s days after moving in") % {"number": talk.number},
        badge=(_("Overdue: %(day)s") if late else _("Talk on %(day)s")) % day,
        badge_kind="error" if late else "info",
    )
