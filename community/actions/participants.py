"""Another relative takes part in an enquiry, by name, with everybody's yes."""

from django.db import transaction

from community.actions.enquiries import Kind, locked, note
from community.actions.notices import tell_participant
from community.models import Participant
from community.readers import who_could_take_part
from portal import clock


class NotToBeLetIn(Exception):
    """The resident does not share the matter with them at this instant."""


@transaction.atomic
def let_in(enquiry, *, relation, by):
    """The sender and the other have both said yes to being named. Twice is once.

    Raises NotToBeLetIn if the resident does not let them hear of the matter.
    """
    enquiry = locked(enquiry)
    there = enquiry.participants.filter(relation=relation, left_at=None).first()
    if there:
        return there
    if relation not in who_could_take_part(enquiry):
        raise NotToBeLetIn
    participant = enquiry.participants.create(relation=relation, added_by=by)
    note(enquiry, Kind.LET_IN, by=by)
    tell_participant(participant)
    return participant


@transaction.atomic
def leave(enquiry, *, relation, by):
    """They take part no more, and read it no more. Twice is once."""
    enquiry = locked(enquiry)
    there = Participant.objects.filter(enquiry=enquiry, relation=relation, left_at=None)
    if there.update(left_at=clock.now()):
        note(enquiry, Kind.LEFT, by=by)
