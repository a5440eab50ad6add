"""An enquiry comes in, is taken by somebody, and is gone on with."""

from django.db import transaction

from community.actions.notices import tell_manager, tell_owner, tell_staff
from community.matters import topic_of
from community.models import Desk, Enquiry, EnquiryEvent, EnquiryMessage, Series
from portal import audit, clock

Kind = EnquiryEvent.Kind
Status = Enquiry.Status


class NotToBeGoneOnWith(Exception):
    """Its sender is nobody to the resident any more, or the resident has moved out."""


@transaction.atomic
def send(*, resident, relation, uuid, by, matter, subject, text, **said):
    """Receive an enquiry; its expected day counts from when staff read it.

    `said`: between_us, channel, received_at. The same uuid is the same enquiry. Raises
    ValueError if the relation is to another resident.
    """
    if relation and relation.resident_id != resident.pk:
        raise ValueError("The relative is somebody to another resident.")
    if made := Enquiry.objects.filter(uuid=uuid).first():
        return made
    department = resident.department
    # Two presses at once wait for each other here.
    year, serial = Series.next(department.home)
    if made := Enquiry.objects.filter(uuid=uuid).first():
        return made
    desk = Desk.of(department)
    at = said.setdefault("received_at", clock.now())
    read_on = desk.read_at(at).astimezone(clock.DENMARK)
    enquiry = Enquiry.objects.create(
        uuid=uuid,
        home=department.home,
        department=department,
        year=year,
        serial=serial,
        resident=resident,
        relation=relation,
        matter=matter,
        topic=topic_of(matter),
        subject=subject,
        routed_to=desk.route(matter),
        expected_by=department.home.answers_by(read_on.date()),
        resident_knows=not said.get("between_us"),
        recorded_by=by,
        **said,
    )
    message = _ask(enquiry, uuid=uuid, text=text, by=by, at=at)
    note(enquiry, Kind.RECEIVED, by=by)
    tell_staff(enquiry, message, desk=desk)
    return enquiry


@transaction.atomic
def go_on(enquiry, *, uuid, text, by, to_manager=False):
    """Its sender writes again: it is open once more, with a new day.

    `to_manager`: the sender wants the manager to look at it. Raises NotToBeGoneOnWith.
    """
    enquiry = locked(enquiry)
    made = EnquiryMessage.objects.filter(uuid=uuid, enquiry=enquiry).first()
    if made:
        return made
    if not enquiry.can_be_gone_on_with:
        raise NotToBeGoneOnWith
    desk = Desk.of(enquiry.resident.department)
    if enquiry.is_answered:
        read_on = desk.read_at(clock.now()).astimezone(clock.DENMARK)
        enquiry.expected_by = enquiry.home.answers_by(read_on.date())
        enquiry.status = Status.IN_HAND if enquiry.owner_id else Status.RECEIVED
        enquiry.save(update_fields=["expected_by", "status"])
    message = _ask(enquiry, uuid=uuid, text=text, by=by, at=clock.now())
    note(enquiry, Kind.REOPENED, by=by)
    if to_manager:
        escalate_locked(enquiry, by=by)
    tell_staff(enquiry, message, desk=desk)
    return message


@transaction.atomic
def take(enquiry, *, by):
    """“I take it.” Whoever pressed last sees to it; twice is once."""
    _give(locked(enquiry), to=by, by=by, kind=Kind.TAKEN)


@transaction.atomic
def assign(enquiry, *, to, by):
    """The manager gives it to somebody of the department, who is told."""
    enquiry = locked(enquiry)
    event = _give(enquiry, to=to, by=by, kind=Kind.ASSIGNED)
    if event and to != by:
        tell_owner(enquiry, event)


def _give(enquiry, *, to, by, kind):
    if enquiry.owner_id == to.pk:
        return None
    enquiry.owner = to
    if enquiry.status == Status.RECEIVED:
        enquiry.status = Status.IN_HAND
    enquiry.save(update_fields=["owner", "status"])
    return note(enquiry, kind, by=by, to=to)


@transaction.atomic
def settle(enquiry, *, by):
    """What was written last asks for no answer: "thank you". Twice is once."""
    enquiry = locked(enquiry)
    if enquiry.is_answered:
        return
    enquiry.status = Status.ANSWERED
    enquiry.owner = enquiry.owner or by
    enquiry.save(update_fields=["status", "owner"])
    note(enquiry, Kind.SETTLED, by=by)


@transaction.atomic
def escalate(enquiry, *, why, by):
    """Ask the manager to decide. Asked already, it stands as it was."""
    escalate_locked(locked(enquiry), why=why, by=by)


def escalate_locked(enquiry, *, by, why=""):
    if enquiry.escalated_at:
        return
    enquiry.escalated_at = clock.now()
    enquiry.save(update_fields=["escalated_at"])
    event = note(enquiry, Kind.ESCALATED, by=by, note=why)
    tell_manager(enquiry, event, desk=Desk.of(enquiry.resident.department))


def locked(enquiry):
    """Two changes at once come one after the other."""
    Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    return Enquiry.objects.with_people().get(pk=enquiry.pk)


def note(enquiry, kind, *, by, to=None, note=""):
    """A step in its history, and a line in the log."""
    event = enquiry.events.create(kind=kind, by=by, to=to, note=note)
    audit.record(
        f"enquiry.{kind}",
        by=by,
        about=enquiry,
        resident=enquiry.resident_id,
        **({"to": to.pk} if to else {}),
    )
    return event


def _ask(enquiry, *, uuid, text, by, at):
    return enquiry.messages.create(
        uuid=uuid,
        resident=enquiry.resident,
        kind=EnquiryMessage.Kind.QUESTION,
        relation=enquiry.relation,
        topic=enquiry.topic,
        text=text,
        recorded_by=by,
        recorded_at=at,
    )
