"""What a resident has agreed on, on paper: to sign, and who does what as one table."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal import clock
from portal.models import User
from relatives import roles
from relatives.models import Agreement
from relatives.readings import as_staff, every_name, sorted_by_urgency, with_parts
from residents import ledger
from residents.models import Resident

SHEET, ROLES = "pdf/agreement_sheet.html", "pdf/roles.html"
# What is shorter is not broken over two pages.
SHORT = 400
BY_HAND = {"agreements": 8, "rows": 7}


def of(resident, *, by):
    """The words of both papers about one resident, and the agreements they show."""
    found = list(
        Agreement.objects.visible_to(by)
        .filter(resident=resident)
        .open()
        .with_too_much(by)
        .select_related("resident__contact_person", "responsible_relative")
    )
    at = clock.now()
    with translation.override("da"):
        readings = with_parts(
            as_staff(sorted_by_urgency(found), user=by), user=by, names=every_name
        )
        department = resident.department
        words = _around(department.home, at) | {
            "blank": False,
            "department": department.name,
            "resident": str(resident),
            "printed_at": date_format(localtime(at), "DATETIME_FORMAT"),
            "printed_by": str(by),
            "agreements": [_agreement(one) for one in readings],
            "rows": [_roles(row) for row in roles.table(readings)],
        }
    return words, found


def blank(home):
    """The same two with rows to write in."""
    day = clock.today().isoformat()
    return {
        "home": home.name,
        "phone": home.phone,
        "blank": True,
        "written": f"{day}T12:00:00+01:00",
        **{name: list(range(1, count + 1)) for name, count in BY_HAND.items()},
    }


def _around(home, at):
    return {
        "home": home.name,
        "phone": home.phone,
        "written": localtime(at).isoformat(timespec="seconds"),
    }


def _agreement(reading):
    agreement = reading.agreement
    return {
        "text": agreement.text,
        "goal": agreement.goal,
        "responsible": _capital(str(reading.responsible)),
        "helpers": [[_capital(str(who)), part.task] for who, part in reading.parts],
        "due": _day(agreement.due_on) or _("ongoing"),
        "follow_up": _day(agreement.follow_up_on) or "–",
        "short": len(agreement.text) <= SHORT,
    }


def _roles(row):
    """The task, and in each column who has which part in it."""
    return {
        "task": row.agreement.text,
        "short": len(row.agreement.text) <= SHORT,
        "cells": [
            [[share.name, share.task, share.sees_to_it] for share in shares]
            for _heading, shares in row.cells
        ],
    }


def _capital(word):
    return word[:1].upper() + word[1:]


def _day(day):
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def sheets_of(department, *, by):
    """A batch: how many, and one sheet after another of those who live there.

    Each is decided about and written in the access log when it is drawn: `by` may have
    left meanwhile.
    """
    residents = department.residents.living_here().order_by("pk")
    numbers = list(residents.values_list("pk", flat=True))
    return len(numbers), _each(numbers, by.pk)


def _each(numbers, reader):
    for place, number in enumerate(numbers, start=1):
        by = User.objects.get(pk=reader)
        resident = (
            Resident.objects.cared_for_by(by)
            .select_related("department__home")
            .filter(pk=number)
            .first()
        )
        if resident is None:
            continue
        words, found = of(resident, by=by)
        ledger.printed(by, [resident, *found])
        # A number and no name: the file may lie on a computer that others use.
        yield f"aftaleark-{place:03}.pdf", SHEET, words
