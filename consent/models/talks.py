import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal import walls
from portal.refusals import Kept
from relatives.models import Representation
from residents.access import StaffOnlyQuerySet
from residents.models import Resident


class ConsentTalkQuerySet(StaffOnlyQuerySet):
    def lacking_paper(self):
        """Answered on paper, and the paper has not been scanned yet."""
        return self.filter(form=ConsentTalk.Form.PAPER, scans=None)


class ConsentTalk(models.Model):
    """The talk in which a resident was asked, and how: what makes the answers provable.

    Fields after FHIR Consent and ISO/TS 17975; informed and specific after
    forvaltningsloven § 28, stk. 3; written form after sundhedsloven § 44.
    """

    class GivenAs(models.TextChoices):
        SELF = "self", _("the resident")
        CUSTODY = "custody", _("holder of custody")
        LEGAL_GUARDIAN = "legal_guardian", _("legal guardian")
        FUTURE_POWER = "future_power", _("holder of a future power of attorney")
        # Co-guardianship (værgemålsloven § 7): neither can say yes alone.
        JOINTLY = "jointly", _("the resident and a co-guardian together")

    class Capacity(models.TextChoices):
        """Of these questions on this day; never a mark on the person (R8 of the rules)."""

        CLEAR = "clear", _("understood the questions")
        DOUBT = "doubt", _("there was doubt")
        NOT = "not", _("did not understand the questions")

    class Form(models.TextChoices):
        WRITTEN = "written", _("in the portal")
        PAPER = "paper", _("on signed paper")
        ORAL = "oral", _("said aloud")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="consent_talks")
    given_by = models.CharField(
        _("who answered"), max_length=20, choices=GivenAs, default=GivenAs.SELF
    )
    representation = models.ForeignKey(
        Representation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The other holder of shared custody, without whom the first gives no consent.
    agreed_too = models.ForeignKey(
        Representation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    capacity = models.CharField(
        _("were the questions understood"), max_length=10, choices=Capacity, blank=True
    )
    capacity_note = models.TextField(
        _("does the resident understand this question"), blank=True
    )
    how_informed = models.TextField(_("how the resident was told"), blank=True)
    how_expressed = models.TextField(_("how the answer was shown"), blank=True)
    form = models.CharField(_("form"), max_length=10, choices=Form)
    oral_reason = models.TextField(_("why it is not in writing"), blank=True)
    witness = models.CharField(_("who was present"), max_length=200, blank=True)
    text_version = models.CharField(max_length=40)
    text_shown = models.TextField()
    # Staff opened the resident's page together with the resident.
    together = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ConsentTalkQuerySet.as_manager()
    kept = Kept("A talk is never rewritten or removed.", free=("uuid",))

    # And to those who hold it: the resident, and whoever answers for them.
    wall = walls.Wall(
        f"{walls.of_staff()} OR {walls.of_resident()}"
        " OR recorded_by_id = portal_reader()"
    )

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(form="oral") | ~Q(oral_reason=""),
                name="a_consent_said_aloud_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(form="oral") | ~Q(witness=""),
                name="a_consent_said_aloud_has_a_witness",
            ),
            models.CheckConstraint(
                condition=Q(given_by="self") | Q(representation__isnull=False),
                name="whoever_answers_for_another_has_a_representation",
            ),
            models.CheckConstraint(
                condition=Q(agreed_too=None)
                | Q(given_by="custody") & ~Q(agreed_too=F("representation")),
                name="only_another_holder_of_custody_agrees_too",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.recorded_at:%Y-%m-%d}"

    @property
    def is_not_understood(self):
        """Asked of the resident, who did not understand the questions that day."""
        return self.given_by == self.GivenAs.SELF and self.capacity == self.Capacity.NOT
