"""How each question about a resident's relatives stands, in the resident's own eyes."""

from dataclasses import dataclass, field

from consent import policy, texts
from consent.models import Consent
from relatives.models import Relation, Representation, Telling
from residents.models import Grant
from residents.topics import Topic

YES, NO, NOT_YET = Consent.Answer.YES, Consent.Answer.NO, Consent.Answer.NOT_YET


@dataclass(frozen=True)
class Question:
    """One topic about one relative, and what was answered last."""

    topic: str
    # law, yes, later, no, not_yet, ended, stopped, or nothing at all.
    state: str = ""
    # The answer that stands, or the last one that stopped.
    consent: Consent | None = None
    # Whether the resident's own yes is enough.
    alone: bool = True

    @property
    def name(self):
        return texts.NAMES[Topic(self.topic)]

    @property
    def is_open(self):
        """Nothing has been said, or what was said is over: worth asking."""
        return self.state in ("", "ended") and self.alone

    @property
    def holds(self):
        return self.state == "yes"

    @property
    def can_be_stopped(self):
        return self.state in ("yes", "later")


@dataclass
class AboutOne:
    """All questions about one relative, for a page."""

    relation: Relation
    # What to call the relative in a sentence: the given name, unless two share it.
    name: str
    questions: list[Question] = field(default_factory=list)
    # What was said yes to besides seeing: to be told, be called, take part.
    besides: list[Consent] = field(default_factory=list)

    @property
    def face(self):
        return texts.face(self.relation)

    def of_state(self, state):
        return [one for one in self.questions if one.state == state]

    @property
    def allowed(self):
        return self.of_state("yes")

    @property
    def by_law(self):
        return self.of_state("law")

    @property
    def ended(self):
        return self.of_state("ended")

    @property
    def besides_said(self):
        return [texts.besides(consent, self.name) for consent in self.besides]

    @property
    def knows_nothing(self):
        return not (self.allowed or self.by_law or self.besides)

    @property
    def unanswered(self):
        return len(self.open) - len(self.ended)

    @property
    def asked(self):
        """What there is to answer at all: not what the law opens anyway."""
        return [one for one in self.questions if one.state != "law"]

    @property
    def open(self):
        return [one for one in self.questions if one.is_open]

    @property
    def can_be_stopped(self):
        return bool(self.besides) or any(one.can_be_stopped for one in self.questions)

    def question(self, topic):
        return next(one for one in self.questions if one.topic == topic)

    def number(self, topic):
        """Which of the questions this is: 3 of 10."""
        return [one.topic for one in self.asked].index(topic) + 1

    def next_after(self, topic):
        """The next question that nobody has answered, from the one after this on."""
        order = [one.topic for one in self.questions]
        here = order.index(topic)
        later = self.questions[here + 1 :] + self.questions[:here]
        return next((one for one in later if one.is_open), None)


def about(resident, relations):
    """An AboutOne for each of the relations, in four questions to the database."""
    relations = list(relations)
    given = [one.relative.given_name for one in relations]
    by_law = _topics_by_law(relations)
    standing, besides = _standing(relations)
    stopped = _stopped(relations)
    representations = representations_of(resident)
    found = []
    for relation in relations:
        relative = relation.relative
        shared = given.count(relative.given_name) > 1
        one = AboutOne(relation, str(relative) if shared else relative.given_name)
        one.besides = besides[relation.pk]
        for topic in Topic.values:
            last = standing.get((relation.pk, topic)) or stopped.get(
                (relation.pk, topic)
            )
            one.questions.append(
                Question(
                    topic,
                    _state(last, topic in by_law[relation.pk]),
                    last,
                    policy.answers_alone(resident, topic, representations),
                )
            )
        found.append(one)
    return found


def representations_of(resident):
    """Those who by law speak for the resident today, each with its relative."""
    rows = Representation.objects.filter(
        relation__resident=resident, relation__ended_at=None
    ).select_related("relation__relative", "relation__resident")
    return [row for row in rows if row.holds_today]


def _topics_by_law(relations):
    topics = {relation.pk: set() for relation in relations}
    rows = Telling.objects.filter(relation__in=relations)
    for telling in rows.exclude(ground=Grant.Ground.CONSENT):
        topics[telling.relation_id].add(telling.topic)
    return topics


def _standing(relations):
    """The standing answers by (relation, topic), and each yes to something besides."""
    answers, besides = {}, {relation.pk: [] for relation in relations}
    for consent in (
        Consent.objects.standing().with_holds().filter(relation__in=relations)
    ):
        if consent.action == Consent.Action.SEE:
            answers[consent.relation_id, consent.topic] = consent
        elif consent.holds:
            besides[consent.relation_id].append(consent)
    return answers, besides


def _stopped(relations):
    """The last answer to each question that was stopped and not asked again since."""
    rows = Consent.objects.filter(
        relation__in=relations,
        action=Consent.Action.SEE,
        closed_because=Consent.Closed.WITHDRAWN,
    ).order_by("closed_at", "pk")
    return {(row.relation_id, row.topic): row for row in rows}


def _state(consent, is_law):
    if is_law:
        return "law"
    if consent is None:
        return ""
    if consent.closed_at:
        return "stopped"
    if consent.answer != YES:
        return str(consent.answer)
    if consent.holds:
        return "yes"
    return "later" if consent.starts_later else "ended"
