from django.conf import settings
from django.db import models

from portal import chain, clock
from portal.refusals import Kept, Refused


class Digest(models.CharField):
    """The hash of what the line says, made as it is written, one by one or many."""

    def pre_save(self, instance, add):
        said = chain.digest(
            at=instance.at,
            actor=instance.actor_id,
            verb=instance.verb,
            subject=instance.subject,
            facts=instance.facts,
        )
        setattr(instance, self.attname, said)
        return said


class AuditEvent(models.Model):
    """Who did what, and when. Rows are added and never touched again.

    No foreign key to what the event is about: the log must outlive its subject. Each row
    holds fast to the one before it (portal.chain).
    """

    at = models.DateTimeField(default=clock.now, db_index=True)
    # Nobody is the portal itself: a command, a sweep.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    verb = models.CharField(max_length=50)
    subject = models.CharField(max_length=100)
    facts = models.JSONField(default=dict)
    digest = Digest(max_length=64, editable=False)
    # Given by the database, when the transaction commits.
    number = models.BigIntegerField(null=True, unique=True, editable=False)
    hash = models.CharField(max_length=64, editable=False, default="")

    kept = Kept(
        "What happened is never rewritten or removed.", closing=("number", "hash")
    )
    refused = [
        Refused(
            "INSERT",
            "The log numbers its lines itself.",
            dict.fromkeys(("sqlite", "postgresql"), "NEW.number IS NOT NULL"),
            name="numbered",
        ),
    ]

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["subject", "at"], name="events_of_a_subject"),
            models.Index(fields=["actor", "-id"], name="events_by_somebody"),
            models.Index(fields=["verb", "-id"], name="events_of_a_kind"),
        ]

    def __str__(self):
        return f"{self.actor or 'Samspil'} {self.verb} {self.subject}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("Audit events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Audit events are never deleted.")
