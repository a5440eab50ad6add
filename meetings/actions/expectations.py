"""What each party expects, what can become of it, and how one disagrees with respect."""

from django.db import transaction

from meetings.models import Disagreement, Expectation, ExpectationReply
from portal import audit, clock


@transaction.atomic
def record_expectation(*, resident, party, relation, text, uuid, by):
    """One wish by one party. The same uuid is the same wish.

    Raises ValueError if the relative is somebody to another resident.
    """
    if relation and relation.resident_id != resident.pk:
        raise ValueError("The relative is somebody to another resident.")
    wish, created = Expectation.objects.get_or_create(
        uuid=uuid,
        defaults={
            "resident": resident,
            "party": party,
            "relation": relation,
            "text": text,
            "recorded_by": by,
        },
    )
    if created:
        audit.record("expectation.recorded", by=by, about=wish, party=party)
    return wish


@transaction.atomic
def answer(expectation, *, kind, because, uuid, by):
    """Can, can partly, or cannot, because. What was answered before stays readable."""
    reply, created = ExpectationReply.objects.get_or_create(
        uuid=uuid,
        defaults={
            "expectation": expectation,
            "kind": kind,
            "because": because,
            "recorded_by": by,
        },
    )
    if created:
        audit.record("expectation.answered", by=by, about=expectation, kind=kind)
    return reply


@transaction.atomic
def end(expectation, *, by):
    """Take the wish off the list; twice is once."""
    ended = Expectation.objects.filter(pk=expectation.pk, ended_at=None).update(
        ended_at=clock.now(), ended_by=by
    )
    if ended:
        audit.record("expectation.ended", by=by, about=expectation)


@transaction.atomic
def disagree(expectation, *, their_words, our_words, next_talk_on, uuid, by):
    """Both see it in their own way, and talk again on a day."""
    made, created = Disagreement.objects.get_or_create(
        uuid=uuid,
        defaults={
            "expectation": expectation,
            "their_words": their_words,
            "our_words": our_words,
            "next_talk_on": next_talk_on,
            "recorded_by": by,
        },
    )
    if created:
        audit.record("disagreement.recorded", by=by, about=made)
    return made


@transaction.atomic
def talked(disagreement, *, talked_on, outcome, next_talk_on, uuid, by):
    """They have talked. With a next day they still disagree: a row with the same words.

    Whoever says so second changes nothing.
    """
    disagreement = (
        Disagreement.objects.select_for_update(of=("self",))
        .select_related("expectation")
        .get(pk=disagreement.pk)
    )
    if disagreement.talked_on:
        return disagreement
    disagreement.talked_on, disagreement.talked_by = talked_on, by
    disagreement.outcome = outcome
    disagreement.save(update_fields=["talked_on", "talked_by", "outcome"])
    audit.record("disagreement.talked", by=by, about=disagreement)
    if next_talk_on:
        disagree(
            disagreement.expectation,
            their_words=disagreement.their_words,
            our_words=disagreement.our_words,
            next_talk_on=next_talk_on,
            uuid=uuid,
            by=by,
        )
    return disagreement
