"""Whom to call, on paper: for the wall of the office when there is no screen."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime

from portal import clock
from relatives.models import Call, Event

TEMPLATE = "pdf/chain.html"
BY_HAND = 4


def of(resident, *, by):
    """The words, and the calls they show: those who may be told today, and no others."""
    found = list(
        Call.objects.visible_to(by)
        .filter(resident=resident)
        .open_now()
        .select_related("resident", "relation__relative", "told_by__relative")
        .order_by("place", "pk")
    )
    at = localtime(clock.now())
    with translation.override("da"):
        words = _around(resident.department.home, at.isoformat(timespec="seconds")) | {
            "blank": False,
            "department": resident.department.name,
            "resident": str(resident),
            "printed_at": date_format(at, "DATETIME_FORMAT"),
            "printed_by": str(by),
            "events": [
                {"title": capfirst(str(event.label)), "calls": calls}
                for event in Event
                if (calls := [_call(one) for one in found if one.event == event])
            ],
        }
    return words, found


def blank(home):
    with translation.override("da"):
        return _around(home, f"{clock.today().isoformat()}T12:00:00+01:00") | {
            "blank": True,
            "events": [
                {
                    "title": capfirst(str(event.label)),
                    "calls": list(range(1, BY_HAND + 1)),
                }
                for event in (Event.FALL, Event.HOSPITAL, Event.MISSING, Event.DEATH)
            ],
        }


def _around(home, written):
    return {"home": home.name, "phone": home.phone, "written": written}


def _call(call):
    relative = call.relation.relative
    return {
        "name": str(relative),
        "relation": str(call.relation.get_kind_display()),
        "phone": relative.phone,
        "moment": str(call.get_moment_display()),
        "at_night": call.at_night,
        "channel": str(call.get_channel_display()),
        "told_by": str(call.told_by.relative) if call.told_by else "",
    }
