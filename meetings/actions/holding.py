"""While the conversation is held: what is said is written down, and nothing is lost."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate

from meetings import sheet
from meetings.actions import first_days
from meetings.models import AgreementMade, Answer, Conversation, Question
from portal import audit
from relatives.actions.agreements import record_agreement
from residents import ledger


@dataclass
class Said:
    """What somebody wants to write as the answer to one question."""

    question: Question
    # The version they had before them when they began; 0 if there was none.
    seen: int
    value: str = ""
    text: str = ""
    answered_by: str = ""
    not_relevant: bool = False

    def says(self):
        return (self.value, self.text, self.answered_by, self.not_relevant)


class Overtaken(Exception):
    """Somebody else has answered some of the questions meanwhile.

    `answers` are theirs, by question. Nothing has been written.
    """

    def __init__(self, answers):
        super().__init__()
        self.answers = answers


class PassedOver(Exception):
    """The minimum standard asks it: an answer, or a reason why it is not relevant.

    `questions` are those that would have neither. Nothing has been written.
    """

    def __init__(self, questions):
        super().__init__()
        self.questions = questions


@transaction.atomic
def save_answers(conversation, *, said, by):
    """Write what is new as the next version of each answer; returns how many there were.

    Raises Overtaken if somebody else has changed what is to be changed, and PassedOver if
    an answer that a held conversation must have would be gone.
    """
    # Two who save at once come one after the other.
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    known = {}
    for answer in (
        conversation.answers.filter(question__in=[one.question for one in said])
        .select_related("question", "recorded_by")
        .order_by("version")
    ):
        known.setdefault(answer.question_id, []).append(answer)
    latest = {question: versions[-1] for question, versions in known.items()}
    new = [one for one in said if _is_new(one, known.get(one.question.pk, []))]
    overtaken = {
        one.question.pk: latest[one.question.pk]
        for one in new
        if one.seen != _version(latest.get(one.question.pk))
        and one.question.pk in latest
    }
    if overtaken:
        raise Overtaken(overtaken)
    if locked.status == Conversation.Status.HELD and (emptied := _emptied(new)):
        raise PassedOver(emptied)
    Answer.objects.bulk_create(
        Answer(
            conversation=conversation,
            question=one.question,
            version=_version(latest.get(one.question.pk)) + 1,
            value=one.value,
            text=one.text,
            answered_by=one.answered_by,
            not_relevant=one.not_relevant,
            recorded_by=by,
        )
        for one in new
    )
    if new:
        audit.record(
            "conversation.answered",
            by=by,
            about=conversation,
            questions=sorted(one.question.pk for one in new),
        )
    return len(new)


@transaction.atomic
def finish(
    conversation, *, held_at, minutes, participation, participation_note, by, attendance
):
    """The conversation has been held. `attendance`: see record_attendance.

    Raises PassedOver while something that the minimum standard asks has no answer.
    """
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    gaps = sheet.missing(sheet.of(conversation))
    if gaps and conversation.status == Conversation.Status.PLANNED:
        lines = (line for page in gaps for line in page.lines)
        raise PassedOver([one.question for one in lines if not one.is_answered])
    conversation.status = Conversation.Status.HELD
    conversation.held_at, conversation.minutes = held_at, minutes
    conversation.participation = participation
    conversation.participation_note = participation_note
    conversation.save(
        update_fields=[
            "status",
            "held_at",
            "minutes",
            "participation",
            "participation_note",
        ]
    )
    record_attendance(conversation, attendance, at=held_at, by=by)
    first_days.lay_down(conversation, held_on=localdate(held_at))
    audit.record("conversation.held", by=by, about=conversation)
    return conversation


def record_attendance(meeting, attendance, *, at, by):
    """A word for each participant's key, in the transaction that finishes the meeting.

    Those of the family who were there heard what was said: that is in the ledger, as far
    as something let them be there then (Participant.ground_at).
    """
    grounds = {}
    for participant in meeting.participants.with_names():
        participant.attendance = attendance.get(participant.pk, "")
        participant.save(update_fields=["attendance"])
        if participant.relation and participant.was_there:
            grounds[participant.relation] = participant.ground_at(at)
    allowed = {relation: why for relation, why in grounds.items() if why}
    ledger.met(meeting, allowed, by=by, at=at)


@transaction.atomic
def agree(meeting, *, uuid, by, question=None, **details):
    """Record an agreement that comes out of the meeting; twice is once.

    `details` and what it raises: relatives.actions.agreements.record_agreement.
    """
    agreement = record_agreement(resident=meeting.resident, uuid=uuid, by=by, **details)
    link_agreement(meeting, agreement=agreement, question=question, by=by)
    return agreement


@transaction.atomic
def link_agreement(meeting, *, agreement, by, question=None):
    """The agreement came out of this meeting. Twice is once.

    Raises ValueError if it is another resident's.
    """
    if agreement.resident_id != meeting.resident_id:
        raise ValueError("The agreement is about another resident.")
    kind = meeting._meta.model_name
    made, created = AgreementMade.objects.get_or_create(
        agreement=agreement,
        defaults={kind: meeting, "question": question},
    )
    if created:
        audit.record(f"{kind}.agreed", by=by, about=meeting, agreement=agreement.pk)
    return made


def is_untouched(one, versions):
    """Whether it is what stood there when its writer began: they wrote elsewhere."""
    before = next((answer for answer in versions if answer.version == one.seen), None)
    if before is None:
        return not (one.value or one.text)
    return one.says() == before.says()


def _is_new(one, versions):
    """Not what stands there already, nor what somebody saw there and left alone."""
    stands = versions and one.says() == versions[-1].says()
    return not (stands or is_untouched(one, versions))


def _emptied(new):
    return [
        one.question
        for one in new
        if one.question.section.minimum and not (one.value or one.text)
    ]


def _version(answer):
    return answer.version if answer else 0
