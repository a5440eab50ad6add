import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock, walls
from relatives.models.people import Relative
from residents.access import workplaces
from residents.models import Resident


class AgreementReplyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who care for the resident, the resident, and whoever said it.

        One relative never learns what another has said.
        """
        departments = workplaces(user)
        # By way of the field, for agreements know of replies and not the other way round.
        agreements = self.model.agreement.field.related_model.objects
        own = Q(relative__user=user) & Q(agreement__in=agreements.shared_with(user))
        return self.filter(
            Q(agreement__resident__department__in=departments)
            | Q(agreement__resident__in=Resident.objects.of(user))
            | own
        )

    def at_work_of(self, user):
        """Those about residents the user cares for."""
        return self.filter(agreement__resident__department__in=workplaces(user))

    def unanswered(self):
        """What relatives ask for and nobody has dealt with."""
        return self.filter(kind__in=AgreementReply.ASKING, answered_at=None)

    def known_to(self, user):
        """The same as visible_to(), for replies to agreements that the user sees anyway."""
        return self.filter(
            Q(agreement__resident__department__in=workplaces(user))
            | Q(agreement__resident__user=user)
            | Q(relative__user=user)
        )

    def too_much(self):
        """Of these the tasks that are too much, until somebody has talked with them."""
        return self.unanswered().filter(kind=AgreementReply.Kind.TOO_MUCH)


class AgreementReply(models.Model):
    """What a relative says to an agreement: agreed, please change it, or too much for me."""

    class Kind(models.TextChoices):
        AGREED = "agreed", _("read and agreed")
        CHANGE = "change", _("asks for a change")
        TOO_MUCH = "too_much", _("says that it is too much")

    # What waits for an answer.
    ASKING = (Kind.CHANGE, Kind.TOO_MUCH)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agreement = models.ForeignKey(
        "relatives.Agreement", models.PROTECT, related_name="replies"
    )
    relative = models.ForeignKey(Relative, models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(_("what should be different"), max_length=2_000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    # Set when staff have dealt with it: by a new version, or by a talk.
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    answer = models.TextField(_("our answer"), max_length=2_000, blank=True)

    objects = AgreementReplyQuerySet.as_manager()

    # Of an agreement in sight; and of other relatives' words not one.
    wall = walls.Wall(
        walls.behind("relatives_agreement", "agreement_id")
        + f" AND ({walls.of_relative()} OR "
        + walls.behind(
            "relatives_agreement",
            "agreement_id",
            walls.of_staff("whole.resident_id")
            + " OR "
            + walls.of_resident("whole.resident_id"),
        )
        + ")"
    )

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        indexes = [
            models.Index(
                fields=["agreement"],
                condition=Q(kind__in=["change", "too_much"], answered_at=None),
                name="wishes_yet_to_answer",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="change") | ~Q(text=""),
                name="a_change_says_what_should_be_different",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="reply_is_answered_by_somebody_at_some_time",
            ),
        ]

    def __str__(self):
        return f"{self.relative}: {self.get_kind_display()}"
