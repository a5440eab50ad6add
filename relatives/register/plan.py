"""What an import would do, and everything there is to know before saying yes to it.

Made anew for the preview and again for the import itself, from the same rows: only the
portal can have changed in between, and then the two plans differ.
"""

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from relatives.register import ties
from relatives.register.checks import relatives, residents, staff
from relatives.register.compare import employees, families, housing, places, relations
from relatives.register.kinds import KINDS
from relatives.register.sheets import Problem
from relatives.register.there import There


@dataclass
class Change:
    """One row that is new, or that the portal has otherwise."""

    kind: str
    name: str
    number: str
    file: str
    line: int
    # Heading, what stands in the portal, what will. Empty for what is new.
    fields: list = field(default_factory=list)


class Plan:
    def __init__(self, home):
        self.home = home
        self.new = defaultdict(list)
        self.changed = defaultdict(list)
        self.unchanged = Counter()
        # In the portal and not in the files: told, and left as they are.
        self.absent = defaultdict(list)
        self.problems = []
        # For the actions: rows to add, and rows to save with the fields to save.
        self._add = {}
        self.save = defaultdict(dict)
        self._traces = []

    @property
    def errors(self):
        return [problem for problem in self.problems if problem.error]

    @property
    def notes(self):
        return [problem for problem in self.problems if not problem.error]

    @property
    def changes_nothing(self):
        return not (self._add or self.save)

    @property
    def fingerprint(self):
        """Two plans with the same one do the same."""
        text = json.dumps(sorted(self._traces), default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def counts(self):
        """Kind, new, changed, unchanged: for each kind that the files are about."""
        return {
            kind: [len(self.new[kind]), len(self.changed[kind]), self.unchanged[kind]]
            for kind in KINDS
            if self.new[kind] or self.changed[kind] or self.unchanged[kind]
        }

    def wrong(self, sheet, row, field, text):
        row.good = False
        self._tell(sheet, row, field, text, error=True)

    def note(self, sheet, row, field, text):
        self._tell(sheet, row, field, text, error=False)

    def _tell(self, sheet, row, field, text, *, error):
        label = sheet.labels.get(field, "")
        self.problems.append(Problem(sheet.name, row.line, label, text, error))

    def will_add(self, kind, thing, *, name, number, where, values):
        sheet, row = where
        self.new[kind].append(Change(kind, name, number, sheet.name, row.line))
        self.will_add_with(thing)
        self._trace("new", kind, number, values)

    def will_add_with(self, thing):
        """A row that comes along with another: the account of an employment."""
        self._add[id(thing)] = thing

    def adds(self, thing):
        return id(thing) in self._add

    def to_add(self, model):
        return [thing for thing in self._add.values() if type(thing) is model]

    def will_change(self, kind, changes, *, name, number, where):
        """`changes`: Difference rows, or none of them if the row says nothing new."""
        if not changes:
            self.unchanged[kind] += 1
            return
        sheet, row = where
        told = [(c.heading, c.shown_old, c.shown_new) for c in changes]
        change = Change(kind, name, number, sheet.name, row.line, told)
        self.changed[kind].append(change)
        traces = [[c.heading, c.shown_old, c.shown_new, c.trace] for c in changes]
        self._trace("changed", kind, number, sorted(traces))

    def _trace(self, *facts):
        # PostgreSQL gives JSON back with its keys in an order of its own.
        self._traces.append(json.dumps(facts, default=str, sort_keys=True))

    def will_save(self, thing, *fields):
        self.save[type(thing)].setdefault(thing, set()).update(fields)


def make_plan(home, register):
    """Check the files against each other and against the portal, and compare."""
    plan = Plan(home)
    plan.problems += register.problems
    there = There(home, register)
    found = ties.of(register, plan.wrong)
    staff.departments(register, there, plan.wrong)
    staff.employees(register, there, plan.wrong)
    residents.residents(register, there, plan.wrong, found)
    kin = relatives.people(register, there, plan.wrong)
    relatives.belong(register, there, kin, found, plan.wrong)
    relatives.ties(register, there, kin, found, plan.wrong)
    departments = places.compare(plan, register, there)
    staffed = employees.compare(plan, register, there, departments)
    housed = housing.compare(plan, register, there, departments, staffed)
    families.compare(plan, kin, there)
    relations.compare(plan, found, there, housed)
    plan.problems.sort(key=lambda p: (not p.error, p.file, p.line or 0, p.column))
    return plan
