"""A draft of the home's questions: the common ones, with what the home has made of them.

Used when a draft is begun, and again when there is a new common version: what the home
has added, left out and put in another order is carried over to it.
"""

from meetings.models import Question, Section
from meetings.models.questions import OWN

NOT_COPIED = ("id", "template", "section", "number", "left_out")


def fill(draft, *, own):
    """Give the draft its rows: the common ones it is based on, and those of `own`.

    `own` is read() of the home's version or draft before it, or of the common version.
    """
    common = read(draft.based_on)
    for number, (section, questions) in enumerate(_merged(own, common), start=1):
        made = Section.objects.create(
            template=draft,
            number=number,
            left_out=section.left_out and not section.minimum,
            **_words(section),
        )
        Question.objects.bulk_create(
            Question(
                section=made,
                number=place,
                left_out=question.left_out
                and not (section.minimum and not question.is_own),
                **_words(question),
            )
            for place, question in enumerate(questions, start=1)
        )


def read(template):
    """(section, its questions) of the version, all that it has."""
    sections = template.sections.prefetch_related("questions")
    return [(section, list(section.questions.all())) for section in sections]


def _merged(own, common):
    """(section, questions) in the home's order."""
    fresh = {section.key: questions for section, questions in common}
    before = {section.key: questions for section, questions in own}
    sections = _in_order([s for s, _qs in own], [s for s, _qs in common])
    for section in sections:
        yield (
            section,
            _in_order(before.get(section.key, []), fresh.get(section.key, [])),
        )
    # A section that is common no more: what the home had added to it is kept.
    for section, questions in own:
        added = [question for question in questions if question.is_own]
        if not section.is_own and section.key not in fresh and added:
            section.key, section.minimum = f"{OWN}{section.key}"[:40], False
            yield section, added


def _in_order(own, common):
    """The common rows as they read now, among the home's own and in the home's order.

    One that is new stands behind the one that it follows in the common version.
    """
    fresh = {row.key: row for row in common}
    found = []
    for row in own:
        if row.key in fresh:
            fresh[row.key].left_out = row.left_out
            found.append(fresh[row.key])
        elif row.is_own:
            found.append(row)
    there = {row.key for row in found}
    place = 0
    for row in common:
        if row.key in there:
            place = found.index(row) + 1
        else:
            found.insert(place, row)
            place += 1
    return found


def _words(row):
    return {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.name not in NOT_COPIED
    }


def said(template):
    """All that the version asks, to compare one with another: a text a row."""
    return [
        [words(section), [words(question) for question in questions]]
        for section, questions in read(template)
    ]


def words(row):
    """What one row asks, to compare it with what somebody has seen."""
    return [row.left_out, _words(row)]
