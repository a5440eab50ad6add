"""Departments and employees."""

from django.utils.translation import gettext as _

from portal.models import Employment
from relatives.register import words
from relatives.register.checks.common import (
    check_department,
    check_order,
    known_departments,
    refuse_twice,
)

OF_A_DEPARTMENT = {str(role) for role in Employment.AT_A_DEPARTMENT}


def departments(register, there, wrong):
    lines = {}
    for sheet, row in register.of("department"):
        if "name" in row.values:
            key = words.simplify(row.values["name"])
            refuse_twice(lines, key, sheet, row, "name", wrong)


def employees(register, there, wrong):
    known = known_departments(register, there)
    jobs, emails, people = {}, {}, {}
    for sheet, row in register.of("employee"):
        values = row.values
        number, email = values.get("register_id"), values.get("email")
        role = values.get("role", Employment.Role.CARE)
        if "department" in values:
            check_department(known, there, sheet, row, wrong)
        if role in OF_A_DEPARTMENT and "department" not in values and row.good:
            text = _(
                "Write the department. Only the centre manager and the relatives' adviser have none."
            )
            wrong(sheet, row, "department", text)
        if role not in OF_A_DEPARTMENT and "department" in values:
            text = _(
                "A centre manager or a relatives' adviser works for the whole home. Leave the department empty."
            )
            wrong(sheet, row, "department", text)
        check_order(sheet, row, "starts_on", "ends_on", wrong)
        if number:
            place = words.simplify(values.get("department", ""))
            refuse_twice(jobs, (number, place, role), sheet, row, "register_id", wrong)
            same = people.setdefault(number, (email, row.line))
            if email and same[0] and email != same[0]:
                text = _("%(number)s has another e-mail address in line %(line)s.")
                facts = {"number": number, "line": same[1]}
                wrong(sheet, row, "email", text % facts)
        if number and email:
            owner = emails.setdefault(email, (number, row.line))
            if owner[0] != number:
                text = _("%(number)s in line %(line)s has the same e-mail address.")
                facts = {"number": owner[0], "line": owner[1]}
                wrong(sheet, row, "email", text % facts)
