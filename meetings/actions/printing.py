import hashlib

from django.db import transaction

from meetings import papers
from meetings.models import Conversation, Printout
from meetings.papers import changes
from portal import audit, clock, pdf


@transaction.atomic
def print_record(conversation, *, by):
    """Freeze the record as it reads now: the next version, which says what is new.

    If nothing has changed since the latest version, it is that one again.
    """
    # Two who print at once come one after the other.
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    at = clock.now()
    content = papers.record(conversation, by=by, at=at)
    latest = conversation.printouts.order_by("-number").defer("paper").first()
    if latest and changes.is_same(latest.content, content):
        return latest
    content["number"] = latest.number + 1 if latest else 1
    content["changes"] = changes.since(latest, content) if latest else None
    printout = Printout.objects.create(
        conversation=conversation,
        number=content["number"],
        content=content,
        printed_by=by,
        printed_at=at,
    )
    audit.record(
        "conversation.printed", by=by, about=conversation, printout=printout.pk
    )
    return printout


def drawn(printout):
    """The paper of this version: drawn the first time, the same bytes ever after.

    Raises what portal.pdf.render raises; the words are kept all the same.
    """
    if printout.drawn_at:
        return bytes(printout.paper)
    paper = pdf.render(papers.TEMPLATE, printout.content)
    keep_drawn(printout, paper)
    return paper


def keep_drawn(printout, paper):
    """This is the paper of the version, known by its digest from now on."""
    # Two who draw it at once draw the same, and only the first one is kept.
    Printout.objects.filter(pk=printout.pk, drawn_at=None).update(
        drawn_at=clock.now(), paper=paper, sha256=hashlib.sha256(paper).hexdigest()
    )
