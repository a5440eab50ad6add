from django.utils.translation import gettext as _

from relatives.register import words


def refuse_twice(lines, key, sheet, row, field, wrong):
    """The same in an earlier row is the same person, or the same number, twice."""
    if key in lines:
        text = _("The same stands in line %(line)s. Keep one of them.")
        wrong(sheet, row, field, text % {"line": lines[key]})
    else:
        lines[key] = row.line


def check_order(sheet, row, first, last, wrong, text=""):
    """`text` says what is wrong, if it is not simply the wrong way round."""
    if row.values.get(last, "9999") < row.values.get(first, ""):
        wrong(sheet, row, last, text or _("The last day lies before the first."))


def known_departments(register, there):
    known = {
        words.simplify(row.values["name"]): row.values["name"]
        for _sheet, row in register.of("department")
        if "name" in row.values
    }
    return {key: d.name for key, d in there.departments.items()} | known


def check_department(known, there, sheet, row, wrong):
    name = row.values["department"]
    key = words.simplify(name)
    closed = there.departments.get(key)
    if closed and closed.closed_on and closed.closed_on <= there.today:
        text = _("The department %(name)s is closed in the portal.") % {"name": name}
        wrong(sheet, row, "department", text)
    elif key not in known:
        close = words.closest(name, known.values())
        if close:
            text = _("There is no department “%(name)s”. Did you mean “%(close)s”?")
        else:
            text = _(
                "There is no department “%(name)s”. "
                "Correct the name, or upload a list of departments with it."
            )
        wrong(sheet, row, "department", text % {"name": name, "close": close})
