"""The plan as the preview shows it: what matters first, and never more than one can read."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relatives.register.kinds import KINDS

MOST_SHOWN = 200


@dataclass
class Shown:
    """The first of many, and how many there are besides."""

    label: str
    rows: list
    total: int

    @property
    def rest(self):
        return self.total - len(self.rows)


def _first(label, rows):
    return Shown(label, rows[:MOST_SHOWN], len(rows))


def counts(numbers):
    """Kind, new, changed, unchanged: as rows of a table."""
    return [(KINDS[kind].label, *numbers[kind]) for kind in KINDS if kind in numbers]


def _by_kind(found):
    return [_first(KINDS[kind].label, found[kind]) for kind in KINDS if found.get(kind)]


def preview(plan):
    numbers = counts(plan.counts())
    return {
        "summary": _summary(plan, numbers),
        "counts": numbers,
        "errors": _first("", plan.errors),
        "notes": _first("", plan.notes),
        "changed": _by_kind(plan.changed),
        "new": _by_kind(plan.new),
        "absent": _by_kind(plan.absent),
        "can_confirm": not plan.errors and not plan.changes_nothing,
        "nothing_to_do": not plan.errors and plan.changes_nothing,
        "seen": plan.fingerprint,
    }


def _summary(plan, numbers):
    new, changed, unchanged = (sum(row[i] for row in numbers) for i in (1, 2, 3))
    errors = len(plan.errors)
    return [
        (ngettext("error", "errors", errors), errors, "error" if errors else ""),
        (_("new"), new, "success" if new else ""),
        (_("changed"), changed, "info" if changed else ""),
        (_("unchanged"), unchanged, ""),
    ]


def kind_choices():
    return [("register", "XLSX"), *((kind.name, kind.label) for kind in KINDS.values())]
