from django.conf import settings
from django.db import models

from portal.refusals import Kept


class AuditEvent(models.Model):
    """Who did what, and when. Rows are added and never touched again.

    No foreign key to what the event is about: the log must outlive its subject.
    """

    at = models.DateTimeField(auto_now_add=True)
    # Nobody is the portal itself: a command, a sweep.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    verb = models.CharField(max_length=50)
    subject = models.CharField(max_length=100)
    facts = models.JSONField(default=dict)

    kept = Kept("What happened is never rewritten or removed.")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["subject", "at"], name="events_of_a_subject")]

    def __str__(self):
        return f"{self.actor or 'Samspil'} {self.verb} {self.subject}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("Audit events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Audit events are never deleted.")
