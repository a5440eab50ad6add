"""What an answer would change, told before it is given.

The gate is asked twice: with the grants that stand, and with those that would stand. So
there is no second rule that could say something else than what will happen.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.text import Truncator

from consent import texts
from consent.models import Consent
from relatives.models import Relation
from residents import ledger
from residents.access import sees, standing, would_be_shared
from residents.models import Grant
from residents.shared import shared_models
from residents.topics import Topic

YES = Grant.Ground.CONSENT
A_FEW = 5
WORDS = 12


@dataclass(frozen=True)
class Line:
    """One thing that would appear or disappear, by its first words."""

    text: str
    topic: str
    recorded_at: dt.datetime

    @classmethod
    def of(cls, row):
        words = Truncator(getattr(row, "title", "") or row.text).words(WORDS)
        return cls(words, row.get_topic_display(), row.recorded_at)


@dataclass
class Side:
    """How many of each kind, (number, kind), and the newest of them."""

    kinds: list[tuple[int, str]] = field(default_factory=list)
    rows: list = field(default_factory=list)

    def add(self, rows):
        """Rows of one more kind. Few of them are counted by reading them."""
        rows = rows.select_related("resident")
        few = list(rows.order_by("-recorded_at", "-pk")[: A_FEW + 1])
        if few:
            number = len(few) if len(few) <= A_FEW else rows.count()
            meta = rows.model._meta
            kind = meta.verbose_name if number == 1 else meta.verbose_name_plural
            self.kinds.append((number, kind))
            self.rows += few

    @property
    def newest(self):
        rows = sorted(self.rows, key=lambda row: row.recorded_at, reverse=True)
        return [Line.of(row) for row in rows[:A_FEW]]

    @property
    def more(self):
        """How many there are besides the newest."""
        return sum(number for number, _kind in self.kinds) - len(self.newest)


@dataclass
class Changes:
    """What one relative would see, and what would disappear for them at once."""

    relation: Relation
    appears: Side = field(default_factory=Side)
    disappears: Side = field(default_factory=Side)
    # Topics that the law keeps open whatever is answered.
    by_law: list[str] = field(default_factory=list)

    @property
    def is_nothing(self):
        return not (self.appears.kinds or self.disappears.kinds)

    @property
    def rows(self):
        """What it shows of the resident."""
        return self.appears.rows + self.disappears.rows


@dataclass(frozen=True)
class Outlook:
    """One topic: how much is seen now, and how much more or less after an answer."""

    topic: Topic
    now: int
    if_yes: int
    if_no: int
    by_law: bool

    @property
    def name(self):
        """As the resident says it."""
        return texts.NAMES[Topic(self.topic)]

    @property
    def is_anything(self):
        return bool(self.now or self.if_yes)


class Preview:
    """What answers about one relative would change, told to one user.

    `user` is told of nothing that they may not see themselves.
    """

    def __init__(self, relation, *, user):
        self.relation, self.user = relation, user
        self.standing = standing(relation.relative.user_id, relation.resident_id)
        self.now = self._condition(self.standing)
        self.sees = sees(user)
        self.laws = {topic for topic, _since, ground in self.standing if ground != YES}

    def if_answered(self, answers, *, since=None):
        """What appears and what disappears. `answers` is a dict of topic and answer.

        `since` is the instant from which a yes opens what is written, None for all.
        """
        then = self._condition(self._after(answers, since))
        changes = Changes(
            self.relation,
            by_law=[t.label for t in Topic if t in self.laws and t in answers],
        )
        for model in shared_models():
            rows = self._rows(model).filter(topic__in=list(answers))
            changes.appears.add(rows.filter(then & ~self.now))
            changes.disappears.add(rows.filter(self.now & ~then))
        ledger.read(self.user, changes.rows, purpose=ledger.Purpose.CONSENT)
        return changes

    def outlook(self):
        """For each topic, what a yes and what a no would do: in numbers alone."""
        yes, no = (
            self._condition(self._after(dict.fromkeys(Topic.values, answer)))
            for answer in (Consent.Answer.YES, Consent.Answer.NO)
        )
        numbers = {
            "now": Count("pk", filter=self.now),
            "if_yes": Count("pk", filter=yes & ~self.now),
            "if_no": Count("pk", filter=self.now & ~no),
        }
        sums = {topic: dict.fromkeys(numbers, 0) for topic in Topic.values}
        for model in shared_models():
            for row in self._rows(model).values("topic").annotate(**numbers):
                for name in numbers:
                    sums[row["topic"]][name] += row[name]
        return [
            Outlook(topic, by_law=topic in self.laws, **sums[topic]) for topic in Topic
        ]

    def _after(self, answers, since=None):
        """The grants once the answers are given: the law's stay, consents are replaced."""
        if self.relation.resident.has_moved_out:
            return self.standing
        kept = [
            grant
            for grant in self.standing
            if grant[2] != YES or grant[0] not in answers
        ]
        given = [
            (topic, since, YES)
            for topic, answer in answers.items()
            if answer == Consent.Answer.YES
        ]
        return kept + given

    def _condition(self, grants):
        return would_be_shared(
            (self.relation.resident_id, topic, since)
            for topic, since, _ground in grants
        )

    def _rows(self, model):
        """What is about the resident, may be shared, and the user may see themselves."""
        rows = model.objects.filter(self.sees, resident=self.relation.resident_id)
        return rows.filter(rows.shareable).order_by()
