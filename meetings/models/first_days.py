import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.conversations import Conversation, managed
from portal import clock, walls
from portal.models import Home
from residents.access import StaffOnlyQuerySet, workplaces
from residents.models import Resident


def usual_days():
    """How many days after moving in: Aarhus' special attention, in three talks."""
    return [14, 42, 100]


class FirstDays(models.Model):
    """On which days after moving in one home talks with a new resident."""

    home = models.OneToOneField(Home, models.PROTECT, related_name="first_days")
    days = models.JSONField(default=usual_days)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.home}: {self.days}"

    @classmethod
    def of(cls, home):
        """The home's own days, or the usual ones."""
        found = cls.objects.filter(home=home).first()
        return found.days if found else usual_days()


class FirstTalkQuerySet(StaffOnlyQuerySet):
    def open(self):
        return self.filter(status=FirstTalk.Status.TO_DO)

    def to_hold(self, user):
        """Those that wait for the user: as contact person, or as manager."""
        own = Q(
            resident__contact_person=user, resident__department__in=workplaces(user)
        )
        return (
            self.open()
            .filter(own | managed(user, "resident__department"))
            .filter(
                Q(resident__moved_out_on=None)
                | Q(resident__moved_out_on__gt=clock.today())
            )
        )


class FirstTalk(models.Model):
    """One follow-up talk in the first hundred days: to hold, held, or declined.

    Source: Aarhus' recommendation of "en særlig opmærksomhed på borger og de pårørende i
    forbindelse med indflytning".
    """

    class Status(models.TextChoices):
        TO_DO = "to_do", _("to be held")
        HELD = "held", _("held")
        DECLINED = "declined", _("declined")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="first_talks")
    conversation = models.ForeignKey(
        Conversation, models.PROTECT, related_name="first_talks"
    )
    # How many days after moving in.
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField(_("day"))
    moved_why = models.TextField(_("why it was moved"), max_length=1_000, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.TO_DO
    )
    settled_on = models.DateField(_("when"), null=True)
    # Short minutes; or why not.
    words = models.TextField(_("short minutes"), max_length=4_000, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = FirstTalkQuerySet.as_manager()

    wall = walls.Wall(walls.of_staff())

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                "conversation", "number", name="one_first_talk_a_day"
            ),
            models.CheckConstraint(
                condition=Q(status="to_do", settled_on=None, settled_by=None)
                | ~Q(status="to_do")
                & Q(settled_on__isnull=False, settled_by__isnull=False)
                & ~Q(words=""),
                name="a_settled_first_talk_says_what_came_of_it",
            ),
        ]

    def __str__(self):
        return f"{self.resident}: {self.number}"
