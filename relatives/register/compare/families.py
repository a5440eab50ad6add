"""Relatives, as people; whose they are is told by relations."""

from django.utils.translation import gettext as _

from relatives.models import Relative
from relatives.register.compare.differ import date_of, differences
from relatives.register.words import simplify

# So begin the numbers of people whom the care system has not numbered.
BY_HAND = "samspil-"
ADDRESS = ("address", "postcode", "city")


def compare(plan, people, there):
    """Sets what differs on the relatives in `there`, and adds the new to them."""
    shared = {}
    known = dict(there.relatives)
    by_hand = [r for r in known.values() if r.register_id.startswith(BY_HAND)]
    for number, where in people.items():
        sheet, row = where
        if number is None or not row.good:
            continue
        values = {
            k: v for k, v in row.values.items() if k not in ("register_id", "born_on")
        }
        if "born_on" in row.values:
            values["born_on"] = date_of(row.values, "born_on")
        told = {
            "name": f"{values['given_name']} {values['family_name']}",
            "number": number,
            "where": where,
        }
        _note_shared_email(plan, shared, sheet, row)
        relative = known.get(number) or _entered_by_hand(by_hand, row.values)
        if relative:
            there.relatives[number] = relative
            _compare_one(plan, relative, number, values, told)
        else:
            _forget_protected(values, protected=values.get("protected_address", False))
            relative = Relative(home=there.home, register_id=number, **values)
            there.relatives[number] = relative
            plan.will_add("relative", relative, values=values, **told)
    if people:
        plan.absent["relative"] = [
            f"{relative} ({number})"
            for number, relative in known.items()
            if relative.register_id not in people
        ]


def _entered_by_hand(relatives, values):
    """The same person, whom somebody here wrote down before the care system did."""
    for relative in relatives:
        same_name = simplify(str(relative)) == simplify(
            values["given_name"] + values["family_name"]
        )
        born_on = relative.born_on.isoformat() if relative.born_on else ""
        if same_name and (
            (values.get("email") and values["email"] == relative.email.lower())
            or (
                values.get("phone")
                and _digits(values["phone"]) == _digits(relative.phone)
            )
            or (values.get("born_on") and values["born_on"] == born_on)
        ):
            return relative
    return None


def _compare_one(plan, relative, number, values, told):
    sheet, row = told["where"]
    if (
        relative.given_name != values["given_name"]
        and relative.family_name != values["family_name"]
    ):
        text = _(
            "%(number)s is %(name)s in the portal. A number is never given to another "
            "person, for what is shared with relatives follows it."
        )
        facts = {"number": relative.register_id, "name": relative}
        plan.wrong(sheet, row, "register_id", text % facts)
        return
    if relative.user_id and values.get("email", relative.email) != relative.email:
        text = _("The log-in %(email)s is kept: it is changed in the portal.")
        plan.note(sheet, row, "email", text % {"email": relative.email})
        del values["email"]
    if _digits(values.get("phone", "")) == _digits(relative.phone):
        values.pop("phone", None)
    values["register_id"] = number
    protected = values.get("protected_address", relative.protected_address)
    _forget_protected(values, protected=protected, known=relative)
    hidden = ADDRESS if protected or relative.protected_address else ()
    changes = differences(plan, "relative", relative, values, hidden=hidden)
    plan.will_change("relative", changes, **told)


def _digits(phone):
    return "".join(filter(str.isdecimal, phone))


def _forget_protected(values, *, protected, known=None):
    """A protected address is not kept: what is not there cannot slip out.

    The portal sends no letters, and whoever must visit has the care system.
    """
    if protected:
        for name in ADDRESS:
            values.pop(name, None)
            if known and getattr(known, name):
                values[name] = ""


def _note_shared_email(plan, shared, sheet, row):
    email = row.values.get("email")
    if email in shared:
        text = _(
            "Line %(line)s has the same e-mail address. "
            "Only one of them can have a log-in with it."
        )
        plan.note(sheet, row, "email", text % {"line": shared[email]})
    elif email:
        shared[email] = row.line
