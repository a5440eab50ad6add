"""Staff answer. What may be told is decided when it is sent, and again at each reading."""

from django.db import transaction

from community.actions.enquiries import Kind, Status, locked, note
from community.actions.notices import tell_sender
from community.models import EnquiryMessage
from community.readers import open_topics
from relatives.models import Relation
from residents import ledger

ToldBy = EnquiryMessage.ToldBy
WAYS = {
    ToldBy.PHONE: ledger.Way.PHONE,
    ToldBy.LETTER: ledger.Way.MAIL,
    ToldBy.VISIT: ledger.Way.VISIT,
}


class NotToBeTold(Exception):
    """The resident does not share the topic with the sender at this instant."""


class AnsweredMeanwhile(Exception):
    """Somebody has written in it since the page was opened."""


@transaction.atomic
def answer(
    enquiry, *, uuid, text, topic, by, seen, told_by=ToldBy.PORTAL, decides=False
):
    """Answer the sender alone, about one topic or about nothing of the resident.

    `seen`: how many messages the writer had read. `decides`: it is the manager's
    decision. The same uuid is the same answer. Raises NotToBeTold or AnsweredMeanwhile,
    and then nothing is sent.
    """
    enquiry = locked(enquiry)
    made = EnquiryMessage.objects.filter(uuid=uuid, enquiry=enquiry).first()
    if made:
        return made
    if enquiry.messages.count() != seen:
        raise AnsweredMeanwhile
    _must_be_open(enquiry, topic)
    message = _say(enquiry, uuid, text, topic, by, told_by, decides=decides)
    if topic and told_by in WAYS:
        ledger.told(enquiry.relation, [topic], by=by, way=WAYS[told_by])
    enquiry.status = Status.ANSWERED
    enquiry.owner = enquiry.owner or by
    enquiry.resident_knows = enquiry.resident_knows or bool(topic)
    enquiry.answers, enquiry.answered_at = enquiry.answers + 1, message.recorded_at
    if decides:
        enquiry.escalated_at = None
    enquiry.save()
    note(enquiry, Kind.DECIDED if decides else Kind.ANSWERED, by=by)
    tell_sender(enquiry, message)
    return message


def _must_be_open(enquiry, topic):
    if enquiry.relation_id:
        # Locks the questions, as recording and withdrawing an answer do.
        Relation.objects.select_for_update().get(pk=enquiry.relation_id)
    if topic and topic not in open_topics(enquiry):
        raise NotToBeTold


def _say(enquiry, uuid, text, topic, by, told_by, *, decides):
    kinds = EnquiryMessage.Kind
    return enquiry.messages.create(
        uuid=uuid,
        resident=enquiry.resident,
        kind=kinds.DECISION if decides else kinds.ANSWER,
        topic=topic,
        text=text,
        told_by=told_by,
        promised_by=None if enquiry.is_answered else enquiry.expected_by,
        recorded_by=by,
    )
