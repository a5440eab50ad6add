"""Meetings on the start pages, and on the page of one resident."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.models.guests import named
from portal import clock
from portal.rooms import Card, Found, Row
from residents import ledger

A_CARD = 5
SOON = dt.timedelta(days=14)


def cards_of_guest(user):
    """Those that the user is invited to, one card a question."""
    if getattr(user, "relative", None) is None:
        yield Found(
            _to_come(Meeting.objects.for_guest(user)), lambda own: _own(own, user)
        )
        return
    # Few are named for a meeting at any time; whether they are accepted is asked then.
    asked = Meeting.objects.planned().filter(named(user), invited_at__isnull=False)
    yield Found(asked.order_by(), lambda _some: _of_relative(user), whether=True)
    open_to_all = _to_come(Meeting.objects.open_to(user))
    yield Found(
        open_to_all, lambda rows: _card_of_guest(_("Meetings for relatives"), rows)
    )


def _to_come(meetings):
    # Until the day after: who is late still wants to know where it is.
    still = meetings.planned().filter(planned_at__gt=clock.now() - dt.timedelta(days=1))
    return still.with_people().order_by("planned_at", "pk")[:A_CARD]


def _own(meetings, user):
    ledger.read(user, [one for one in meetings if one.resident_id])
    rows = [_row_of_guest(one, picture="meetings") for one in meetings]
    if rows:
        yield Card(_("We will meet"), rows, order=14)


def _of_relative(user):
    meetings = list(
        _to_come(Meeting.objects.for_guest(user).filter(resident__isnull=False))
    )
    ledger.read(user, meetings)
    yield from _card_of_guest(_("You are invited to a meeting"), meetings)


def _card_of_guest(heading, meetings):
    rows = [_row_of_guest(one, text=_about(one)) for one in meetings]
    if rows:
        yield Card(heading, rows, order=14)


def _row_of_guest(meeting, **more):
    url = reverse("meetings:my-meeting", args=[meeting.uuid])
    return Row(title=str(meeting), url=url, meta=_at(meeting), **more)


def card_of_work(user):
    """Those that the user leads or takes the minutes of: to come, and to be finished."""
    mine = Q(chair=user) | Q(minute_taker=user) | Q(participants__user=user)
    soon = (
        Meeting.objects.at_work_of(user)
        .planned()
        .filter(
            Q(pk__in=Meeting.objects.filter(mine).values("pk")),
            planned_at__lt=clock.now() + SOON,
        )
    )
    return _found(user, soon)


def card_of_one(user, resident):
    """Those to come about one resident, for whoever cares for them."""
    return _found(user, Meeting.objects.planned().filter(resident=resident))


def _found(user, meetings):
    meetings = meetings.select_related("resident", "home", "department")
    return Found(
        meetings.order_by("planned_at", "pk")[:A_CARD], lambda rows: _card(user, rows)
    )


def _card(user, meetings):
    about = [one for one in meetings if one.resident_id]
    ledger.read(user, about, purpose=ledger.Purpose.MEETING)
    rows = [_row(one) for one in meetings]
    if rows:
        more = (_("All meetings"), reverse("meetings:meetings"))
        yield Card(_("Meetings"), rows, more=more, order=37)


def _row(meeting):
    over = meeting.planned_at < clock.now()
    if over:
        badge, kind = _("Write the minutes and finish it"), "warning"
    elif meeting.invited_at:
        badge, kind = _("Planned"), "info"
    else:
        badge, kind = _("Not invited yet"), "warning"
    return Row(
        title=f"{meeting} – {meeting.whose}",
        url=reverse("meetings:meeting", args=[meeting.uuid]),
        meta=_at(meeting),
        badge=badge,
        badge_kind=kind,
    )


def _at(meeting):
    return date_format(localtime(meeting.planned_at), "DATETIME_FORMAT")


def _about(meeting):
    if meeting.resident_id:
        return _("About %(name)s") % {"name": meeting.resident.short_name}
    return meeting.theme
