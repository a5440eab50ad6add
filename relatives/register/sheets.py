"""What each table is about, and its rows as values: all that is known from the files alone."""

from collections import Counter
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from relatives.register import reading, words
from relatives.register.cells import Wrong, masked, plain
from relatives.register.headings import recognise
from relatives.register.kinds import KINDS

# Nobody reads more.
MOST_PROBLEMS = 5_000


@dataclass
class Problem:
    """Something to put right (an error), or to know before one says yes (a note)."""

    file: str
    line: int | None
    column: str
    text: str
    error: bool = True

    def __post_init__(self):
        self.text, self.column = masked(self.text), masked(self.column)

    def __str__(self):
        where = [self.file]
        if self.line:
            where.append(_("line %(line)s") % {"line": self.line})
        if self.column:
            where.append(_("column %(column)s") % {"column": self.column})
        return f"{', '.join(where)}: {self.text}"


@dataclass
class Row:
    line: int
    values: dict
    # Whether every cell could be read; only then is it compared with the portal.
    good: bool = True


@dataclass
class Sheet:
    name: str
    kind: str
    # How to name each column to the reader: its letter, and the file's own heading.
    labels: dict
    rows: list = field(default_factory=list)


@dataclass
class Register:
    """What was read out of the files, and what is wrong with it."""

    sheets: list = field(default_factory=list)
    problems: list = field(default_factory=list)

    def of(self, kind):
        """Every row about the kind, with its sheet."""
        return [(s, row) for s in self.sheets if s.kind == kind for row in s.rows]

    def as_json(self):
        return asdict(self)

    @classmethod
    def from_json(cls, kept):
        return cls(
            [
                Sheet(**{**s, "rows": [Row(**row) for row in s["rows"]]})
                for s in kept["sheets"]
            ],
            [Problem(**problem) for problem in kept["problems"]],
        )


def shown_name(name):
    """A file's name for the reader: some are named after a person's number."""
    return masked(reading.clean(name))[:100]


def read_register(files):
    """What stands in the files: pairs of a name and bytes. Never raises for their sake."""
    register = Register()
    total = 0
    for name, content in files:
        name = shown_name(name)
        try:
            tables = reading.read(name, content)
        except reading.Unreadable as error:
            register.problems.append(Problem(name, None, "", str(error)))
            continue
        known = [table for table in tables if recognise(table.rows)[1]]
        for table in known or tables[:1]:
            total += len(table.rows)
            if total > reading.MOST_ROWS:
                register.problems.append(
                    Problem(name, None, "", str(reading.too_many_rows()))
                )
                break
            _read_table(table, register)
        for table in tables:
            if known and table not in known:
                text = _("No heading here is known, so nothing is read from it.")
                register.problems.append(
                    Problem(table.name, None, "", text, error=False)
                )
    return register


def _read_table(table, register):
    index, kind, fields = recognise(table.rows)

    def problem(text, line=None, column="", *, error=True):
        if len(register.problems) < MOST_PROBLEMS:
            register.problems.append(Problem(table.name, line, column, text, error))

    if not table.rows:
        return problem(_("The file is empty."))
    if kind is None:
        return problem(
            _(
                "None of the headings is known. The first line must name the columns, "
                "for example %(example)s."
            )
            % {"example": ", ".join(KINDS["resident"].headings[:4])}
        )
    line, headings = table.rows[index]
    labels = {
        found: f"{get_column_letter(place + 1)} · {masked(headings[place])[:60]}"
        for place, found in reversed(fields.items())
    }
    for found, times in Counter(fields.values()).items():
        if times > 1:
            problem(
                _("%(times)s columns are both “%(heading)s”. Keep one of them.")
                % {"times": times, "heading": kind.heading(found)},
                line,
                labels[found],
            )
    missing = list(_missing(kind, set(fields.values())))
    for heading in missing:
        problem(_("The column “%(heading)s” is missing.") % {"heading": heading}, line)
    _name_unknown_columns(headings, fields, kind.headings, line, problem)
    if missing:
        return None
    sheet = Sheet(table.name, kind.name, labels)
    for line, cells in table.rows[index + 1 :]:
        if any(cells[len(headings) :]):
            text = _(
                "There are more cells than headings. A cell with a separator in it must "
                "stand in quotation marks."
            )
            problem(text, line)
        sheet.rows.append(_read_row(kind, fields, line, cells, labels, problem))
    if not sheet.rows:
        problem(_("There are headings and no rows below them."), line)
    register.sheets.append(sheet)
    return None


def _missing(kind, fields):
    for column in kind.columns:
        if column.needed and column.field not in fields:
            yield kind.heading(column.field)
    for pair in kind.either:
        if not fields & set(pair):
            yield " / ".join(kind.heading(field) for field in pair)


def _name_unknown_columns(headings, fields, known, line, problem):
    """Nothing is passed over in silence: a misspelt heading would be a lost column."""
    passed_over = []
    for place, heading in enumerate(headings):
        if not heading or place in fields:
            continue
        close = words.closest(heading, known)
        if close:
            problem(
                _(
                    "The column is not known and is not read. Did you mean “%(heading)s”?"
                )
                % {"heading": close},
                line,
                f"{get_column_letter(place + 1)} · {heading[:60]}",
                error=False,
            )
        else:
            passed_over.append(heading[:60])
    if passed_over:
        problem(
            _(
                "These columns are not read, for the portal has no use for them: %(columns)s."
            )
            % {"columns": ", ".join(passed_over)},
            line,
            error=False,
        )


def _read_row(kind, fields, line, cells, labels, problem):
    row = Row(line, {})

    def wrong(field, text):
        row.good = False
        problem(text, line, labels.get(field, ""))

    texts = {
        field: cells[place] if place < len(cells) else ""
        for place, field in fields.items()
    }
    for column in kind.columns:
        cell = texts.get(column.field, "")
        try:
            if cell and (cell := plain(cell)):
                value = column.read(cell)
                if value != []:
                    row.values[column.field] = value
            elif column.needed:
                wrong(column.field, _("The cell is empty, and every row must have it."))
        except Wrong as error:
            wrong(column.field, str(error))
    for pair in kind.either:
        if row.good and not row.values.keys() & set(pair):
            wrong(
                next((f for f in pair if f in labels), ""),
                _("Write “%(one)s” or “%(other)s”.")
                % {"one": kind.heading(pair[0]), "other": kind.heading(pair[1])},
            )
    return row
