"""Relatives: known once, and each belonging to somebody."""

from django.utils.translation import gettext as _

from relatives.register import words
from relatives.register.checks.common import refuse_twice
from relatives.register.checks.residents import is_minor
from relatives.register.kinds import KINDS
from relatives.register.sheets import Row

PERSON = [
    column.field
    for column in KINDS["relative"].columns[
        : KINDS["relative"].headings.index(KINDS["relative"].heading("resident_ids"))
    ]
]


def people(register, there, wrong):
    """Each relative once: the rows of one number are put together.

    Pairs of the sheet and a row; the row's values are the person's alone.
    """
    known, names = {}, {}
    for sheet, row in register.of("relative"):
        number = row.values.get("register_id")
        values = {f: row.values[f] for f in PERSON if f in row.values}
        if number not in known:
            if row.good:
                _refuse_a_second_number(names, sheet, row, wrong)
            known[number] = (sheet, Row(row.line, values, good=row.good))
            continue
        first = known[number][1]
        known[number] = (known[number][0], first)
        for field, value in values.items():
            if first.values.setdefault(field, value) != value:
                text = _(
                    "%(number)s stands in line %(line)s too, with something else here."
                )
                facts = {"number": number, "line": first.line}
                wrong(sheet, row, field, text % facts)
        first.good = first.good and row.good
    return known


def _refuse_a_second_number(names, sheet, row, wrong):
    """The same name with the same e-mail, telephone or birthday is the same person."""
    values = row.values
    name = words.simplify(values["given_name"] + values["family_name"])
    marks = [(f, values[f]) for f in ("email", "phone", "born_on") if f in values]
    for mark in marks:
        if (name, mark) in names:
            refuse_twice(names, (name, mark), sheet, row, mark[0], wrong)
            return
    for mark in marks:
        names[name, mark] = row.line


def belong(register, there, people, ties, wrong):
    """Nobody is a relative of nobody."""
    tied = {tie.relative_id for tie in ties}
    with_relations = {relative for relative, _resident in there.relations}
    for number, (sheet, row) in people.items():
        known = there.relatives.get(number)
        if number in tied or (known and known.pk in with_relations):
            continue
        if row.good:
            text = _(
                "The relative has no resident. Write the resident's number in the column "
                "“%(column)s”."
            )
            column = KINDS["relative"].heading("resident_ids")
            wrong(sheet, row, "resident_ids", text % {"column": column})


def ties(register, there, people, ties, wrong):
    """Both ends of every tie are known, and whoever decides for another is grown up."""
    residents = {row.values.get("register_id") for _s, row in register.of("resident")}
    residents |= there.residents.keys()
    for tie in ties:
        if tie.resident_id not in residents:
            text = _("There is no resident with the number %(number)s.")
            close = words.closest(tie.resident_id, filter(None, residents))
            if close:
                text = _(
                    "There is no resident with the number %(number)s. "
                    "Did you mean %(close)s?"
                )
            facts = {"number": tie.resident_id, "close": close}
            wrong(tie.sheet, tie.row, "resident_ids", text % facts)
        if tie.relative_id not in people and tie.relative_id not in there.relatives:
            text = _("There is no relative with the number %(number)s.")
            wrong(tie.sheet, tie.row, "relative_id", text % {"number": tie.relative_id})
        born_on = _born_on(tie, there, people)
        decides = tie.has_custody or tie.is_guardian
        if decides and born_on and is_minor(born_on, there.today):
            field = "custody" if tie.has_custody else "guardianship"
            text = _("The relative is below 18 and cannot decide for the resident.")
            wrong(tie.sheet, tie.row, field, text)


def _born_on(tie, there, people):
    if tie.relative_id in people:
        return people[tie.relative_id][1].values.get("born_on")
    known = there.relatives.get(tie.relative_id)
    return known.born_on and known.born_on.isoformat() if known else None
