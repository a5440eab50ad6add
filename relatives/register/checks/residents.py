"""Residents: known once, housed somewhere, and below 18 never without custody."""

import datetime as dt
from collections import defaultdict

from django.utils.translation import gettext as _

from portal import clock
from relatives.models import Representation
from relatives.register import words
from relatives.register.checks.common import (
    check_department,
    check_order,
    known_departments,
    refuse_twice,
)
from relatives.register.kinds import KINDS


def is_minor(born_on, today):
    """Below 18 on the day. `born_on` is ISO text."""
    return clock.years_old(dt.date.fromisoformat(born_on), today) < 18


def residents(register, there, wrong, ties):
    known = known_departments(register, there)
    staff = {
        row.values.get(field, "").lower()
        for _sheet, row in register.of("employee")
        for field in ("register_id", "email")
    }
    numbers, people, digests = {}, {}, {}
    custody = _holders_of_custody(there, ties)
    for sheet, row in register.of("resident"):
        values = row.values
        if "register_id" in values:
            refuse_twice(
                numbers, values["register_id"], sheet, row, "register_id", wrong
            )
        if "department" in values:
            check_department(known, there, sheet, row, wrong)
        _check_cpr(there, digests, sheet, row, wrong)
        check_order(
            sheet,
            row,
            "born_on",
            "moved_in_on",
            wrong,
            _("The resident moves in before being born. Look at both dates."),
        )
        check_order(sheet, row, "moved_in_on", "moved_out_on", wrong)
        contact = values.get("contact_person", "")
        if contact and contact.lower() not in staff and not there.employee(contact):
            text = _("No employee here has the number or e-mail address “%(contact)s”.")
            wrong(sheet, row, "contact_person", text % {"contact": contact})
        if not row.good:
            continue
        name = words.simplify(values["given_name"] + values["family_name"])
        refuse_twice(people, (name, values["born_on"]), sheet, row, "given_name", wrong)
        gone = values.get("moved_out_on", "9999") <= there.today.isoformat()
        if is_minor(values["born_on"], there.today) and not gone:
            _check_custody(custody, sheet, row, wrong)


def _check_cpr(there, digests, sheet, row, wrong):
    cpr, number = row.values.get("cpr"), row.values.get("register_id")
    if not cpr:
        return
    if row.values.setdefault("born_on", cpr["born_on"]) != cpr["born_on"]:
        text = _("The CPR number %(cpr)s and the date of birth do not agree.")
        wrong(sheet, row, "born_on", text % {"cpr": cpr["shown"]})
    refuse_twice(digests, cpr["digests"][0], sheet, row, "cpr", wrong)
    for digest in cpr["digests"]:
        other = there.residents_by_digest.get(digest)
        if other and other.register_id != number:
            text = _("The person is already in the portal with the number %(number)s.")
            wrong(sheet, row, "cpr", text % {"number": other.register_id})


def _holders_of_custody(there, ties):
    """Who holds custody of each resident, as it will stand after the import."""
    holders = defaultdict(dict)
    for relation in there.standing_relations():
        for held in relation.representations.all():
            if held.kind in Representation.CUSTODY and there.holds(held):
                holders[relation.resident.register_id][
                    relation.relative.register_id
                ] = held.kind
    for tie in ties:
        if tie.has_custody:
            holders[tie.resident_id][tie.relative_id] = tie.custody
        elif tie.custody:
            holders[tie.resident_id].pop(tie.relative_id, None)
    return holders


def _check_custody(custody, sheet, row, wrong):
    holders = custody.get(row.values["register_id"], {})
    field = "cpr" if "cpr" in row.values else "born_on"
    if not holders:
        text = _(
            "The resident is below 18 and nobody has custody. Write “ene” or “delt” in "
            "the column “%(column)s” at the parent, and upload both lists together."
        )
        column = KINDS["relative"].heading("custody")
        wrong(sheet, row, field, text % {"column": column})
    elif len(holders) > 1 and Representation.Kind.SOLE_CUSTODY in holders.values():
        text = _(
            "%(relatives)s have custody of the resident, and one of them alone. "
            "Write “delt” at both, or “nej” at the one who has none."
        )
        wrong(sheet, row, field, text % {"relatives": ", ".join(sorted(holders))})
