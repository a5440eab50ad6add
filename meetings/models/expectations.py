"""What each party expects of the others, and what becomes of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from meetings.models.accepted import accepted_relations
from meetings.models.conversations import managed
from portal import clock, walls
from portal.refusals import Kept
from relatives.models import Relation
from relatives.walls import about_one
from residents.access import StaffOnlyQuerySet, workplaces
from residents.models import Resident
from residents.topics import Topic


class ExpectationQuerySet(StaffOnlyQuerySet):
    def visible_to(self, user):
        """All of them for staff and the resident; for a relative only their own.

        And that only while the resident accepts that the relative takes part.
        """
        own = Q(relation__in=accepted_relations(user))
        return self.filter(
            Q(resident__department__in=workplaces(user))
            | Q(resident__in=Resident.objects.of(user))
            | own
        )

    def standing(self):
        return self.filter(ended_at=None)

    def written_to_us(self):
        """By the relatives themselves, and not answered yet."""
        return self.standing().filter(
            ~Exists(ExpectationReply.objects.filter(expectation=OuterRef("pk"))),
            relation__relative__user=F("recorded_by"),
        )

    def to_answer(self, user):
        """Those of them that wait for the user: as contact person, or as manager."""
        own = Q(
            resident__contact_person=user, resident__department__in=workplaces(user)
        )
        return (
            self.written_to_us()
            .filter(own | managed(user, "resident__department"))
            .select_related("resident")
            .order_by("pk")
        )

    def with_answers(self):
        return self.select_related(
            "relation__relative", "recorded_by"
        ).prefetch_related("replies__recorded_by", "disagreements__recorded_by")


class Expectation(models.Model):
    """One wish by one party in its own words (documents.md Q; "Gensidighed").

    It is answered "can", "can partly" or "cannot, because"; the latest answer counts, and
    those before it stay.
    """

    class Party(models.TextChoices):
        RESIDENT = "resident", _("the resident")
        RELATIVES = "relatives", _("the relatives")
        HOME = "home", _("the home")

    # What the access log calls it: what was said in meetings.
    topic = Topic.MEETINGS

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="expectations")
    party = models.CharField(_("who expects it"), max_length=10, choices=Party)
    # Of a relative's wish: whose it is.
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("in their own words"), max_length=2_000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = ExpectationQuerySet.as_manager()

    kept = Kept(
        "A wish is taken off the list, never rewritten or removed.",
        closing=("ended_at", "ended_by_id"),
    )
    wall = walls.Wall(
        f"{walls.of_staff()} OR {walls.of_resident()} OR "
        + about_one(
            "relatives_relation",
            "relation_id",
            walls.of_relative("whole.relative_id"),
        )
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(party="relatives", relation__isnull=False)
                | ~Q(party="relatives") & Q(relation=None),
                name="a_relatives_expectation_is_one_relatives",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="an_expectation_is_ended_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.get_party_display()}: {self.text[:40]}"

    @property
    def whose(self):
        return str(self.relation.relative) if self.relation else ""

    @property
    def is_by_themselves(self):
        """The relative has written it, and not somebody who listened."""
        own = self.relation and self.relation.relative.user_id
        return bool(own and own == self.recorded_by_id)

    @property
    def answer(self):
        """The latest answer, or None."""
        return next(reversed(self.replies.all()), None)

    @property
    def earlier_answers(self):
        return list(self.replies.all())[:-1]


class ExpectationReply(models.Model):
    """What can become of a wish. A new answer is a new row."""

    class Kind(models.TextChoices):
        CAN = "can", _("can")
        PARTLY = "partly", _("can partly")
        CANNOT = "cannot", _("cannot")

    BADGES = {Kind.CAN: "success", Kind.PARTLY: "warning", Kind.CANNOT: "error"}

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    expectation = models.ForeignKey(Expectation, models.PROTECT, related_name="replies")
    kind = models.CharField(_("answer"), max_length=10, choices=Kind)
    because = models.TextField(_("because"), max_length=2_000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    kept = Kept("An answer to a wish is never rewritten or removed.")
    wall = walls.Wall(walls.behind("meetings_expectation", "expectation_id"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="can") | ~Q(because=""),
                name="what_cannot_be_done_has_a_reason",
            )
        ]

    def __str__(self):
        return f"{self.expectation}: {self.get_kind_display()}"

    @property
    def badge(self):
        return self.BADGES[self.kind]
