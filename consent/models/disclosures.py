import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal import clock, walls
from portal.refusals import Kept
from relatives.models import Relation
from residents.access import workplaces
from residents.models import Resident
from residents.topics import Topic

# As the owner, for the wall of one table stands on the other.
WAS_TOLD = """
CREATE OR REPLACE FUNCTION portal_was_told(number bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ BEGIN
  RETURN EXISTS (SELECT 1 FROM consent_dutymet met
                  WHERE met.disclosure_id = number AND met.kind = 'told');
END $$;
"""


class UnconsentedDisclosureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For those who care for the resident; for the resident once they were told."""
        departments = workplaces(user)
        return self.filter(
            Q(resident__department__in=departments)
            | Q(resident__in=Resident.objects.of(user), told__kind=DutyMet.Kind.TOLD)
        )

    def current(self):
        """Each in its latest version."""
        return self.filter(corrected_by=None)

    def known_to_the_resident(self):
        """As the resident was told it: a version stands until the next one is told."""
        return self.filter(told__kind=DutyMet.Kind.TOLD).exclude(
            corrected_by__told__kind=DutyMet.Kind.TOLD
        )

    def untold(self):
        """Those about which the resident has still to be told."""
        return self.current().filter(told=None)


class UnconsentedDisclosure(models.Model):
    """Something that was told although the resident had not said yes to it.

    Evidence of one telling and no permission: nothing that decides about access reads
    it. Health: sundhedsloven § 43, stk. 2; all else: forvaltningsloven § 28, stk. 2. The
    resident is told as soon as possible (§ 43, stk. 4), and until then the duty is open.
    """

    class Ground(models.TextChoices):
        HEALTH_LAW = "health_law", _("Health: another law demands it (§ 43(2) no. 1)")
        HEALTH_INTERESTS = (
            "health_interests",
            _("Health: weighty reasons outweigh silence (§ 43(2) no. 2)"),
        )
        HEALTH_SUPERVISION = (
            "health_supervision",
            _("Health: an authority inspects (§ 43(2) no. 3)"),
        )
        LAW = "law", _("Not health: another law demands it (§ 28(2) no. 2)")
        INTERESTS = (
            "interests",
            _("Not health: weighty reasons clearly outweigh silence (§ 28(2) no. 3)"),
        )
        # No law let it be told: a breach, which the resident hears of all the same.
        MISTAKE = "mistake", _("None: it should not have been told")

    OF_HEALTH = (
        Ground.HEALTH_LAW,
        Ground.HEALTH_INTERESTS,
        Ground.HEALTH_SUPERVISION,
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="unconsented_disclosures"
    )
    # To whom: one of the resident's own, or somebody else by name.
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recipient = models.CharField(_("to whom"), max_length=200, blank=True)
    topics = models.JSONField(_("topics"), default=list)
    what = models.TextField(_("what was told"))
    ground = models.CharField(_("ground"), max_length=20, choices=Ground)
    why = models.TextField(_("why it was necessary"))
    decided_by = models.CharField(_("who decided it"), max_length=200)
    profession = models.CharField(_("profession"), max_length=100, blank=True)
    happened_at = models.DateTimeField(_("when"))
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="corrected_by"
    )
    correction_reason = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UnconsentedDisclosureQuerySet.as_manager()
    kept = Kept("What was told without consent is never rewritten or removed.")

    wall = walls.Wall(
        f"{walls.of_staff()} OR ({walls.of_resident()} AND portal_was_told(id))",
        function=WAS_TOLD,
    )

    class Meta:
        ordering = ["-happened_at", "-pk"]
        verbose_name = _("disclosure without consent")
        verbose_name_plural = _("disclosures without consent")
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__isnull=False, recipient="")
                | Q(relation=None) & ~Q(recipient=""),
                name="a_disclosure_is_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(
                    ground__in=["health_law", "health_interests", "health_supervision"]
                )
                | ~Q(profession=""),
                name="a_health_professional_decides_about_health",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, correction_reason="")
                | Q(corrects__isnull=False) & ~Q(correction_reason=""),
                name="a_corrected_disclosure_says_why",
            ),
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("recorded_at")),
                name="a_disclosure_has_happened",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.happened_at:%Y-%m-%d}"

    @property
    def to_whom(self):
        return str(self.relation) if self.relation else self.recipient

    @property
    def topics_in_words(self):
        return [topic.label for topic in Topic if topic in self.topics]

    @property
    def how_told(self):
        """How the duty to tell the resident was met, or None while it is open."""
        return getattr(self, "told", None)

    @property
    def is_overtaken(self):
        return hasattr(self, "corrected_by")


class DutyMet(models.Model):
    """The resident was told of a disclosure; or a manager decided, and why, that not."""

    class Kind(models.TextChoices):
        TOLD = "told", _("The resident was told")
        EXEMPT = "exempt", _("The law lets us not tell")

    disclosure = models.OneToOneField(
        UnconsentedDisclosure, models.PROTECT, related_name="told"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    told_on = models.DateField(null=True)
    # How the resident was told; or which law lets us not tell, and why.
    how = models.TextField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    kept = Kept("How a resident was told is never rewritten or removed.")

    wall = walls.Wall(walls.behind("consent_unconsenteddisclosure", "disclosure_id"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="told", told_on__isnull=False)
                | Q(kind="exempt", told_on=None),
                name="whoever_was_told_was_told_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(how=""), name="the_duty_to_tell_is_met_somehow"
            ),
        ]

    def __str__(self):
        return f"{self.disclosure}: {self.kind}"
