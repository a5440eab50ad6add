"""The home's own questions: written in a draft, which becomes a version when it is issued."""

import hashlib
import json

from django.db import transaction

from meetings import carrying
from meetings.models import Question, Section, Template
from portal import audit
from portal.models import Home

SHORT = 16


class Overtaken(Exception):
    """Somebody else has changed it meanwhile. Nothing has been written.

    `theirs` is the row as it stands now.
    """

    def __init__(self, theirs=None):
        super().__init__()
        self.theirs = theirs


class AlwaysAsked(Exception):
    """It belongs to the minimum standard, and no home leaves it out."""


def seen(row):
    """What somebody has before them: a mark that changes with every word of the row."""
    words = carrying.said(row) if isinstance(row, Template) else carrying.words(row)
    text = json.dumps(words, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:SHORT]


def draft_for(home, *, by):
    """The home's draft, begun from what is in use. In the caller's transaction."""
    # Two managers who begin at once come one after the other.
    Home.objects.select_for_update().get(pk=home.pk)
    draft = Template.objects.draft_of(home)
    if draft is None:
        in_use = Template.objects.for_home(home)
        draft = Template.objects.create(home=home, based_on=in_use.common)
        carrying.fill(draft, own=carrying.read(in_use))
        audit.record("questions.draft_begun", by=by, about=draft)
    return draft


@transaction.atomic
def add_section(home, *, key, after, by, **words):
    """A section of the home's own. The same key is the same section.

    `after`: the key of the section that it follows; behind all of them if that is gone.
    """
    draft = draft_for(home, by=by)
    there = draft.sections.filter(key=key).first()
    if there:
        return there
    section = draft.sections.create(key=key, number=_room_after(draft, after), **words)
    audit.record("questions.section_added", by=by, about=section)
    return section


def _room_after(draft, key):
    """The number behind that section; those that follow it move on by one."""
    before = draft.sections.filter(key=key).first() or draft.sections.last()
    for section in draft.sections.filter(number__gt=before.number).reverse():
        section.number += 1
        section.save(update_fields=["number"])
    return before.number + 1


@transaction.atomic
def add_question(home, *, section, key, by, **words):
    """A question of the home's own, at the end of the section. Twice is once.

    Raises Section.DoesNotExist.
    """
    part = draft_for(home, by=by).sections.get(key=section)
    last = part.questions.last()
    question, created = part.questions.get_or_create(
        key=key, defaults=words | {"number": last.number + 1 if last else 1}
    )
    if created:
        audit.record("questions.question_added", by=by, about=question)
    return question


@transaction.atomic
def change(home, *, section, question="", before, by, **words):
    """Other words for what the home has added. `before`: seen() of what was changed.

    Raises Overtaken, Section.DoesNotExist and Question.DoesNotExist.
    """
    row = _row(draft_for(home, by=by), section, question)
    if all(getattr(row, name) == value for name, value in words.items()):
        return row
    if seen(row) != before:
        raise Overtaken(row)
    for name, value in words.items():
        setattr(row, name, value)
    row.save(update_fields=list(words))
    audit.record("questions.changed", by=by, about=row)
    return row


@transaction.atomic
def leave_out(home, *, section, question="", by):
    """Ask it no more, from the next version on. Raises AlwaysAsked, and as change()."""
    row = _row(draft_for(home, by=by), section, question)
    if is_always_asked(row):
        raise AlwaysAsked
    return _left_out(row, by, left_out=True)


@transaction.atomic
def put_back(home, *, section, question="", by):
    """Ask it again. Raises as change()."""
    return _left_out(
        _row(draft_for(home, by=by), section, question), by, left_out=False
    )


def is_always_asked(row):
    """Of the minimum standard, and not what the home has added to its sections."""
    section = row if isinstance(row, Section) else row.section
    return section.minimum and not row.is_own


@transaction.atomic
def move(home, *, section, question="", stood, up, by):
    """One place up or down among what is asked. Raises as change().

    `stood`: the number it had before the eyes of whoever moves it. If it stands elsewhere
    by now, it was moved already.
    """
    row = _row(draft_for(home, by=by), section, question)
    rows = row.section.questions if question else row.template.sections
    asked = list(rows.filter(left_out=False).order_by("number"))
    place = next((i for i, one in enumerate(asked) if one.pk == row.pk), None)
    other = place is not None and place + (-1 if up else 1)
    if row.number != stood or place is None or not 0 <= other < len(asked):
        return row
    _swap(row, asked[other])
    audit.record("questions.moved", by=by, about=row)
    return row


def _swap(row, other):
    one, two = row.number, other.number
    # No two sections have one number, not even for a moment.
    for moved, number in ((row, 0), (other, one), (row, two)):
        moved.number = number
        moved.save(update_fields=["number"])


def _left_out(row, by, *, left_out):
    if row.left_out != left_out:
        row.left_out = left_out
        row.save(update_fields=["left_out"])
        verb = "questions.left_out" if left_out else "questions.put_back"
        audit.record(verb, by=by, about=row)
    return row


def _row(draft, section, question):
    if question:
        return Question.objects.select_related("section").get(
            section__template=draft, section__key=section, key=question
        )
    return draft.sections.select_related("template").get(key=section)
