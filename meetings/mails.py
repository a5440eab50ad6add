"""Whether this app's mails may still leave. See portal.mail."""

from meetings.models import Conversation, HandOut
from meetings.models.accepted import invitations


def move_in_invited(message):
    """Only while the resident accepts them, and it is still to be held."""
    waits = invitations(message.to).filter(
        conversation=message.facts["conversation"],
        conversation__status=Conversation.Status.PLANNED,
    )
    return {} if waits.exists() else None


move_in_moved = move_in_invited


def extract_handed(message):
    """Only while something of it is shared with the reader."""
    found = HandOut.objects.handed_to(message.to).filter(pk=message.facts["hand_out"])
    return {} if found.exists() else None
