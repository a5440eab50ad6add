"""Residents."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relatives.register.compare.differ import (
    Difference,
    date_of,
    differences,
    over,
)
from relatives.register.kinds import KINDS
from relatives.register.words import simplify
from residents.models import Resident

PLAIN = ("given_name", "family_name", "called", "room", "protected_address")
DATES = ("born_on", "moved_in_on", "moved_out_on")


def compare(plan, register, there, departments, staffed):
    """The residents of the home after the import, by their numbers."""
    residents = dict(there.residents)
    seen = set()
    without_check_digit = []
    for where in register.of("resident"):
        sheet, row = where
        number = row.values.get("register_id")
        seen.add(number)
        if not row.good:
            continue
        cpr = row.values.get("cpr")
        if cpr and not cpr["modulus_11"]:
            without_check_digit.append(where)
        values = _values(row, there, departments, staffed)
        told = {
            "name": f"{row.values['given_name']} {row.values['family_name']}",
            "number": number,
            "where": where,
        }
        if number in residents:
            _compare_one(plan, there, residents[number], row, values, told)
        else:
            resident = Resident(
                home=there.home,
                register_id=number,
                cpr_digest=cpr["digests"][0] if cpr else "",
                **values,
            )
            residents[number] = resident
            plan.will_add("resident", resident, values=row.values, **told)
    _note_check_digits(plan, without_check_digit)
    if seen:
        plan.absent["resident"] = [
            f"{resident} ({number})"
            for number, resident in there.residents.items()
            if number not in seen and not over(resident.moved_out_on, there.today)
        ]
    return residents


def _values(row, there, departments, staffed):
    values = {name: row.values[name] for name in PLAIN if name in row.values}
    for name in DATES:
        if name in row.values:
            values[name] = date_of(row.values, name)
    values["department"] = departments[simplify(row.values["department"])]
    contact = row.values.get("contact_person")
    if contact:
        user = staffed.get(contact.lower()) or there.employee(contact)
        if user:
            values["contact_person"] = user
    return values


def _compare_one(plan, there, resident, row, values, told):
    sheet, _row = told["where"]
    cpr = row.values.get("cpr")
    other_number = (
        cpr and resident.cpr_digest and resident.cpr_digest not in cpr["digests"]
    )
    other_name = (resident.given_name != values["given_name"]) and (
        resident.family_name != values["family_name"]
    )
    if other_name and (other_number or resident.born_on != values["born_on"]):
        text = _(
            "%(number)s is %(name)s in the portal. A number is never given to another "
            "person, for what is shared with relatives follows it."
        )
        facts = {"number": resident.register_id, "name": resident}
        plan.wrong(sheet, row, "register_id", text % facts)
        return
    _keep_moved_out(plan, there, resident, row, values, sheet)
    changes = differences(plan, "resident", resident, values)
    if cpr and resident.cpr_digest not in cpr["digests"]:
        old = _("another number") if resident.cpr_digest else "–"
        heading = KINDS["resident"].heading("cpr")
        changes.append(Difference(heading, old, cpr["shown"], cpr["digests"][0]))
        resident.cpr_digest = cpr["digests"][0]
        plan.will_save(resident, "cpr_digest")
    if resident.moved_out_on and resident.moved_out_on < resident.moved_in_on:
        date = date_format(resident.moved_out_on)
        text = _("Moves out on %(date)s in the portal, before moving in here.")
        plan.wrong(sheet, row, "moved_in_on", text % {"date": date})
        return
    plan.will_change("resident", changes, **told)


def _keep_moved_out(plan, there, resident, row, values, sheet):
    """Who has moved out stays out, unless they have moved in again since."""
    left = resident.moved_out_on
    if left is None or left > there.today:
        return
    if values["moved_in_on"] > left:
        values.setdefault("moved_out_on", None)
    elif values.get("moved_out_on") is None or values["moved_out_on"] > left:
        text = _("Moved out on %(date)s in the portal, and stays so.")
        plan.note(sheet, row, "moved_out_on", text % {"date": date_format(left)})
        values.pop("moved_out_on", None)


def _note_check_digits(plan, rows):
    if rows:
        sheet, row = rows[0]
        text = _(
            "%(count)s CPR numbers fail the old check digit (the first is in line "
            "%(line)s). Since 2007 such numbers are given out, so they are taken. "
            "A slip of the finger looks the same."
        )
        facts = {"count": len(rows), "line": row.line}
        plan.note(sheet, row, "cpr", text % facts)
