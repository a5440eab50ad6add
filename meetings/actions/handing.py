"""Handing out a version of the record, or the extract of it that is for one relative."""

from django.db import transaction

from meetings.actions import notices
from meetings.models import ExtractItem, HandOut
from meetings.papers import extract
from portal import audit, clock
from residents import ledger


class NothingToHandOut(Exception):
    """At this instant the relative may have nothing of what the version says."""


@transaction.atomic
def hand_to_relative(printout, *, relation, how, uuid, by):
    """The relative gets what they may see now, and nothing else. Twice is once.

    Raises NothingToHandOut. What is handed over on paper has been told, and stands in
    the access log; what is opened in the portal is logged when it is read.
    """
    grants = extract.opened_to(relation, how)
    items, _left_out = extract.sorted_out(printout, relation=relation, grants=grants)
    if not items:
        raise NothingToHandOut
    topics = {item.topic for item in items}
    hand_out, created = _hand_out(
        printout,
        uuid=uuid,
        by=by,
        kind=HandOut.Kind.RELATIVE,
        relation=relation,
        how=how,
        grounds=[
            [topic, ground, number]
            for topic, _since, ground, number in grants
            if topic in topics
        ],
    )
    if created:
        _keep(hand_out, items)
        if how == HandOut.How.PORTAL:
            notices.tell_handed(hand_out)
        else:
            ledger.told(relation, topics, by=by, way=ledger.Way.PRINT)
    return hand_out


@transaction.atomic
def hand_to_resident(printout, *, how, uuid, by):
    """The whole record is the resident's own. Twice is once."""
    hand_out, created = _hand_out(
        printout, uuid=uuid, by=by, kind=HandOut.Kind.RESIDENT, how=how
    )
    if created:
        _keep(hand_out, list(extract.everything(printout.content)))
    return hand_out


@transaction.atomic
def hand_to_other(printout, *, name, law, how, uuid, by):
    """Somebody whom a law gives the whole record, on paper. Twice is once."""
    hand_out, _created = _hand_out(
        printout, uuid=uuid, by=by, kind=HandOut.Kind.OTHER, name=name, law=law, how=how
    )
    return hand_out


@transaction.atomic
def close(hand_out, *, why, by):
    """The relative cannot open it any more, from this moment. Twice is once.

    That it was handed out stays, with who closed it and why.
    """
    closed = HandOut.objects.filter(pk=hand_out.pk, closed_at=None).update(
        closed_at=clock.now(), closed_by=by, closed_why=why
    )
    if closed:
        audit.record("conversation.hand_out_closed", by=by, about=hand_out)


def _hand_out(printout, *, uuid, by, relation=None, **details):
    at = clock.now()
    hand_out, created = HandOut.objects.get_or_create(
        uuid=uuid,
        defaults={
            "printout": printout,
            "resident": printout.conversation.resident,
            "relation": relation,
            "content": extract.head(printout, at=at, by=by, relation=relation),
            "handed_at": at,
            "handed_by": by,
            **details,
        },
    )
    if created:
        audit.record(
            "conversation.handed_out",
            by=by,
            about=printout.conversation,
            hand_out=hand_out.pk,
        )
    return hand_out, created


def _keep(hand_out, items):
    ExtractItem.objects.bulk_create(
        ExtractItem(
            hand_out=hand_out,
            number=number,
            resident=hand_out.resident,
            topic=item.topic,
            recorded_at=item.at,
            section=item.section,
            content=item.content,
        )
        for number, item in enumerate(items, start=1)
    )
