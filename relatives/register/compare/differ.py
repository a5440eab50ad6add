"""How a difference between a file and the portal is found and told."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relatives.register.kinds import KINDS


@dataclass(frozen=True)
class Difference:
    heading: str
    shown_old: str
    shown_new: str
    # What tells two differences apart that look the same.
    trace: str = ""


def shown(value):
    """A value as the preview writes it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return date_format(value)
    return str(value)


def differences(plan, kind, thing, values, *, hidden=(), columns=None):
    """Set what differs on the thing, and say what it was. `values` by field name."""
    found = []
    for name, new in values.items():
        old = getattr(thing, name)
        if old == new:
            continue
        setattr(thing, name, new)
        plan.will_save(thing, name)
        told = [_shown_of(thing, name, value) for value in (old, new)]
        if name in hidden:
            told = [
                _("hidden") if value not in (None, "") else "–" for value in (old, new)
            ]
        found.append(
            Difference(
                KINDS[kind].heading((columns or {}).get(name, name)),
                *told,
                trace=str(new),
            )
        )
    return found


def _shown_of(thing, name, value):
    choices = dict(thing._meta.get_field(name).flatchoices)
    return str((choices and choices.get(value)) or shown(value))


def over(last_day, today):
    return last_day is not None and last_day < today


def date_of(values, name):
    return dt.date.fromisoformat(values[name]) if name in values else None
