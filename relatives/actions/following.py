"""Looking at an agreement again, and a relative saying that it is too much."""

from django.db import transaction

from portal import audit, clock
from relatives.actions.agreements import locked, must_be_current
from relatives.actions.notices import tell_contact_person
from relatives.models import AgreementReply, Review


@transaction.atomic
def review_agreement(agreement, *, uuid, was_kept, outcome, why="", next_on=None, by):
    """Record how it went. The next day to look at it is the agreement's from now on.

    What ends, ends. What is changed is changed by change_agreement. Raises Overtaken.
    """
    agreement = locked(agreement)
    already = Review.objects.filter(uuid=uuid).first()
    if already:
        return already
    must_be_current(agreement)
    review = agreement.reviews.create(
        uuid=uuid,
        planned_on=agreement.follow_up_on,
        was_kept=was_kept,
        why=why,
        outcome=outcome,
        next_on=next_on,
        recorded_by=by,
    )
    agreement.follow_up_on = next_on
    if outcome == Review.Outcome.ENDED:
        agreement.ended_on, agreement.ended_by = clock.today(), by
    agreement.save(update_fields=["follow_up_on", "ended_on", "ended_by"])
    audit.record(
        "agreement.followed_up",
        by=by,
        about=agreement,
        was_kept=was_kept,
        outcome=outcome,
    )
    return review


@transaction.atomic
def say_too_much(agreement, *, relative, by):
    """It is too much for the relative, who need not say why. Said twice is said once.

    The home does it meanwhile; the contact person hears of it, and it waits with the
    staff until somebody has talked with the relative. Raises Overtaken, and ValueError
    if the relative has nothing to do in it.
    """
    agreement = locked(agreement)
    must_be_current(agreement)
    if not agreement.is_task_of(relative):
        raise ValueError("The relative has no task in this agreement.")
    already = agreement.replies.too_much().filter(relative=relative).first()
    if already:
        return already
    reply = agreement.replies.create(
        relative=relative, kind=AgreementReply.Kind.TOO_MUCH, recorded_by=by
    )
    audit.record("agreement.too_much", by=by, about=agreement, reply=reply.pk)
    tell_contact_person(reply)
    return reply
