"""Talks that are still to be had about what is seen differently, on the start pages."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from meetings.models import Disagreement
from portal import clock
from portal.rooms import Card, Found, Row
from residents import ledger

A_CARD = 5


def card_of_work(user):
    """The contact person's and the manager's, until the talk has been held."""
    found = Disagreement.objects.to_talk_about(user)[:A_CARD]
    return Found(found, lambda rows: _card(user, rows))


def card_of_one(user, resident):
    found = (
        Disagreement.objects.visible_to(user)
        .open()
        .filter(expectation__resident=resident)
        .select_related("expectation__resident")
        .order_by("next_talk_on", "pk")[:A_CARD]
    )
    return Found(found, lambda rows: _card(user, rows))


def _card(user, found):
    ledger.read(user, found, purpose=ledger.Purpose.MEETING)
    rows = [_row(one) for one in found]
    if rows:
        yield Card(_("We talk again"), rows, order=22)


def _row(one):
    late = one.next_talk_on < clock.today()
    day = {"day": date_format(one.next_talk_on, "DATE_FORMAT")}
    return Row(
        title=str(one.resident),
        url=reverse("meetings:disagreement-talked", args=[one.uuid]),
        meta=_("About something that is seen differently"),
        badge=(_("Overdue: %(day)s") if late else _("Talk on %(day)s")) % day,
        badge_kind="error" if late else "info",
    )
