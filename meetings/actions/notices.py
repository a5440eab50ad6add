"""Mails to relatives that they are invited, or have got a paper: that, and never what."""

from meetings.models import Conversation
from portal import outbox


def tell_invited(conversation):
    """Everybody who can log in and has not been told before. In the caller's transaction."""
    for person in _who_can_log_in(conversation):
        outbox.post(
            "move-in-invited",
            to=person.relation.relative.user,
            key=f"move-in-invited:{person.pk}",
            conversation=conversation.pk,
        )


def tell_moved(conversation):
    """That it is at another time or place. In the caller's transaction."""
    for person in _who_can_log_in(conversation):
        now = f"{conversation.planned_at.isoformat()}:{conversation.place[:60]}"
        outbox.post(
            "move-in-moved",
            to=person.relation.relative.user,
            key=f"move-in-moved:{person.pk}:{now}",
            conversation=conversation.pk,
        )


def tell_handed(hand_out):
    """That there is a paper to read in the portal. In the caller's transaction."""
    user = hand_out.relation.relative.user
    if user:
        outbox.post(
            "extract-handed",
            to=user,
            key=f"extract-handed:{hand_out.pk}",
            hand_out=hand_out.pk,
        )


def _who_can_log_in(conversation):
    if conversation.status != Conversation.Status.PLANNED:
        return ()
    return conversation.participants.filter(
        relation__relative__user__isnull=False
    ).select_related("relation__relative__user")
