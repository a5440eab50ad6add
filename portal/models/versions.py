from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Version(models.Model):
    """One version of something that was written for others to read.

    Never overwritten: a correction is a new row that points back to the one it
    corrects. Readers see the latest and that it was corrected; staff see them all.
    """

    # Its word in the audit log: "news.recalled".
    logged_as: str

    # Chosen when the form is drawn, so that a second press of the button is the same row.
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    # What all versions share: where the page lives, whatever was corrected since.
    address = models.UUIDField(default=uuid4, db_index=True, editable=False)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="correction",
    )
    # When a correction took its place.
    replaced_at = models.DateTimeField(null=True, editable=False)
    recalled_at = models.DateTimeField(null=True, editable=False)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    recall_reason = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(recalled_at=None, recalled_by=None, recall_reason="")
                | Q(recalled_at__isnull=False, recalled_by__isnull=False)
                & ~Q(recall_reason=""),
                name="%(class)s_is_recalled_by_somebody_for_a_reason",
            )
        ]

    @property
    def is_correction(self):
        return self.corrects_id is not None
