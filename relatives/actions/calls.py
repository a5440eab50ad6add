"""Staff tell a relative something on the telephone, and write down what."""

from django.db import transaction

from relatives.actions.contacts import log_contact
from relatives.models import Contact, Relation, ToldTopic
from residents import ledger
from residents.topics import Topic


class NotToBeTold(Exception):
    """Some of the topics are closed at this instant: `topics` are those."""

    def __init__(self, topics):
        self.topics = topics


@transaction.atomic
def log_call(*, relation, told, uuid, by, **said):
    """Write one call down with the topics that were told. Returns the entry and whether
    it is new, as log_contact() does.

    What may be told is decided here and now, and not when the page was drawn. Raises
    NotToBeTold, and nothing is written.
    """
    # Locks the questions, as recording and withdrawing an answer do: a stop comes before
    # or after, never in between.
    Relation.objects.select_for_update().get(pk=relation.pk)
    made = Contact.objects.filter(uuid=uuid, recorded_by=by).first()
    if made:
        return made, False
    open_now = set(relation.tellings.values_list("topic", flat=True))
    closed = [Topic(topic) for topic in told if topic not in open_now]
    if closed:
        raise NotToBeTold(closed)
    contact, is_new = log_contact(
        resident=relation.resident,
        relative=relation.relative,
        uuid=uuid,
        by=by,
        **said,
    )
    if is_new:
        disclosed = ledger.told(relation, told, by=by, way=ledger.Way.PHONE)
        ToldTopic.objects.bulk_create(
            ToldTopic(
                contact=contact,
                topic=one.topic,
                ground=one.ground,
                ground_id=one.ground_id,
            )
            for one in disclosed
        )
    return contact, is_new
