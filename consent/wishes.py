"""Who wants to talk: on the start page of staff, and on the resident's own."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consent.models import TalkWish
from portal import clock
from portal.rooms import Card, Found, Row
from residents import ledger

A_CARD = 5


def card_of_work(user):
    """Residents who wait for a talk, those whose contact person one is first."""

    def drawn(wishes):
        wishes.sort(key=lambda one: one.resident.contact_person_id != user.pk)
        ledger.read(user, wishes[:A_CARD], purpose=ledger.Purpose.CONSENT)
        return _card([_row(wish, str(wish.resident)) for wish in wishes], order=8)

    return Found(_open(user).select_related("resident", "relation__relative"), drawn)


def card_of_one(user, resident):
    """The same for one resident, on the first of their pages."""
    about = _("About who may know what")
    return Found(
        _open(user).of(resident).select_related("relation__relative"),
        lambda wishes: _card([_row(wish, about) for wish in wishes], order=5),
    )


def _card(rows, *, order):
    if rows:
        yield Card(_("Wants to talk with somebody"), rows[:A_CARD], order=order)


def card_of_resident():
    """The way to one's own page, large and first."""
    mine = reverse("consent:mine")
    return Card(
        _("Who may see what about me?"),
        empty=_("You decide who may know something about you."),
        action=(_("See and change"), mine),
        order=5,
        picture="people",
    )


def _open(user):
    return TalkWish.objects.visible_to(user).open()


def _row(wish, title):
    about = [wish.relation and str(wish.relation), wish.get_topic_display()]
    day = wish.wished_at.astimezone(clock.DENMARK).date()
    return Row(
        title=title,
        url=reverse("consent:talk-wish", args=[wish.uuid]),
        meta=_("Since %(day)s") % {"day": date_format(day, "DATE_FORMAT")},
        text=" – ".join(filter(None, about)),
    )
