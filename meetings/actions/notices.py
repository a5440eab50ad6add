"""Mails to relatives that they are invited, or have got a paper: that, and never what."""

from meetings.models import Conversation
from portal import notices


def tell_invited(conversation):
    """Everybody who can log in and has not been told before. In the caller's transaction."""
    for person in _who_can_log_in(conversation):
        notices.tell(
            "meetings",
            to=[person.relation.relative.user],
            about=f"move-in-invited:{person.pk}",
            template="move-in-invited",
            conversation=conversation.pk,
        )


def tell_moved(conversation):
    """That it is at another time or place. In the caller's transaction."""
    for person in _who_can_log_in(conversation):
        now = f"{conversation.planned_at.isoformat()}:{conversation.place[:60]}"
        notices.tell(
            "meetings",
            to=[person.relation.relative.user],
            about=f"move-in-moved:{person.pk}:{now}",
            template="move-in-moved",
            conversation=conversation.pk,
        )


def tell_handed(hand_out):
    """That there is a paper to read in the portal. In the caller's transaction."""
    user = hand_out.relation.relative.user
    if user:
        notices.tell(
            "papers",
            to=[user],
            about=hand_out.pk,
            template="extract-handed",
            hand_out=hand_out.pk,
        )


def _who_can_log_in(conversation):
    if conversation.status != Conversation.Status.PLANNED:
        return ()
    return conversation.participants.filter(
        relation__relative__user__isnull=False
    ).select_related("relation__relative__user")
