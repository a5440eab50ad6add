import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock, walls
from relatives.models.agreement_queries import AgreementQuerySet
from relatives.models.parts import Doer, no_child
from relatives.models.people import Relative
from residents.models import Resident
from residents.topics import Topic


class Agreement(models.Model):
    """What resident, relatives and staff have agreed on: one thing, about one topic.

    Never rewritten: a changed agreement is a new one that replaces it.
    """

    Responsible = Doer

    class Involvement(models.TextChoices):
        """How much say the relatives have (Københavns Kommune, Aabenraa)."""

        INFORM = "inform", _("are told")
        INVOLVE = "involve", _("are asked")
        DEVELOP = "develop", _("find a way together with us")
        DECIDE = "decide", _("decide together with us")

    class Participation(models.TextChoices):
        """How the resident took part in making it."""

        SELF = "self", _("agreed to it themselves")
        SUPPORT = "support", _("agreed to it with support")
        REPRESENTED = "represented", _("somebody spoke for the resident")
        NOT = "not", _("could not take part")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="agreements")
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    text = models.TextField(_("what we agree on"), max_length=2_000)
    goal = models.CharField(_("what it is for"), max_length=300, blank=True)
    reason = models.TextField(_("why"), max_length=1_000, blank=True)
    involvement = models.CharField(
        _("the relatives' say"), max_length=10, choices=Involvement, blank=True
    )
    participation = models.CharField(
        _("the resident's part"), max_length=12, choices=Participation, blank=True
    )
    participation_note = models.CharField(
        _("why the resident could not take part"), max_length=300, blank=True
    )
    responsible = models.CharField(
        _("responsible"), max_length=20, choices=Responsible, default=Responsible.STAFF
    )
    responsible_relative = models.ForeignKey(
        Relative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("which relative"),
    )
    responsible_other = models.CharField(_("who"), max_length=100, blank=True)
    due_on = models.DateField(_("no later than"), null=True, blank=True)
    follow_up_on = models.DateField(_("we look at it again on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    ended_on = models.DateField(_("ended on"), null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="replaced_by",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = AgreementQuerySet.as_manager()

    wall = walls.Wall(walls.shared())
    refused = (no_child("responsible_relative_id"),)

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        indexes = [
            models.Index(
                fields=["resident", "topic", "-recorded_at", "-id"],
                name="agreements_by_topic",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="agreement_topic_is_known"
            ),
            models.CheckConstraint(
                condition=Q(responsible="relative", responsible_relative__isnull=False)
                | ~Q(responsible="relative") & Q(responsible_relative=None),
                name="a_responsible_relative_is_a_certain_one",
            ),
            models.CheckConstraint(
                condition=~Q(participation="not") | ~Q(participation_note=""),
                name="a_resident_who_took_no_part_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(responsible="other") | ~Q(responsible_other=""),
                name="a_responsible_other_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None)
                | Q(done_on__isnull=False, done_by__isnull=False),
                name="agreement_is_done_according_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by=None)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
                name="agreement_is_ended_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.resident}: {self.get_topic_display()}"

    @property
    def successor(self):
        """The version that replaced this one, if any."""
        return getattr(self, "replaced_by", None)

    @property
    def is_current(self):
        return self.ended_on is None and self.successor is None

    @property
    def is_overdue(self):
        return bool(
            self.is_current
            and self.done_on is None
            and self.due_on
            and self.due_on < clock.today()
        )

    def is_task_of(self, relative):
        """Whether the relative sees to it or helps."""
        return (
            self.responsible_relative_id == relative.pk
            or self.parts.filter(relative=relative).exists()
        )

    def newest(self):
        """Its latest version: itself, until it is changed."""
        agreement = self
        while agreement.successor:
            agreement = agreement.successor
        return agreement
