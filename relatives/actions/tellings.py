"""Staff tell a relative something, and write down what: on whichever way."""

from django.db import transaction

from relatives.actions.contacts import log_contact
from relatives.models import Contact, Relation, ToldTopic
from residents import ledger
from residents.topics import Topic

WAYS = {
    Contact.Channel.PHONE: ledger.Way.PHONE,
    Contact.Channel.VISIT: ledger.Way.VISIT,
    Contact.Channel.MESSAGE: ledger.Way.MAIL,
    Contact.Channel.MEETING: ledger.Way.MEETING,
}


class NotToBeTold(Exception):
    """Some of the topics are closed at this instant: `topics` are those."""

    def __init__(self, topics):
        self.topics = topics


@transaction.atomic
def log_telling(*, relation, told, uuid, by, leaving_out_closed=False, **said):
    """Write one contact down with the topics that were told. Returns the entry and
    whether it is new, as log_contact() does.

    What may be told is decided here and now, and not when the page was drawn. Nobody is
    told anything who is no `relation` of the resident. Raises NotToBeTold, and nothing is
    written; or leaves those topics out, for they are recorded as told without consent.
    """
    if not told:
        return log_contact(uuid=uuid, by=by, **said)
    if relation:
        # Locks the questions, as recording and withdrawing an answer do: a stop comes
        # before or after, never in between.
        Relation.objects.select_for_update().get(pk=relation.pk)
    made = Contact.objects.filter(uuid=uuid, recorded_by=by).first()
    if made:
        return made, False
    closed = _closed(relation, told)
    if closed and not leaving_out_closed:
        raise NotToBeTold(closed)
    contact, is_new = log_contact(uuid=uuid, by=by, **said)
    told = [topic for topic in told if topic not in closed]
    if is_new and told:
        _tell(contact, relation, told, by=by)
    return contact, is_new


def _closed(relation, told):
    open_now = (
        set(relation.tellings.values_list("topic", flat=True)) if relation else ()
    )
    return [Topic(topic) for topic in told if topic not in open_now]


def _tell(contact, relation, told, *, by):
    disclosed = ledger.told(relation, told, by=by, way=WAYS[contact.channel])
    ToldTopic.objects.bulk_create(
        ToldTopic(
            contact=contact,
            topic=one.topic,
            ground=one.ground,
            ground_id=one.ground_id,
        )
        for one in disclosed
    )
