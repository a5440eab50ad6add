import datetime as dt
import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock, walls
from portal.models import Home
from portal.refusals import Kept
from residents.models.lookups import Lookup

# GDPR art. 33(1): not later than 72 hours after having become aware of it.
HOURS = 72


class IncidentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the homes whose data the user protects or which they run, and one's own."""
        homes = [home.pk for home in user.homes_protected]
        homes += [
            job.home_id for job in user.employments_in_force if user.runs(job.home)
        ]
        return self.filter(models.Q(home__in=homes) | models.Q(reported_by=user))

    def undecided(self):
        """Those about which nobody has told the authority, or decided that it need not be."""
        return self.exclude(steps__kind__in=IncidentStep.ENDS_THE_CLOCK)


class Incident(models.Model):
    """Something went wrong with people's data (GDPR art. 33). Reported once, kept as it was.

    What came of it is a row of its own each time: the register that art. 33(5) asks for.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    home = models.ForeignKey(Home, models.PROTECT, related_name="incidents")
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField(default=clock.now)
    discovered_at = models.DateTimeField()
    what = models.TextField(max_length=2_000)
    whose = models.CharField(max_length=300, blank=True)
    how_many = models.PositiveIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )

    objects = IncidentQuerySet.as_manager()

    kept = Kept("What went wrong is never rewritten or removed.")
    wall = walls.Wall(
        f"reported_by_id = portal_reader() OR {walls.of_protection()}"
        f" OR {walls.of_running('residents_incident.home_id')}"
    )

    class Meta:
        ordering = ["-discovered_at", "-pk"]

    def __str__(self):
        return f"{self.discovered_at:%Y-%m-%d %H:%M}"

    @property
    def due_at(self):
        """When the authority must have been told, if it has to be."""
        return self.discovered_at + dt.timedelta(hours=HOURS)

    @property
    def hours_left(self):
        """Whole hours; below nought when the time has run out."""
        return int((self.due_at - clock.now()).total_seconds() // 3600)


class IncidentStep(models.Model):
    """What was judged or done about an incident. Added, never rewritten."""

    class Kind(models.TextChoices):
        NOTE = "note", _("A note")
        NO_RISK = "no_risk", _("No risk to the people: Datatilsynet need not be told")
        RISK = "risk", _("A risk to the people: Datatilsynet must be told")
        AUTHORITY_TOLD = "authority_told", _("Datatilsynet has been told")
        PEOPLE_TOLD = "people_told", _("The people have been told")
        CLOSED = "closed", _("The incident is closed")

    # GDPR art. 33(1): unless a risk is unlikely.
    ENDS_THE_CLOCK = (Kind.NO_RISK, Kind.AUTHORITY_TOLD)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="steps")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField(max_length=2_000)
    # Whose data it was, or who saw it, as the logs say.
    lookup = models.ForeignKey(
        Lookup, models.PROTECT, null=True, blank=True, related_name="incident_steps"
    )

    kept = Kept("What was done about an incident is never rewritten or removed.")
    wall = walls.Wall(
        walls.behind(
            "residents_incident",
            "incident_id",
            f"{walls.of_protection('whole.home_id')}"
            f" OR {walls.of_running('whole.home_id')}",
        )
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.incident_id} {self.kind}"
