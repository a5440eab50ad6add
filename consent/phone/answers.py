"""What one relative may be told at this instant, line by line.

The view behind relatives.models.Telling decides. What stands here about consents is only
how long, how much, and why.
"""

from dataclasses import dataclass, field, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consent.models import Consent
from relatives.models import Relation, Telling
from residents.models import Grant
from residents.topics import Topic


@dataclass(frozen=True)
class Line:
    """One topic that is open: until when, why, and whether only what is important."""

    topic: Topic | None
    until: str
    why: str
    only_important: bool = False
    only_since: str = ""


@dataclass
class Answer:
    """Everything that may, and may not, be said to one relative about one resident."""

    relation: Relation
    may: list[Line] = field(default_factory=list)

    @property
    def open_topics(self):
        return [line.topic for line in self.may]

    @property
    def may_not(self):
        return [topic for topic in Topic if topic not in self.open_topics]

    @property
    def groups(self):
        """Lines that differ in nothing but the topic, together: (line, topics)."""
        groups = {}
        for line in self.may:
            groups.setdefault(replace(line, topic=None), []).append(line.topic.label)
        return list(groups.items())

    @property
    def laws(self):
        """The representations that hold today."""
        return [row for row in self.relation.representations.all() if row.holds_today]


def about(relations):
    """One Answer a relation, in their order. Three queries however many they are."""
    relations = list(relations)
    tellings = list(Telling.objects.filter(relation__in=relations))
    consents = Consent.objects.in_bulk(
        {row.ground_id for row in tellings if row.ground == Grant.Ground.CONSENT}
    )
    answers = []
    for relation in relations:
        own = [row for row in tellings if row.relation_id == relation.pk]
        answers.append(
            Answer(
                relation,
                [
                    _line(topic, grounds, relation, consents)
                    for topic in Topic
                    if (grounds := [row for row in own if row.topic == topic])
                ],
            )
        )
    return answers


def _line(topic, grounds, relation, consents):
    """Where several grounds open a topic, the one that opens most speaks."""
    by_law = [row for row in grounds if row.ground != Grant.Ground.CONSENT]
    if by_law:
        return _line_of_law(topic, by_law[0], relation)
    given = [consents[row.ground_id] for row in grounds]
    widest = max(
        given,
        key=lambda one: (one.degree == Consent.Degree.ONGOING, one.ends_at, one.pk),
    )
    return Line(
        topic,
        until=date_format(max(one.last_day for one in given), "DATE_FORMAT"),
        why=_("%(name)s has said yes") % {"name": relation.resident.short_name},
        only_important=widest.degree == Consent.Degree.IMPORTANT,
        only_since=date_format(widest.since, "DATE_FORMAT") if widest.since else "",
    )


def _line_of_law(topic, telling, relation):
    law = next(
        (row for row in relation.representations.all() if row.pk == telling.ground_id),
        None,
    )
    return Line(
        topic,
        until=date_format(law.ends_on, "DATE_FORMAT") if law and law.ends_on else "",
        why=law.get_kind_display() if law else telling.get_ground_display(),
    )
