"""The home's questions as the manager sees them: what is asked, what is left out, what is new."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from meetings import carrying, readers
from meetings.actions.questions import is_always_asked
from meetings.models import Question, Section, Template


@dataclass
class Row:
    """A section or a question, and what can be done with it."""

    row: Section | Question
    is_first: bool = False
    is_last: bool = False
    # Of a section: how many of its questions are asked.
    asked: int = 0
    own: int = 0
    readers: str = ""

    @property
    def is_always_asked(self):
        return is_always_asked(self.row)


@dataclass
class Questions:
    """What a home asks, as it stands in its draft, or in use if there is none."""

    in_use: Template
    draft: Template | None
    newest: Template
    sections: list[Row] = field(default_factory=list)
    left_out: list[Row] = field(default_factory=list)

    @property
    def template(self):
        return self.draft or self.in_use

    @property
    def is_behind(self):
        """There is a later common version than the one that these started from."""
        return self.template.common != self.newest


def of(home):
    """Four queries, five if a draft has been begun."""
    found = Questions(
        in_use=Template.objects.for_home(home),
        draft=Template.objects.draft_of(home),
        newest=Template.objects.common(),
    )
    for section, questions in carrying.read(found.template):
        asked = [question for question in questions if not question.left_out]
        row = Row(section, asked=len(asked), own=sum(q.is_own for q in asked))
        (found.left_out if section.left_out else found.sections).append(row)
    _mark_ends(found.sections)
    return found


def rows_of(section):
    """(asked, left out) of one section."""
    rows = []
    for question in section.questions.all():
        question.section = section
        rows.append(Row(question, readers=readers.in_words(question)))
    asked = [one for one in rows if not one.row.left_out]
    _mark_ends(asked)
    return asked, [one for one in rows if one.row.left_out]


def _mark_ends(rows):
    if rows:
        rows[0].is_first = rows[-1].is_last = True


def since(old, new):
    """(heading, lines) of what `new` asks otherwise than `old`, in words."""
    before, now = _by_key(old), _by_key(new)
    groups = {
        _("Asked from now on"): [key for key in now if key not in before],
        _("In other words"): [
            key
            for key in now
            if key in before and _told(now[key][1]) != _told(before[key][1])
        ],
        _("Not asked any more"): [key for key in before if key not in now],
    }
    lines = [
        (heading, [_line(*(now.get(key) or before[key])) for key in keys])
        for heading, keys in groups.items()
        if keys
    ]
    if not lines and carrying.said(old) != carrying.said(new):
        lines.append((_("Otherwise"), [_("The order, or words around the questions.")]))
    return lines


def _by_key(template):
    return {
        (section.key, question.key): (section, question)
        for section in template.sections.asked()
        for question in section.questions.all()
    }


def _line(section, question):
    return f"{section}: {question}"


def _told(question):
    return (question.text, question.kind, question.choices, readers.of(question))
