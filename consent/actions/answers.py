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
    """Record that the resident was asked, and how. The answers are given one by one.

    Raises ValueError if whoever answers represents another resident, or nobody today.
    """
    for representation in (how.get("representation"), how.get("agreed_too")):
        if representation and not (
            representation.holds_today
            and representation.relation.resident_id == resident.pk
        ):
            raise ValueError("Whoever answers does not represent the resident.")
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
    degree=None,
):
    """Record one answer. Closes the earlier answer to the same question.

    Raises ValueError if the relation is not the resident's, if a yes about health is
    asked to last beyond a year, if the degree does not fit the action, or if the
    resident says yes to what they did not understand.
    """
    if relation.resident_id != talk.resident_id:
        raise ValueError("The talk was with another resident.")
    degrees = Consent.DEGREES[Consent.Action(action)]
    if degree and degree not in degrees:
        raise ValueError("That degree does not fit what it is for.")
    if answer == Consent.Answer.YES and talk.is_not_understood:
        raise ValueError("A yes that is not understood is not a yes.")
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
        degree=degree or degrees[0],
        given_at=now,
        starts_at=starts_at or now,
        ends_at=ends_at or max(limit, (starts_at or now) + dt.timedelta(days=1)),
        since=since,
        ask_again_on=ask_again_on,
        replaces=earlier,
    )
    audit.record("consent.answered", by=by, about=consent, topic=topic, answer=answer)
    return consent


@transaction.atomic
def withdraw(consent, *, by, how=""):
    """The resident says stop: nothing of it is shared from this instant on.

    If the question was asked again in the meantime, the stop is to the answer that
    stands now: whoever says stop means what is shared, not a row of ours. `how` is by
    which way the stop came (Consent.ClosedHow). Answers the consent that is stopped.
    """
    consent = _standing_answer_to(consent)
    if consent.closed_at is None:
        _close(consent, Consent.Closed.WITHDRAWN, by=by, how=how)
        audit.record(
            "consent.withdrawn", by=by, about=consent, topic=consent.topic, how=how
        )
    return consent


@transaction.atomic
def mark_in_error(consent, *, why, by):
    """It was never answered so: it opens nothing more, and is kept with the reason.

    What was meant is asked and recorded anew. Raises ValueError without a reason, or if
    the answer has been closed otherwise meanwhile.
    """
    if not why.strip():
        raise ValueError("Say what was wrong.")
    Relation.objects.select_for_update().get(pk=consent.relation_id)
    consent = Consent.objects.get(pk=consent.pk)
    if consent.closed_at:
        raise ValueError("The answer is closed already.")
    _close(consent, Consent.Closed.IN_ERROR, by=by, note=why)
    audit.record("consent.in_error", by=by, about=consent, topic=consent.topic)
    return consent


def _standing_answer_to(consent):
    # Locks the question, as record_answer() does.
    Relation.objects.select_for_update().get(pk=consent.relation_id)
    consent = Consent.objects.get(pk=consent.pk)
    while consent.closed_because == Consent.Closed.REPLACED:
        consent = consent.replaced_by
    return consent


def _close(consent, because, *, by, how="", note=""):
    consent.closed_at, consent.closed_by = clock.now(), by
    consent.closed_because = because
    consent.closed_how, consent.closed_note = how, note
    consent.save(
        update_fields=[
            "closed_at",
            "closed_by",
            "closed_because",
            "closed_how",
            "closed_note",
        ]
    )
