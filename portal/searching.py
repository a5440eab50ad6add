"""The search field above a list of people, and the search in all that one may see."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal import danish
from portal.limited import all_of
from portal.rooms import Row

# Of each kind on the first page, and of the one kind that was chosen.
A_FEW, MANY = 5, 50
# What stands before the first hit in an excerpt, and how long it is.
BEFORE, EXCERPT = 60, 220


def asked(request):
    """What was typed in the field. PostgreSQL does not know the character NUL."""
    return danish.typed(request.GET.get("q", ""))


def with_words(rows, typed, *fields):
    """The rows in which each word that was typed stands in one of the fields."""
    return rows.filter(_said(danish.terms(typed), fields))


def _said(terms, fields, labels=None):
    """Each term in one of the fields, or among the words that stand for a choice."""
    conditions = (
        reduce(
            or_,
            [
                *(Q((f"{name}__regex", term.pattern)) for name in fields),
                *(
                    Q(
                        (
                            f"{name}__in",
                            [
                                value
                                for value, word in choices
                                if any(term.spans(str(word)))
                            ],
                        )
                    )
                    for name, choices in (labels or {}).items()
                ),
            ],
        )
        for term in terms
    )
    return reduce(and_, conditions, Q())


@dataclass(frozen=True)
class Kind:
    """One kind of thing that a person may search: what an app's rooms.searched() gives.

    `rows` have been through visible_to(user) and are in order, the newest first; the
    fields are such as stand on the page that the line leads to, for a search that finds
    more than the page shows tells it. `line` makes a Row of one, whose text is the whole
    text: an excerpt is made of it.
    """

    # Its word in the address: "news".
    slug: str
    label: str
    rows: QuerySet
    fields: tuple[str, ...]
    line: Callable[[Any], Row]
    # Fields with choices, whose words are searched too: {"topic": Topic.choices}.
    choices: dict = field(default_factory=dict)
    # What the access log calls the row: a resident, or what has one. None: about nobody.
    about: Callable[[Any], Any] | None = lambda row: row
    order: int = 50

    def found(self, terms, most):
        return self.rows.filter(_said(terms, self.fields, self.choices))[:most]


@dataclass(frozen=True)
class Hit:
    """One line of the answer, its hits marked."""

    title: SafeString
    url: str
    meta: str
    text: SafeString
    badge: str
    badge_kind: str


@dataclass(frozen=True)
class Hits:
    """What was found of one kind."""

    kind: Kind
    rows: list
    hits: list[Hit]
    there_are_more: bool


def search(kinds, typed, *, only=""):
    """What stands in the kinds, or in the one that was chosen: those with hits.

    As many questions as there are kinds with hits, and one more.
    """
    terms = danish.terms(typed)
    if not terms:
        return []
    kinds = [kind for kind in kinds if only in ("", kind.slug)]
    most = MANY if only else A_FEW
    found = all_of((kind.found(terms, most + 1), False) for kind in kinds)
    return [
        Hits(kind, rows[:most], _hits(kind, rows[:most], terms), len(rows) > most)
        for kind, rows in zip(kinds, found, strict=True)
        if rows
    ]


def about(found):
    """What the access log must know of it: the rows that are about somebody."""
    return [
        about
        for hits in found
        if hits.kind.about
        for row in hits.rows
        if (about := hits.kind.about(row))
    ]


def _hits(kind, rows, terms):
    """Whatever says it in its headline first, otherwise in the order of the rows."""
    lines = [kind.line(row) for row in rows]
    lines.sort(key=lambda line: not all(any(term.spans(line.title)) for term in terms))
    return [
        Hit(
            title=marked(line.title, terms),
            url=line.url,
            meta=line.meta,
            text=marked(excerpt(line.text, terms), terms),
            badge=line.badge,
            badge_kind=line.badge_kind,
        )
        for line in lines
    ]


def excerpt(text, terms):
    """The words around the first hit; the beginning, if there is none."""
    text = " ".join(text.split())
    first = min(
        (start for term in terms for start, _end in term.spans(text)), default=0
    )
    start = max(0, first - BEFORE)
    # Whole words only.
    start = text.find(" ", start, first) + 1 or start if start else 0
    end = start + EXCERPT
    if end < len(text):
        end = max(text.rfind(" ", start, end), first + 1)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return f"{before}{text[start:end]}{after}"


def marked(text, terms):
    """The text, safe on a page, with what was looked for in <mark>."""
    spans = sorted(span for term in terms for span in term.spans(text))
    parts, last = [], 0
    for start, end in spans:
        if start >= last and end > start:
            parts += [escape(text[last:start]), "<mark>", escape(text[start:end])]
            parts.append("</mark>")
            last = end
    # Each piece was escaped by itself.
    return mark_safe("".join([*parts, escape(text[last:])]))  # noqa: S308
