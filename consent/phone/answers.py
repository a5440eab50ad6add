"""What one relative may be told at this instant, line by line.

The view behind relatives.models.Telling decides. What stands here about consents is only
how long, how much, and why.
"""

import datetime as dt
from dataclasses import dataclass, field, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consent.models import Consent
from portal import clock
from relatives.models import Relation, Telling
from residents.models import Grant
from residents.topics import HEALTH_TOPICS, Topic


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
    given = {row.ground_id for row in tellings if row.ground == Grant.Ground.CONSENT}
    consents = Consent.objects.select_related(
        "talk__representation", "talk__agreed_too"
    ).in_bulk(given)
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
    """What the law opens speaks before what was agreed to, for it is not taken back."""
    by_law = [row for row in grounds if row.ground != Grant.Ground.CONSENT]
    if by_law:
        return _line_of_law(topic, by_law[0], relation)
    given = [consents[row.ground_id] for row in grounds]
    since = [one.since for one in given]
    return Line(
        topic,
        until=_in_words(max(_last_day(one, relation.resident) for one in given)),
        why=_("%(name)s has said yes") % {"name": relation.resident.short_name},
        only_important=all(one.degree == Consent.Degree.IMPORTANT for one in given),
        only_since="" if None in since else _in_words(min(since)),
    )


def _line_of_law(topic, telling, relation):
    law = next(
        (row for row in relation.representations.all() if row.pk == telling.ground_id),
        None,
    )
    ends = [_end_of_law(law, topic, relation.resident)] if law else []
    return Line(
        topic,
        until=_in_words(ends[0]) if ends and ends[0] else "",
        why=law.get_kind_display() if law else telling.get_ground_display(),
    )


def _last_day(consent, resident):
    """The last day of a yes, which goes when whoever gave it for another may no longer."""
    givers = (consent.talk.representation, consent.talk.agreed_too)
    ends = [_end_of_law(law, consent.topic, resident) for law in givers if law]
    return min([consent.last_day, *filter(None, ends)])


def _end_of_law(law, topic, resident):
    """The last day on which the law opens the topic, as far as it is known today."""
    ends = [law.ends_on] if law.ends_on else []
    if law.is_custody:
        own_health = topic in HEALTH_TOPICS
        turns = clock.birthday(resident.born_on, 15 if own_health else 18)
        ends.append(turns - dt.timedelta(days=1))
    return min(ends, default=None)


def _in_words(day):
    return date_format(day, "DATE_FORMAT")
