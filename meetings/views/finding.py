"""How the pages of this app find what they are about.

Relatives and residents learn of no conversation here, but by as_whom() of those that they
are invited to: to them there is no such page.
"""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from meetings.actions.meetings import NotPlanned
from meetings.models import AgendaItem, Conversation, Meeting
from meetings.models.accepted import invitations, own_conversations
from residents import ledger
from residents.models import Resident


def resident_for(request, uuid, may=None):
    resident = get_object_or_404(
        Resident.objects.cared_for_by(request.user).select_related(
            "department__home", "contact_person"
        ),
        uuid=uuid,
    )
    if may and not may(request.user, resident):
        raise PermissionDenied
    ledger.read(request.user, [resident], purpose=ledger.Purpose.MEETING)
    return resident


def conversation_for(request, uuid, may):
    conversation = get_object_or_404(
        Conversation.objects.visible_to(request.user).select_related(
            "resident__department__home",
            "resident__contact_person",
            "template",
            "chair",
            "minute_taker",
        ),
        uuid=uuid,
    )
    if not may(request.user, conversation):
        raise PermissionDenied
    ledger.read(request.user, [conversation], purpose=ledger.Purpose.MEETING)
    return conversation


def as_whom(user, uuid):
    """A conversation one is invited to, and as whose relative; None for the resident."""
    conversation, relation = own_conversations(user).filter(uuid=uuid).first(), None
    if conversation is None:
        invited = get_object_or_404(invitations(user), conversation__uuid=uuid)
        conversation, relation = invited.conversation, invited.relation
    ledger.read(user, [conversation])
    return conversation, relation


def meeting_for(request, uuid, may=None):
    """A meeting that the user works with."""
    meeting = get_object_or_404(
        Meeting.objects.at_work_of(request.user).with_people(), uuid=uuid
    )
    if may and not may(request.user, meeting):
        raise PermissionDenied
    read_meetings(request.user, [meeting])
    return meeting


def item_for(request, uuid, may):
    """A point of such a meeting, with what was said."""
    item = get_object_or_404(
        AgendaItem.objects.visible_to(request.user).with_minutes(), uuid=uuid
    )
    item.meeting = meeting_for(request, item.meeting.uuid, may)
    read_items(request.user, item.meeting, [item])
    return item


def read_meetings(user, meetings):
    """Into the ledger those that are about somebody."""
    about = [one for one in meetings if one.resident_id]
    at_work = ledger.Purpose.MEETING if user.employments_in_force else ""
    ledger.read(user, about, purpose=at_work)


def read_items(user, meeting, items):
    """Each by its own topic; without one it is what the meeting is."""
    if meeting.resident_id:
        for item in items:
            item.resident = meeting.resident
        ledger.read(user, items)


def unless_over(view):
    """Whoever comes second to a meeting that was held or called off is told, and led back."""

    @wraps(view)
    def wrapped(request, uuid):
        try:
            return view(request, uuid)
        except NotPlanned:
            messages.warning(
                request, _("The meeting has been held or called off meanwhile.")
            )
            # Staff are led on from there.
            return redirect("meetings:my-meeting", uuid)

    return wrapped
