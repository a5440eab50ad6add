"""What stands on the pages of one meeting, for staff and for those who are invited."""

from django.utils.translation import gettext as _

from meetings import policy
from meetings.models import AgendaItem, MeetingReply, Participant
from portal import clock, rooms
from residents import ledger
from residents.policy import cares_for

Status = AgendaItem.Status


def of_staff(user, meeting):
    """Everything: the agenda, suggestions, who is invited and who comes."""
    items = items_of(user, meeting)
    for item in items:
        item.suggester = _suggester(user, item)
    return {
        "meeting": meeting,
        "resident": meeting.resident,
        "tabs": rooms.tabs(user, meeting.resident) if meeting.resident else [],
        "items": [item for item in items if item.is_on],
        "suggested": [item for item in items if item.status == Status.SUGGESTED],
        "left_out": [item for item in items if item.status == Status.LEFT_OUT],
        "people": _people(user, meeting),
        "replies": _replies(user, meeting),
        "agreements": [
            made.agreement
            for made in meeting.agreements_made.select_related("agreement")
        ],
        "can_change": policy.can_change(user, meeting),
        "can_choose": policy.can_choose_guests(user, meeting),
        "can_write": policy.can_take_minutes(user, meeting),
        "is_over": meeting.planned_at <= clock.now(),
    }


def _suggester(user, item):
    """Whose idea it was. At a meeting for the whole home other departments get no name."""
    if not item.suggested_by_id:
        return ""
    if not item.relation_id:
        return _("the resident")
    if not cares_for(user, item.relation.resident):
        return _("a relative from another department")
    return str(item.relation.relative)


def of_guest(user, meeting):
    """What is open to this guest at this instant, point by point."""
    items = items_of(user, meeting)
    suggested = [item for item in items if not item.is_on]
    if getattr(user, "relative", None):
        suggested = list(AgendaItem.objects.suggested_by(user).filter(meeting=meeting))
    own = list(MeetingReply.objects.own(user).filter(meeting=meeting))
    return {
        "meeting": meeting,
        "resident": meeting.resident,
        "items": [item for item in items if item.is_on],
        "suggested": suggested,
        "reply": next((one for one in own if one.sequence == meeting.sequence), None),
        "is_held": meeting.status == meeting.Status.HELD,
        "cancelled": meeting.is_called_off,
    }


def items_of(user, meeting):
    """Those that the user may see, and what was said to them. Tells the ledger."""
    found = list(
        AgendaItem.objects.visible_to(user).filter(meeting=meeting).with_minutes()
    )
    for item in found:
        item.meeting = meeting
        if meeting.resident_id:
            item.resident = meeting.resident
    if meeting.resident_id:
        ledger.read(user, found)
    return found


def _people(user, meeting):
    if not meeting.resident_id:
        return []
    return list(Participant.objects.filter(meeting=meeting).with_names())


def _replies(user, meeting):
    """Who comes to the meeting as it is planned now, and who cannot."""
    found = MeetingReply.objects.at_work_of(user).filter(
        meeting=meeting, sequence=meeting.sequence
    )
    found = list(found.select_related("relation__relative", "relation__resident"))
    for one in found:
        if meeting.resident_id is None:
            whose = one.relation.resident if one.relation_id else one.resident
            ledger.read(user, [whose])
    return found
