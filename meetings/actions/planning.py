"""From the offer of a conversation to its day: planned, moved, declined, and with whom.

With whom is the same for the other meetings.
"""

from django.db import transaction

from meetings.actions import notices
from meetings.models import Conversation, Template
from portal import audit
from residents.models import Resident


class AlreadyPlanned(Exception):
    """The resident has a conversation that is planned or has been held."""

    def __init__(self, conversation):
        super().__init__()
        self.conversation = conversation


@transaction.atomic
def plan(*, resident, uuid, by, **details):
    """Plan the move-in conversation. The same uuid is the same conversation.

    `details`: planned_at, place, late_reason, chair, minute_taker. Raises AlreadyPlanned.
    """
    already, standing = _locked(resident, uuid)
    if already:
        return already
    if standing:
        raise AlreadyPlanned(standing)
    conversation = Conversation.objects.create(
        uuid=uuid,
        resident=resident,
        template=Template.objects.for_home(resident.department.home),
        status=Conversation.Status.PLANNED,
        recorded_by=by,
        **details,
    )
    audit.record("conversation.planned", by=by, about=conversation)
    return conversation


@transaction.atomic
def move(conversation, *, by, **details):
    """Another time, place, chair or minute taker. `details` as plan()."""
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    before, where = conversation.planned_at, conversation.place
    for name, value in details.items():
        setattr(conversation, name, value)
    conversation.save(update_fields=list(details))
    audit.record(
        "conversation.moved",
        by=by,
        about=conversation,
        before=before.isoformat(),
        now=conversation.planned_at.isoformat(),
    )
    if (before, where) != (conversation.planned_at, conversation.place):
        notices.tell_moved(conversation)
    return conversation


@transaction.atomic
def decline(*, resident, declined_by, declined_why, ask_again_on, uuid, by):
    """Record that the offer was declined, also when a day had been found.

    Raises AlreadyPlanned if the conversation has been held.
    """
    already, standing = _locked(resident, uuid)
    if already:
        return already
    said = {
        "status": Conversation.Status.DECLINED,
        "declined_by": declined_by,
        "declined_why": declined_why,
        "ask_again_on": ask_again_on,
    }
    if standing and standing.status == Conversation.Status.HELD:
        raise AlreadyPlanned(standing)
    if standing:
        for name, value in said.items():
            setattr(standing, name, value)
        standing.save(update_fields=list(said))
        declined = standing
    else:
        declined = Conversation.objects.create(
            uuid=uuid,
            resident=resident,
            template=Template.objects.for_home(resident.department.home),
            recorded_by=by,
            **said,
        )
    audit.record("conversation.declined", by=by, about=declined, who=declined_by)
    return declined


@transaction.atomic
def choose_participants(meeting, *, relatives, colleagues, others, by):
    """Make these the participants; those no longer named are taken off.

    `relatives`: for each relation, what its invitation rests on: accepted_on, consent,
    by_law. `others`: names and roles. Who was there already keeps their attendance.
    """
    now = {("relation", r.pk): ground for r, ground in relatives.items()}
    now |= {("user", user.pk): {"role": role} for user, role in colleagues.items()}
    now |= {("name", name): {"role": role} for name, role in others}
    there = {_person(p): p for p in meeting.participants.all()}
    # Who was there was there, whatever is said afterwards.
    gone = [
        there[person].pk
        for person in there.keys() - now.keys()
        if not (there[person].relation_id and there[person].attendance)
    ]
    meeting.participants.filter(pk__in=gone).delete()
    for (what, who), details in now.items():
        if (what, who) not in there:
            field = what if what == "name" else f"{what}_id"
            meeting.participants.create(**{field: who}, **details)
        elif what == "relation" and there[what, who].consent_is_gone:
            grounds = {"consent": None, "by_law": False} | details
            meeting.participants.filter(pk=there[what, who].pk).update(**grounds)
    audit.record(
        f"{meeting._meta.model_name}.participants_chosen",
        by=by,
        about=meeting,
        relations=sorted(relation.pk for relation in relatives),
    )
    # Of other meetings the invitation is a step of its own.
    if isinstance(meeting, Conversation):
        notices.tell_invited(meeting)


def _person(participant):
    if participant.relation_id:
        return "relation", participant.relation_id
    if participant.user_id:
        return "user", participant.user_id
    return "name", participant.name


def _locked(resident, uuid):
    """Two at once come one after the other: this very row, and the standing one."""
    Resident.objects.select_for_update().get(pk=resident.pk)
    conversations = Conversation.objects.filter(resident=resident)
    return (
        conversations.filter(uuid=uuid).first(),
        conversations.standing().first(),
    )
