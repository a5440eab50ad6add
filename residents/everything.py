"""What residents are to portal.everything, and what the access log says of a person."""

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from residents import ledger
from residents.access import topics_shared_with
from residents.models import AccessEvent, Resident
from residents.policy import cares_for


def selves(user):
    if getattr(user, "resident", None):
        yield "resident", user.resident


def named(selves):
    for given, family, called in Resident.objects.values_list(
        "given_name", "family_name", "called"
    ):
        yield f"{given} {family}"
        yield called if " " in called else ""


def knows(selves, row):
    """A relative was led to the row by what is their own; a resident knows only oneself."""
    if not isinstance(row, Resident):
        return False
    own = selves.get("resident")
    return "relative" in selves or (own is not None and own.pk == row.pk)


def looked_up(selves):
    """When, how, in which role and what for. No employee is named (C-579/21)."""
    if "resident" in selves:
        events = AccessEvent.objects.filter(resident=selves["resident"])
        yield _("Who has looked at what is held about the resident"), _lines(events)
    if "user" in selves:
        events = AccessEvent.objects.filter(user=selves["user"])
        yield _("When you have looked at something about a resident"), _lines(events)


def _lines(events):
    named = {
        "capacity": _("as what"),
        "way": _("how"),
        "topic": _("topic"),
        "purpose": _("what for"),
    }
    return [_line(event, named) for event in events.order_by("-at", "-pk")]


def _line(event, named):
    told = [("at", _("when"), _when(event), event.at.isoformat())]
    for name, label in named.items():
        if getattr(event, name):
            word = capfirst(str(getattr(event, f"get_{name}_display")()))
            told.append((name, label, word, word))
    return told


def _when(event):
    return date_format(localtime(event.at), "DATETIME_FORMAT")


def handed_over(user, rows):
    """Whatever tells of a resident is on a paper that the user takes with them.

    One's own words to the home are no reading, where their topic is not shared.
    """
    shared = {(number, topic) for number, topic, _ground in topics_shared_with(user)}
    ledger.printed(user, [row for row in rows if isinstance(row, Resident)])
    ledger.printed(user, [row for row in rows if _is_told(user, row, shared)])


def _is_told(user, row, shared):
    resident, topic = getattr(row, "resident", None), getattr(row, "topic", "")
    if resident is None or not topic:
        return False
    return (
        (resident.pk, topic) in shared
        or resident.user_id == user.pk
        or cares_for(user, resident)
    )
