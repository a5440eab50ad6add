from django.db import transaction

from meetings import papers
from meetings.models import Printout
from portal import audit, clock


@transaction.atomic
def print_record(conversation, *, by):
    """Keep the record as it reads now, for somebody takes it home on paper."""
    at = clock.now()
    printout = Printout.objects.create(
        conversation=conversation,
        content=papers.record(conversation, by=by, at=at),
        printed_by=by,
        printed_at=at,
    )
    audit.record(
        "conversation.printed", by=by, about=conversation, printout=printout.pk
    )
    return printout
