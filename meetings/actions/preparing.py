"""Somebody prepares: sends it to the staff, and may take it back until the conversation."""

from django.db import transaction

from meetings.models import Conversation, Preparation
from portal import audit, clock


class AlreadyHeld(Exception):
    """The conversation is over: what was prepared for it stands as it was."""


@transaction.atomic
def send(conversation, *, relation, answers, by, together=False, lent=False):
    """Send what was prepared, in place of what was sent before. Raises AlreadyHeld.

    `answers`: a text for each question's key; an empty one is no answer. `lent`: the
    resident wrote it on the screen of the employee beside them.
    """
    preparation = _mine(conversation, relation, by)
    preparation.written_by, preparation.together = by, together
    preparation.on_lent_screen = lent
    preparation.sent_at = clock.now()
    preparation.save(
        update_fields=["written_by", "together", "on_lent_screen", "sent_at"]
    )
    preparation.answers.all().delete()
    for key, text in answers.items():
        if text:
            preparation.answers.create(key=key, text=text)
    audit.record(
        "preparation.sent", by=by, about=preparation, together=together, lent=lent
    )
    return preparation


@transaction.atomic
def take_back(conversation, *, relation, by):
    """The staff see it no more; its writer still has it. Raises AlreadyHeld."""
    preparation = _mine(conversation, relation, by)
    if preparation.sent_at:
        preparation.sent_at = None
        preparation.save(update_fields=["sent_at"])
        audit.record("preparation.taken_back", by=by, about=preparation)
    return preparation


def _mine(conversation, relation, by):
    # Two at once come one after the other.
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if conversation.status != Conversation.Status.PLANNED:
        raise AlreadyHeld
    return Preparation.objects.get_or_create(
        conversation=conversation, relation=relation, defaults={"written_by": by}
    )[0]
