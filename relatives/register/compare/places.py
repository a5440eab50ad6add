"""Departments."""

from portal.models import Department
from relatives.register.compare.differ import differences
from relatives.register.words import simplify


def compare(plan, register, there):
    """The departments of the home after the import, by simplified name."""
    departments = dict(there.departments)
    seen = set()
    for sheet, row in register.of("department"):
        if not row.good:
            continue
        key = simplify(row.values["name"])
        seen.add(key)
        # Known by its name, so the name itself never changes here.
        values = {f: v for f, v in row.values.items() if f != "name"}
        told = {"name": row.values["name"], "number": "", "where": (sheet, row)}
        if key in departments:
            department = departments[key]
            changes = differences(plan, "department", department, values)
            plan.will_change("department", changes, **told)
        else:
            department = Department(home=there.home, **row.values)
            departments[key] = department
            plan.will_add("department", department, values=row.values, **told)
    if seen:
        plan.absent["department"] = [
            d.name
            for key, d in there.departments.items()
            if key not in seen and not d.closed_on
        ]
    return departments
