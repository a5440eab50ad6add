import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.conversations import managed
from meetings.models.expectations import Expectation
from portal import clock, walls
from portal.refusals import Kept
from residents.access import workplaces


class DisagreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever may see the wish that it is about."""
        return self.filter(
            expectation__in=Expectation.objects.visible_to(user).values("pk")
        )

    def open(self):
        return self.filter(talked_on=None)

    def to_talk_about(self, user):
        """Those that wait for the user: as contact person, or as manager."""
        own = Q(
            expectation__resident__contact_person=user,
            expectation__resident__department__in=workplaces(user),
        )
        return (
            self.open()
            .filter(own | managed(user, "expectation__resident__department"))
            .select_related("expectation__resident")
            .order_by("next_talk_on", "pk")
        )


class Disagreement(models.Model):
    """Two parties see one wish differently: both in their own words, and when they talk again.

    Source: Aarhus' relatives' policy ("i tilfælde, hvor vi ikke måtte være enige") and
    the codex's "giver plads til uenighed".
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    expectation = models.ForeignKey(
        Expectation, models.PROTECT, related_name="disagreements"
    )
    their_words = models.TextField(_("how they see it"), max_length=2_000)
    our_words = models.TextField(_("how we see it"), max_length=2_000)
    next_talk_on = models.DateField(_("we talk again on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    talked_on = models.DateField(_("we talked on"), null=True, editable=False)
    talked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    outcome = models.TextField(
        _("what came of it"), max_length=2_000, blank=True, editable=False
    )

    objects = DisagreementQuerySet.as_manager()

    kept = Kept(
        "How two parties saw it is never rewritten or removed.",
        closing=("talked_on", "talked_by_id", "outcome"),
    )
    wall = walls.Wall(walls.behind("meetings_expectation", "expectation_id"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(talked_on=None, talked_by=None)
                | Q(talked_on__isnull=False, talked_by__isnull=False) & ~Q(outcome=""),
                name="a_talk_about_it_has_an_outcome",
            )
        ]

    def __str__(self):
        return f"{self.expectation} ({self.next_talk_on})"

    @property
    def resident(self):
        return self.expectation.resident

    topic = Expectation.topic
