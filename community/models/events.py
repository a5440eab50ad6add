"""What happens to an enquiry: who took it, who was asked, what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community import walls as own_walls
from community.models.enquiries import Enquiry
from portal import clock, walls
from portal.refusals import Kept
from relatives.models import Relation


class EnquiryEvent(models.Model):
    """One step of an enquiry. Staff alone read them; the sender reads how it stands."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("received")
        TAKEN = "taken", _("took it")
        ASSIGNED = "assigned", _("gave it to a colleague")
        ANSWERED = "answered", _("answered")
        REOPENED = "reopened", _("was written to again")
        SETTLED = "settled", _("noted that no answer is needed")
        ESCALATED = "escalated", _("asked the manager to decide")
        DECIDED = "decided", _("decided")
        MADE_INTO = "made_into", _("made something of it")
        LET_IN = "let_in", _("let somebody else read along")
        LEFT = "left", _("let somebody read along no more")

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    # To whom it was given.
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Why the manager is asked.
    note = models.TextField(max_length=2_000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    kept = Kept("What has happened to an enquiry is never rewritten or removed.")
    wall = walls.Wall(own_walls.EVENT)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.enquiry}: {self.kind}"


class ParticipantQuerySet(models.QuerySet):
    def of(self, user):
        """Where the user takes part, as the relative who was named."""
        if user.sight is not None or not getattr(user, "relative", None):
            return self.none()
        return self.filter(
            relation__relative__user=user,
            relation__ended_at=None,
            left_at=None,
        )


class Participant(models.Model):
    """Another relative, by name, with the sender's yes. What they read, consent decides."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="participants")
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)

    objects = ParticipantQuerySet.as_manager()

    kept = Kept("Who took part is never rewritten or removed.", closing=("left_at",))
    wall = walls.Wall(own_walls.PARTICIPANT)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "enquiry",
                "relation",
                condition=Q(left_at=None),
                name="one_takes_part_in_an_enquiry_once",
            )
        ]

    def __str__(self):
        return f"{self.enquiry}: {self.relation}"
