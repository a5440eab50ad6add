import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import walls
from portal.models import Department
from residents.models.log import AccessEvent


class SampledReadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The samples of the departments that the user manages."""
        return self.filter(
            department__in=Department.objects.numbers_of_management(user)
        )

    def waiting(self):
        return self.filter(verdict="")


class SampledRead(models.Model):
    """One row of the access log, drawn at random for the manager to look at.

    Datatilsynet, "Logning af brugernes anvendelser af personoplysninger": random samples
    against snooping.
    """

    class Verdict(models.TextChoices):
        IN_ORDER = "in_order", _("In order")
        ASK = "ask", _("I will ask about it")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    # The first day of the month that it was drawn from.
    month = models.DateField()
    event = models.OneToOneField(AccessEvent, models.PROTECT, related_name="sampled")
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    looked_at = models.DateTimeField(null=True)

    objects = SampledReadQuerySet.as_manager()

    wall = walls.Wall(
        "department_id = ANY ((SELECT portal_reader_departments())::bigint[])"
    )

    class Meta:
        ordering = ["-month", "department", "pk"]
        indexes = [
            models.Index(fields=["department", "month"], name="samples_of_a_month")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", looked_by=None, looked_at=None)
                | Q(looked_by__isnull=False, looked_at__isnull=False) & ~Q(verdict=""),
                name="a_sampled_read_is_judged_by_somebody",
            )
        ]

    def __str__(self):
        return f"{self.month:%Y-%m} {self.event_id}"
