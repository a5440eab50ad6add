"""A conversation as it is written down: its sections, questions, and latest answers."""

from dataclasses import dataclass, field

from django.utils.timezone import localdate

from meetings.models import AgreementMade, Answer, Prepared, Question, Section
from portal import clock


@dataclass
class Line:
    """One question, and what has been said to it so far."""

    question: Question
    answer: Answer | None = None
    # What stood there before, oldest first.
    earlier: list[Answer] = field(default_factory=list)
    prepared: list[Prepared] = field(default_factory=list)
    agreements: list[AgreementMade] = field(default_factory=list)

    @property
    def is_answered(self):
        return bool(self.answer and self.answer.is_given)

    @property
    def version(self):
        return self.answer.version if self.answer else 0

    @property
    def versions(self):
        """All that has stood there, oldest first."""
        return [*self.earlier, self.answer] if self.answer else []


@dataclass
class Page:
    """One section with its lines."""

    section: Section
    lines: list[Line] = field(default_factory=list)

    def stand_beside(self, prepared):
        """Put at each question what somebody has prepared for it."""
        for line in self.lines:
            line.prepared = prepared.get(line.question.key, [])

    def with_agreements(self, made):
        """Put at each question the agreements that were made of its answer."""
        for line in self.lines:
            line.agreements = [
                one for one in made if one.question_id == line.question.pk
            ]

    @property
    def answered(self):
        return sum(line.is_answered for line in self.lines)

    @property
    def total(self):
        return len(self.lines)

    @property
    def is_complete(self):
        return self.answered == self.total


def of(conversation):
    """All pages of the conversation that are asked of this resident. Three queries."""
    versions = {}
    for answer in conversation.answers.select_related("recorded_by").order_by(
        "version"
    ):
        versions.setdefault(answer.question_id, []).append(answer)
    return [
        Page(
            section,
            [_line(q, versions.get(q.pk, [])) for q in section.questions.all()],
        )
        for section in conversation.template.sections.asked()
        if not section.minors_only or is_young(conversation)
    ]


def _line(question, versions):
    for answer in versions:
        answer.question = question
    return Line(question, versions[-1], versions[:-1]) if versions else Line(question)


def blank(template):
    """All pages without answers, for the form on paper."""
    return [
        Page(section, [Line(question) for question in section.questions.all()])
        for section in template.sections.asked()
    ]


def missing(pages):
    """Sections of the minimum standard in which something still has no answer."""
    return [page for page in pages if page.section.minimum and not page.is_complete]


def count(pages):
    """How much has been answered, and of how much."""
    return sum(page.answered for page in pages), sum(page.total for page in pages)


def is_young(conversation):
    """Below 18 on the day of the conversation, so that the record never changes."""
    day = localdate(conversation.at)
    return clock.years_old(conversation.resident.born_on, day) < 18
