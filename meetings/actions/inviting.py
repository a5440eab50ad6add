"""The invitation on paper, for relatives whom no mail reaches."""

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consent.models import Consent
from meetings.models import Conversation, Participant
from portal import audit, clock
from relatives.actions import contacts
from relatives.models import Contact
from residents import ledger
from residents.topics import Topic


class NotInvited(Exception):
    """The conversation is over, or the resident no longer agrees to it."""


def ground_of(participant):
    """What the invitation rests on at this instant: (ground, number of its row) or None."""
    if participant.relation.ended_at:
        return None
    ground = participant.ground_at(clock.now())
    if participant.by_law:
        return ground if ground and ground[1] else None
    refused = Consent.objects.standing().filter(
        relation=participant.relation_id,
        action=Consent.Action.TAKE_PART,
        answer=Consent.Answer.NO,
    )
    lapsed = participant.consent_id and not (
        Consent.objects.in_force().filter(pk=participant.consent_id).exists()
    )
    return None if lapsed or refused.exists() else ground


@transaction.atomic
def give_letter(participant, *, how, uuid, by):
    """The relative has been given the letter. Twice is once.

    It stands in the contact log as a first step of ours (Aabenraa: "invitere nære
    pårørende til dialog") and in the access log. Raises NotInvited.
    """
    # Before the row of the participant, as everybody does who moves the conversation.
    conversation = Conversation.objects.select_for_update().get(
        pk=participant.conversation_id
    )
    ground = ground_of(participant)
    if conversation.status != Conversation.Status.PLANNED or ground is None:
        raise NotInvited
    relation = participant.relation
    day = date_format(localtime(conversation.planned_at), "DATETIME_FORMAT")
    _contact, is_new = contacts.log_contact(
        resident=conversation.resident,
        relative=relation.relative,
        uuid=uuid,
        by=by,
        channel=Contact.Channel.MESSAGE,
        direction=Contact.Direction.TO_RELATIVE,
        topic=Topic.MEETINGS,
        happened_at=clock.now(),
        note=_("Invitation to the conversation on %(day)s, as a letter %(how)s.")
        % {"day": day, "how": Participant.Letter(how).label},
    )
    if not is_new:
        return participant
    participant.letter, participant.letter_by = how, by
    participant.letter_at = clock.now()
    participant.letter_told_of = conversation.planned_at
    participant.save(
        update_fields=["letter", "letter_at", "letter_by", "letter_told_of"]
    )
    ledger.invited(conversation, relation, ground, by=by)
    audit.record(
        "conversation.invited_by_letter",
        by=by,
        about=conversation,
        relation=relation.pk,
        how=how,
    )
    return participant
