"""How the pages of this app find what they are about.

Relatives and residents learn of no conversation here: to them there is no such page.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from meetings.models import Conversation
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
