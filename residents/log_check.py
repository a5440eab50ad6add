"""Whether both logs hold: asked by a command, and by itself once a day.

The answer of each day is a line of the audit log itself, and the head of the chain is sent
to those who protect the data: a head that lies in a mailbox shows that the log was cut.
"""

import logging
from dataclasses import dataclass

from portal import audit, chain, clock, outbox
from portal.models import AuditEvent, Employment
from residents import sealing

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Verdict:
    holds: bool
    # One line, in English, for whoever runs the portal.
    words: str
    head: chain.Head | None = None


def check(noted=None):
    """Walk along the whole chain and below every seal. `noted`: a Head noted before."""
    events = AuditEvent.objects.all()
    try:
        head = chain.walk(events, noted=noted)
        sealed = sealing.walk()
    except chain.Broken as broken:
        return Verdict(holds=False, words=f"BROKEN: {broken}")
    return Verdict(
        holds=True,
        words=f"The log holds: {head.number} lines in the chain, {sealed} rows of the access log"
        f" sealed, {sealing.unsealed().count()} not sealed yet. Head {head}",
        head=head,
    )


def check_daily():
    """Once a day: write down whether both hold, and send the head away."""
    verdict = check()
    facts = {"head": str(verdict.head)} if verdict.holds else {"why": verdict.words}
    last = AuditEvent.objects.order_by("pk").last()
    if last is None:
        return verdict
    audit.record(
        audit.HOLDS if verdict.holds else audit.BROKEN, by=None, about=last, **facts
    )
    for job in Employment.objects.protecting().select_related("user"):
        outbox.post(
            "log-head",
            to=job.user,
            key=f"log-head:{clock.today()}:{job.user_id}",
            head=str(verdict.head or ""),
            holds=verdict.holds,
        )
    if not verdict.holds:
        log.error(verdict.words)
    return verdict
