import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock, walls
from portal.models import Home
from portal.refusals import Kept
from residents.models.log import AccessEvent
from residents.models.residents import Resident
from residents.topics import Topic


class LookupQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the homes whose data the user protects, and of the homes they run."""
        homes = [home.pk for home in user.homes_protected]
        homes += [
            job.home_id for job in user.employments_in_force if user.runs(job.home)
        ]
        return self.filter(home__in=homes)


class Lookup(models.Model):
    """Somebody looked something up in the logs, and why. Kept as the logs themselves are.

    The question is kept, and not the answer: who is looked at today may be told more by
    the same question tomorrow.
    """

    class Kind(models.TextChoices):
        SAW = "saw", _("Who saw it?")
        LOOKED = "looked", _("What did somebody see?")
        COULD = "could", _("Who could have seen it?")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    home = models.ForeignKey(Home, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    # Without a constraint: the log must outlive its subject.
    resident = models.ForeignKey(
        Resident,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Of who could have seen it: the instant, twice.
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=AccessEvent.Way, blank=True)
    topic = models.CharField(max_length=20, choices=Topic, blank=True)
    why = models.CharField(max_length=300)

    objects = LookupQuerySet.as_manager()

    kept = Kept("Who has looked into the logs is never rewritten or removed.")
    wall = walls.Wall(
        f"by_id = portal_reader() OR {walls.of_protection()}"
        f" OR {walls.of_running('residents_lookup.home_id')}"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="looked", person__isnull=False, resident=None)
                | Q(kind__in=["saw", "could"], person=None, resident__isnull=False),
                name="a_lookup_is_about_a_resident_or_a_person",
            )
        ]

    def __str__(self):
        return f"{self.by_id} {self.kind} {self.at:%Y-%m-%d}"
