"""What this app tells, and whether its mails may still leave. See portal.mail.

Those of meetings say that there is something, when and where, and never about whom: what
is mailed ends in calendars that are not ours.
"""

from django.utils.translation import gettext_lazy as _

from meetings import calendars, inviting
from meetings.models import Conversation, HandOut, Meeting
from meetings.models.accepted import invitations
from portal.kinds import Kind
from portal.mail_times import When

KINDS = [
    Kind(
        "meetings",
        _("Meetings and talks"),
        _("When you are invited, and when it is moved or called off."),
        usual=When.AT_ONCE,
        # Each brings a file for the calendar.
        alone=True,
        order=30,
    ),
    Kind(
        "papers",
        _("Papers for you"),
        _("When you have been given a paper from a talk."),
        usual=When.AT_ONCE,
        offered=lambda user: hasattr(user, "relative"),
        order=32,
    ),
]


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


def meeting_invitation(message):
    return _told(message, Meeting.Status.PLANNED, calendars.REQUEST)


def meeting_moved(message):
    return _told(message, Meeting.Status.PLANNED, calendars.REQUEST)


def meeting_cancelled(message):
    return _told(message, Meeting.Status.CANCELLED, calendars.CANCEL)


def _told(message, status, method):
    """Only while it is the latest that is to be told, and to somebody who is invited."""
    facts, user = message.facts, message.to
    meeting = (
        Meeting.objects.with_people()
        .filter(pk=facts["meeting"], sequence=facts["sequence"], status=status)
        .first()
    )
    if meeting is None or not inviting.may_have(user, meeting):
        return None
    return {
        "is_guest": Meeting.objects.for_guest(user).filter(pk=meeting.pk).exists(),
        "file": (
            calendars.FILE_NAME,
            calendars.file_of(meeting, method=method, to=user).decode(),
            f"text/calendar; method={method}",
        ),
    }
