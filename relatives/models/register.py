import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock, walls
from portal.models import Home

# What has been looked at and not said yes to is forgotten.
KEPT_FOR = dt.timedelta(days=1)


class RegisterUploadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, for a day; nobody sees what another has uploaded."""
        return self.filter(by=user, uploaded_at__gt=clock.now() - KEPT_FOR)

    def forgotten(self):
        return self.filter(uploaded_at__lte=clock.now() - KEPT_FOR)


class RegisterUpload(models.Model):
    """A register that somebody has uploaded and not yet said yes to.

    Kept here and not in the session: it is large, and it must be nobody else's. There is
    no CPR number in it, only digests (portal.cpr). What was read is deleted by the
    import itself; the counts stay a day, for the receipt.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    home = models.ForeignKey(Home, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)
    # relatives.register.sheets.Register, as JSON.
    read = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    imported_at = models.DateTimeField(null=True)
    # Kind, and how many were new, changed, unchanged.
    counts = models.JSONField(default=dict)

    objects = RegisterUploadQuerySet.as_manager()

    # What others have left lying is forgotten by the worker (relatives.tasks).
    wall = walls.Wall("by_id = portal_reader()")

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("uploaded register")
        verbose_name_plural = _("uploaded registers")

    def __str__(self):
        return f"{self.home} {self.uploaded_at:%Y-%m-%d}"
