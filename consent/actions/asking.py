"""A whole talk about one relative: all its answers or none, and once."""

from django.db import transaction

from consent.actions.answers import latest_end, record_answer, record_talk
from consent.actions.papers import enter_paper, keep_scan
from consent.models import ConsentTalk
from portal import clock
from relatives.models import Relation


class RecordedBefore(Exception):
    """The form was recorded already, with other answers."""


class AnsweredSince(Exception):
    """Questions of the form have got another answer since it was drawn.

    `questions` are pairs of topic and action.
    """

    def __init__(self, questions):
        super().__init__("Somebody has recorded answers meanwhile.")
        self.questions = questions


def standing_numbers(relation):
    """What stands about each question: (topic, action) and the consent's number."""
    return {
        (topic, action): number
        for topic, action, number in relation.consents.standing().values_list(
            "topic", "action", "pk"
        )
    }


@transaction.atomic
def record_asked(
    *,
    relation,
    uuid,
    how,
    said,
    ends_at,
    by,
    starts_at=None,
    since=None,
    ask_again_on=None,
    stood=None,
    scan=None,
    printed=None,
):
    """Record one talk about one relative with all its answers, once.

    `uuid` is the form's: the same form sent twice is the same talk. `said` are the
    answers (consent.besides.Said). `stood` is what stood when the form was drawn, as
    standing_numbers() has it. Raises RecordedBefore if the form says something else than
    the first time: a no that is told "it is recorded" and is not would leave open what
    the resident has closed. Raises AnsweredSince if one of the questions has been
    answered or stopped by somebody else meanwhile, and EnteredBefore if `printed` is a
    paper whose answers are recorded; then nothing is recorded. `scan` is the signed paper.
    """
    # Locks the relation, so that two who record at once come one after the other.
    Relation.objects.select_for_update().get(pk=relation.pk)
    talk = ConsentTalk.objects.filter(uuid=uuid, recorded_by=by).first()
    if talk:
        _says_the_same(talk, relation, said)
        return talk
    if stood is not None:
        _stands_as_drawn(relation, said, stood)
    talk = record_talk(resident=relation.resident, uuid=uuid, by=by, **how)
    for one in said:
        record_answer(
            talk=talk,
            relation=relation,
            topic=one.topic,
            action=one.action,
            answer=one.answer,
            degree=one.degree,
            starts_at=starts_at,
            # A year is a year to the second, and the last chosen day is a whole one.
            ends_at=min(ends_at, latest_end(one.topic, clock.now())),
            since=since,
            ask_again_on=ask_again_on,
            by=by,
        )
    if scan:
        keep_scan(talk, scan=scan, by=by)
    if printed:
        enter_paper(printed, talk=talk, by=by)
    return talk


def _says_the_same(talk, relation, said):
    told = {(relation.pk, one.topic, one.action, one.answer) for one in said}
    recorded = talk.answers.values_list("relation", "topic", "action", "answer")
    if told != set(recorded):
        raise RecordedBefore


def _stands_as_drawn(relation, said, stood):
    stands = standing_numbers(relation)
    changed = [
        question
        for question in ((one.topic, one.action) for one in said)
        if stands.get(question) != stood.get(question)
    ]
    if changed:
        raise AnsweredSince(changed)
