"""What a table is about, told by its headings."""

from relatives.register import words
from relatives.register.kinds import KINDS

# Systems write a title and the day above the headings.
LINES_ABOVE = 10


def recognise(rows):
    """The index of the row of headings, the kind it tells, and its columns' fields."""
    best = (0, None, {}), 0
    for index, (_line, cells) in enumerate(rows[:LINES_ABOVE]):
        for kind in KINDS.values():
            by_heading = words.columns_by_heading(kind.name)
            found = {
                place: by_heading[simple]
                for place, cell in enumerate(cells)
                if (simple := words.simplify(cell)) in by_heading
            }
            score = _score(kind, set(found.values()))
            if score > best[1]:
                best = (index, kind, found), score
    return best[0]


def _score(kind, fields):
    """How well headings fit a kind: by its own number first, then by all it needs."""
    only_a_name = kind.name == "department"
    if len(fields) < 2 and not only_a_name:
        return 0
    key = kind.columns[0].field in fields
    if only_a_name and not key:
        return 0
    needed = {column.field for column in kind.columns if column.needed}
    # "Department" stands in most files, and makes few of them a list of departments.
    return 100 * (key and not only_a_name) + len(fields) - 1.5 * len(needed - fields)
