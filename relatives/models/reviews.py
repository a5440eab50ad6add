import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock, walls
from portal.refusals import Kept


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the agreements that the user may see."""
        agreements = self.model.agreement.field.related_model.objects
        return self.filter(agreement__in=agreements.visible_to(user))


class Review(models.Model):
    """How an agreement went: whether it was kept, why not, and what comes of it.

    Belongs to the version that was looked at. Added, never rewritten.
    """

    class WasKept(models.TextChoices):
        KEPT = "kept", _("it was kept")
        PARTLY = "partly", _("it was kept in part")
        NOT = "not", _("it was not kept")

    class Outcome(models.TextChoices):
        CONTINUES = "continues", _("it continues")
        CHANGED = "changed", _("it is changed")
        ENDED = "ended", _("it ends")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agreement = models.ForeignKey(
        "relatives.Agreement", models.PROTECT, related_name="reviews"
    )
    # The day on which it was to be looked at, if one was agreed on.
    planned_on = models.DateField(null=True, editable=False)
    was_kept = models.CharField(_("was it kept?"), max_length=10, choices=WasKept)
    why = models.TextField(_("why"), max_length=1_000, blank=True)
    outcome = models.CharField(_("and now?"), max_length=10, choices=Outcome)
    next_on = models.DateField(_("we look at it again on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ReviewQuerySet.as_manager()

    wall = walls.Wall(walls.behind("relatives_agreement", "agreement_id"))
    kept = Kept("How an agreement went is never rewritten or removed.")

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(was_kept="kept") | ~Q(why=""),
                name="what_was_not_kept_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome="ended", next_on=None)
                | ~Q(outcome="ended") & Q(next_on__isnull=False),
                name="what_does_not_end_is_looked_at_again",
            ),
        ]

    def __str__(self):
        return f"{self.agreement}: {self.get_was_kept_display()}"
