"""A talk, its answers, and the stop to one."""

import datetime as dt

from dateutil.relativedelta import relativedelta
from django.db import transaction

from consent.models import Consent, ConsentTalk
from portal import audit, clock
from relatives.models import Relation
from residents.topics import HEALTH_TOPICS


def latest_end(topic, given_at):
    """When a yes to this topic lapses at the latest, if nobody chose an earlier day.

    By law for health (sundhedsloven § 44), by our policy for the rest.
    """
    return given_at + relativedelta(years=1)


@transaction.atomic
def record_talk(*, resident, form, text_version, text_shown, by, **how):
    """Record that the resident was asked, and how. The answers are given one by one."""
    talk = ConsentTalk.objects.create(
        resident=resident,
        form=form,
        text_version=text_version,
        text_shown=text_shown,
        recorded_by=by,
        **how,
    )
    audit.record("consent.asked", by=by, about=talk, resident=resident.pk)
    return talk


@transaction.atomic
def record_answer(
    *,
    talk,
    relation,
    topic,
    answer,
    by,
    action=Consent.Action.SEE,
    starts_at=None,
    ends_at=None,
    since=None,
    ask_again_on=None,
    degree=Consent.Degree.ONGOING,
):
    """Record one answer. Closes the earlier answer to the same question.

    Raises ValueError if the relation is not the resident's, or if a yes about health is
    asked to last beyond a year.
    """
    if relation.resident_id != talk.resident_id:
        raise ValueError("The talk was with another resident.")
    now = clock.now()
    limit = latest_end(topic, now)
    if topic in HEALTH_TOPICS and ends_at and ends_at > limit:
        raise ValueError("A consent about health lasts at most a year.")
    # Locks the question, so that two answers at once come one after the other.
    Relation.objects.select_for_update().get(pk=relation.pk)
    earlier = relation.consents.standing().filter(topic=topic, action=action).first()
    if earlier:
        _close(earlier, Consent.Closed.REPLACED, by=by)
    consent = Consent.objects.create(
        talk=talk,
        relation=relation,
        topic=topic,
        action=action,
        answer=answer,
        degree=degree,
        given_at=now,
        starts_at=starts_at or now,
        ends_at=ends_at or max(limit, (starts_at or now) + dt.timedelta(days=1)),
        since=since,
        ask_again_on=ask_again_on,
        replaces=earlier,
    )
    audit.record("consent.answered", by=by, about=consent, topic=topic, answer=answer)
    return consent


class RecordedBefore(Exception):
    """The form was recorded already, with other answers."""


@transaction.atomic
def record_answers(*, relation, uuid, how, answers, ends_at, since, by):
    """Record one talk about one relative with all its answers, once.

    `uuid` is the form's: the same form sent twice is the same talk. `answers` is a dict
    of topic and answer; a no is asked again when a yes would have been. Raises
    RecordedBefore if it says something else than the first time: a no that is told "it
    is recorded" and is not would leave open what the resident has closed.
    """
    talk = ConsentTalk.objects.filter(uuid=uuid, recorded_by=by).first()
    if talk:
        told = {(relation.pk, topic, answer) for topic, answer in answers.items()}
        if told != set(talk.answers.values_list("relation", "topic", "answer")):
            raise RecordedBefore
        return talk
    talk = record_talk(resident=relation.resident, uuid=uuid, by=by, **how)
    for topic, answer in answers.items():
        record_answer(
            talk=talk,
            relation=relation,
            topic=topic,
            answer=answer,
            # A year is a year to the second, and the last chosen day is a whole one.
            ends_at=min(ends_at, latest_end(topic, clock.now())),
            since=since,
            by=by,
        )
    return talk


@transaction.atomic
def withdraw(consent, *, by):
    """The resident says stop: nothing of it is shared from this instant on.

    If the question was asked again in the meantime, the stop is to the answer that
    stands now: whoever says stop means what is shared, not a row of ours.
    """
    # Locks the question, as record_answer() does.
    Relation.objects.select_for_update().get(pk=consent.relation_id)
    consent = Consent.objects.get(pk=consent.pk)
    while consent.closed_because == Consent.Closed.REPLACED:
        consent = consent.replaced_by
    if consent.closed_at:
        return
    _close(consent, Consent.Closed.WITHDRAWN, by=by)
    audit.record("consent.withdrawn", by=by, about=consent, topic=consent.topic)


def _close(consent, because, *, by):
    consent.closed_at, consent.closed_by = clock.now(), by
    consent.closed_because = because
    consent.save(update_fields=["closed_at", "closed_by", "closed_because"])
