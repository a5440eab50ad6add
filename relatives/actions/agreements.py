"""What happens to an agreement. Its text is never rewritten, and no word is erased."""

from django.db import transaction

from portal import audit, clock
from relatives.actions.notices import tell_asker, tell_contact_person, tell_readers
from relatives.models import Agreement, AgreementReply, Part
from residents.models import Resident


class Overtaken(Exception):
    """Somebody else has changed or ended the agreement since the page was opened."""

    def __init__(self, newest):
        super().__init__()
        self.newest = newest


class AlreadyAnswered(Exception):
    """Somebody else has answered the relative since the page was opened."""

    def __init__(self, reply):
        super().__init__()
        self.reply = reply


def _check(resident, relatives):
    """Raises ValueError if a task would be laid on a child, or on a stranger."""
    relatives = {relative for relative in relatives if relative}
    if any(relative.is_minor for relative in relatives):
        raise ValueError("A relative under 18 is not given tasks.")
    known = resident.relations.standing().values_list("relative", flat=True)
    if not {relative.pk for relative in relatives} <= set(known):
        raise ValueError("A relative with a task is not the resident's.")


def _with_tasks(details, parts):
    return [details.get("responsible_relative"), *(p.get("relative") for p in parts)]


def _create(parts, **new):
    agreement = Agreement.objects.create(**new)
    agreement.parts.bulk_create(Part(agreement=agreement, **part) for part in parts)
    return agreement


@transaction.atomic
def record_agreement(*, resident, topic, text, by, uuid=None, parts=(), **details):
    """Record what has been agreed on. The same uuid is the same agreement.

    `details`: responsible, responsible_relative, responsible_other, due_on,
    follow_up_on, goal, reason, involvement, participation, participation_note.
    `parts`: for each who helps a dict of who, relative, task. Raises ValueError if a
    relative with a task is a minor or not the resident's.
    """
    _check(resident, _with_tasks(details, parts))
    # Two presses at once come one after the other: the second finds the first's row.
    Resident.objects.select_for_update().get(pk=resident.pk)
    already = uuid and Agreement.objects.filter(uuid=uuid).first()
    if already:
        return already
    numbered = {"uuid": uuid} if uuid else {}
    agreement = _create(
        parts,
        resident=resident,
        topic=topic,
        text=text,
        recorded_by=by,
        **numbered,
        **details,
    )
    audit.record("agreement.recorded", by=by, about=agreement, topic=topic)
    tell_readers(agreement)
    return agreement


@transaction.atomic
def change_agreement(agreement, *, uuid, topic, text, by, parts=(), **details):
    """Put a new version in its place, which the relatives are asked to confirm anew.

    Raises Overtaken if it is no longer the version in force, ValueError as
    record_agreement, and if a relative keeps a task of which they said that it is too
    much. Changes that relatives have asked for count as answered by it.
    """
    _check(agreement.resident, _with_tasks(details, parts))
    tired = {reply.relative for reply in agreement.replies.too_much()}
    if tired & set(_with_tasks(details, parts)):
        raise ValueError("It is too much for the relative: answer first.")
    agreement = locked(agreement)
    already = Agreement.objects.filter(uuid=uuid).first()
    if already:
        return already
    must_be_current(agreement)
    new = _create(
        parts,
        uuid=uuid,
        resident=agreement.resident,
        replaces=agreement,
        topic=topic,
        text=text,
        recorded_by=by,
        **details,
    )
    audit.record(
        "agreement.changed", by=by, about=new, replaces=agreement.pk, topic=topic
    )
    for reply in agreement.replies.unanswered():
        _answer(reply, answer="", by=by)
    tell_readers(new)
    return new


@transaction.atomic
def mark_done(agreement, *, by):
    """What was to be done, is. Raises Overtaken."""
    agreement = locked(agreement)
    must_be_current(agreement)
    if agreement.done_on is None:
        agreement.done_on, agreement.done_by = clock.today(), by
        agreement.save(update_fields=["done_on", "done_by"])
        audit.record("agreement.done", by=by, about=agreement)


@transaction.atomic
def reopen_agreement(agreement, *, by):
    """It was not done after all. Raises Overtaken."""
    agreement = locked(agreement)
    must_be_current(agreement)
    if agreement.done_on:
        agreement.done_on = agreement.done_by = None
        agreement.save(update_fields=["done_on", "done_by"])
        audit.record("agreement.reopened", by=by, about=agreement)


@transaction.atomic
def end_agreement(agreement, *, by):
    """It holds no more. It stays readable. Raises Overtaken if it was changed."""
    agreement = locked(agreement)
    if agreement.successor:
        raise Overtaken(agreement.newest())
    if agreement.ended_on is None:
        agreement.ended_on, agreement.ended_by = clock.today(), by
        agreement.save(update_fields=["ended_on", "ended_by"])
        audit.record("agreement.ended", by=by, about=agreement)


@transaction.atomic
def confirm_agreement(agreement, *, relative, by):
    """The relative has read it and agrees. Raises Overtaken."""
    agreement = locked(agreement)
    must_be_current(agreement)
    latest = agreement.replies.filter(relative=relative).first()
    if latest and latest.kind == AgreementReply.Kind.AGREED:
        return latest
    reply = agreement.replies.create(
        relative=relative, kind=AgreementReply.Kind.AGREED, recorded_by=by
    )
    audit.record("agreement.confirmed", by=by, about=agreement, reply=reply.pk)
    return reply


@transaction.atomic
def ask_for_change(agreement, *, uuid, relative, text, by):
    """The relative wishes it otherwise; the contact person hears of it. Raises Overtaken."""
    agreement = locked(agreement)
    already = AgreementReply.objects.filter(uuid=uuid).first()
    if already:
        return already
    must_be_current(agreement)
    reply = agreement.replies.create(
        uuid=uuid,
        relative=relative,
        kind=AgreementReply.Kind.CHANGE,
        text=text,
        recorded_by=by,
    )
    audit.record("agreement.change_asked", by=by, about=agreement, reply=reply.pk)
    tell_contact_person(reply)
    return reply


@transaction.atomic
def answer_change(reply, *, answer, by):
    """Answer a relative in words, the agreement staying as it is.

    Raises AlreadyAnswered if somebody else has answered.
    """
    reply = AgreementReply.objects.select_for_update().get(pk=reply.pk)
    if reply.answered_at:
        if (reply.answered_by, reply.answer) == (by, answer):
            return
        raise AlreadyAnswered(reply)
    _answer(reply, answer=answer, by=by)
    tell_asker(reply)


def _answer(reply, *, answer, by):
    reply.answered_at, reply.answered_by, reply.answer = clock.now(), by, answer
    reply.save(update_fields=["answered_at", "answered_by", "answer"])
    audit.record("agreement.change_answered", by=by, about=reply)


def locked(agreement):
    """Two changes at once come one after the other."""
    return Agreement.objects.select_for_update().get(pk=agreement.pk)


def must_be_current(agreement):
    if not agreement.is_current:
        raise Overtaken(agreement.newest())
