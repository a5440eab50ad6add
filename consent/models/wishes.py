import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock, walls
from relatives.models import Relation
from residents.access import StaffOnlyQuerySet
from residents.models import Resident
from residents.topics import Topic


class TalkWishQuerySet(StaffOnlyQuerySet):
    def visible_to(self, user):
        """For the resident, and those who care for them; for no relative."""
        return super().visible_to(user) | self.filter(
            resident__in=Resident.objects.of(user)
        )

    def of(self, resident):
        return self.filter(resident=resident)

    def open(self):
        return self.filter(talked_at=None)


class TalkWish(models.Model):
    """The resident wants to talk with somebody before they answer.

    A press of a button and no words: what it is about is a relative and a topic, or
    neither. It waits with the staff until somebody has talked with the resident.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="talk_wishes")
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Topic, blank=True)
    # Pressed on a page that an employee had open together with the resident.
    together = models.BooleanField(default=False)
    wished_at = models.DateTimeField(default=clock.now)
    wished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    talked_at = models.DateTimeField(null=True, editable=False)
    talked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = TalkWishQuerySet.as_manager()

    wall = walls.Wall(f"{walls.of_staff()} OR {walls.of_resident()}")

    class Meta:
        ordering = ["wished_at", "pk"]
        verbose_name = _("wish to talk")
        verbose_name_plural = _("wishes to talk")
        constraints = [
            models.CheckConstraint(
                condition=Q(talked_at=None, talked_by=None)
                | Q(talked_at__isnull=False, talked_by__isnull=False),
                name="somebody_has_talked_at_some_time",
            )
        ]

    def __str__(self):
        return f"{self.resident} {self.wished_at:%Y-%m-%d}"
