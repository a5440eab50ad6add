"""An enquiry is made into something that outlives it; both know of each other."""

import uuid as uuids

from django.db import transaction

from community.actions.enquiries import Kind, locked, note
from community.models import Outcome
from relatives.actions import agreements
from relatives.actions.contacts import log_contact
from relatives.models import Contact
from residents.topics import Topic


@transaction.atomic
def log(enquiry, *, by):
    """As an entry of the contact log, with the words that were written. Once only."""
    enquiry = locked(enquiry)
    relation = enquiry.relation
    first = enquiry.messages.first()
    contact, is_new = log_contact(
        # The same enquiry is the same entry, whoever presses.
        uuid=uuids.uuid5(enquiry.uuid, "contact"),
        by=by,
        resident=enquiry.resident,
        relative=relation.relative if relation else None,
        other_person="" if relation else str(enquiry.resident),
        channel=Contact.Channel.MESSAGE,
        topic=enquiry.topic or Topic.DAILY,
        note=f"{enquiry.subject}\n\n{first.text}"[:10_000],
        happened_at=enquiry.received_at,
    )
    if is_new:
        enquiry.outcomes.create(contact=contact, made_by=by)
        note(enquiry, Kind.MADE_INTO, by=by)
    return contact


@transaction.atomic
def agree(enquiry, *, uuid, by, **agreement):
    """As an agreement, which those are asked to confirm who may read it."""
    enquiry = locked(enquiry)
    made = agreements.record_agreement(
        resident=enquiry.resident, uuid=uuid, by=by, **agreement
    )
    if not Outcome.objects.filter(agreement=made).exists():
        enquiry.outcomes.create(agreement=made, made_by=by)
        note(enquiry, Kind.MADE_INTO, by=by)
    return made
