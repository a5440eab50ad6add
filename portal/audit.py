from portal.models import AuditEvent

# What the daily walk along the log ended with.
HOLDS, BROKEN = "log.holds", "log.broken"


def record(verb, *, by, about, **facts):
    """Add one line to the audit log, in the caller's transaction.

    `facts` are ids, dates and categories, never what was said.
    """
    AuditEvent.objects.create(
        actor=by,
        verb=verb,
        subject=f"{about._meta.label_lower}:{about.pk}",
        facts=facts,
    )


def record_many(verb, *, by, about, **facts):
    """The same line about many rows, in one statement."""
    AuditEvent.objects.bulk_create(
        AuditEvent(
            actor=by,
            verb=verb,
            subject=f"{row._meta.label_lower}:{row.pk}",
            facts=facts,
        )
        for row in about
    )


def last_check():
    """The line about the newest walk along the log; None before the first."""
    checks = AuditEvent.objects.filter(verb__in=[HOLDS, BROKEN])
    return checks.order_by("-pk").first()


def is_broken():
    """Whether the newest walk along the log ended where it should not."""
    newest = last_check()
    return newest is not None and newest.verb == BROKEN
