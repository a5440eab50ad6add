"""Who got which version of a record, when, how, and on what."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from meetings.models.printouts import Printout
from portal import clock, walls
from portal.refusals import Kept
from relatives.models import Relation
from residents.access import shared_with, workplaces
from residents.models import Resident
from residents.topics import Topic

# The reader is the relative it was handed to, whose relation stands, in the portal.
HANDED_TO_THE_READER = """how = 'portal' AND closed_at IS NULL AND relation_id IN (
    SELECT tie.id FROM relatives_relation tie
      JOIN relatives_relative own ON own.id = tie.relative_id
     WHERE own.user_id = portal_reader() AND tie.ended_at IS NULL)"""


class HandOutQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff's and the resident's all; a relative's own while something of it is shared.

        Asked anew each time: what the resident takes back closes the link at once.
        """
        shared = ExtractItem.objects.filter(shared_with(user), hand_out=OuterRef("pk"))
        return self.filter(
            Q(resident__department__in=workplaces(user))
            | Q(resident__in=Resident.objects.of(user).values("pk"))
            | Q(
                Exists(shared),
                how=HandOut.How.PORTAL,
                closed_at=None,
                relation__relative__user=user.pk,
                relation__ended_at=None,
            )
        )

    def handed_to(self, user):
        """What the user reads as a relative, wherever they work."""
        return self.visible_to(user).filter(
            how=HandOut.How.PORTAL, relation__relative__user=user.pk
        )


class HandOut(models.Model):
    """Somebody got a version of the record, or the extract of it that is for them."""

    class Kind(models.TextChoices):
        RESIDENT = "resident", _("the resident")
        RELATIVE = "relative", _("a relative")
        OTHER = "other", _("somebody else")

    class How(models.TextChoices):
        PORTAL = "portal", _("in the portal")
        PAPER = "paper", _("on paper, by hand")
        POST = "post", _("by post")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    printout = models.ForeignKey(Printout, models.PROTECT, related_name="hand_outs")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="+")
    kind = models.CharField(_("to whom"), max_length=10, choices=Kind)
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    how = models.CharField(_("how"), max_length=10, choices=How)
    # What allows it: [topic, ground, number of its row] for a relative, else the law.
    grounds = models.JSONField(default=list)
    law = models.CharField(_("on which law"), max_length=200, blank=True)
    # What stands around the items of an extract; no word of the conversation.
    content = models.JSONField(default=dict)
    handed_at = models.DateTimeField(default=clock.now, editable=False)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    # What was opened in the portal can be closed again, by hand.
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    closed_why = models.CharField(_("why"), max_length=300, blank=True)

    objects = HandOutQuerySet.as_manager()

    kept = Kept(
        "Who got a paper is never rewritten or removed.",
        closing=("closed_at", "closed_by_id", "closed_why"),
        free=("uuid",),
    )
    wall = walls.Wall(
        f"{walls.of_staff()} OR {walls.of_resident('resident_id')}"  # noqa: S608 -- our own words
        f" OR ({HANDED_TO_THE_READER}) AND resident_id IN"
        " (SELECT opened.resident FROM portal_reader_topics() opened)"
    )

    class Meta:
        ordering = ["-handed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="relative", relation__isnull=False, name="")
                | Q(kind="resident", relation=None, name="")
                | Q(kind="other", relation=None) & ~Q(name="") & ~Q(law=""),
                name="a_paper_is_handed_to_one_person_on_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, closed_why="")
                | Q(
                    kind="relative",
                    how="portal",
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                )
                & ~Q(closed_why=""),
                name="what_is_closed_says_by_whom_and_why",
            ),
        ]

    def __str__(self):
        return f"{self.printout}: {self.recipient}"

    @property
    def can_be_closed(self):
        """Only what stands in the portal: paper is out of the house."""
        return (
            self.kind == self.Kind.RELATIVE
            and self.how == self.How.PORTAL
            and self.closed_at is None
        )

    @property
    def recipient(self):
        """Who got it, by name."""
        if self.kind == self.Kind.RESIDENT:
            return str(self.resident)
        return str(self.relation.relative) if self.relation else self.name


class ExtractItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Item by item: what the user sees of what was handed to them."""
        hand_outs = HandOut.objects.visible_to(user).values("pk")
        return self.filter(
            Q(resident__department__in=workplaces(user)) | shared_with(user),
            hand_out__in=hand_outs,
        )


class ExtractItem(models.Model):
    """One answer or agreement of an extract, as it read in that version.

    Rows and not one text, so that each is decided about by itself at every opening: a
    topic that the resident shares no more is gone from what was handed out too.
    """

    hand_out = models.ForeignKey(HandOut, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="+")
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    # When it was said or agreed on: some consents open only what is later.
    recorded_at = models.DateTimeField()
    # The heading it stands under; empty for an agreement.
    section = models.CharField(max_length=100, blank=True)
    content = models.JSONField()

    objects = ExtractItemQuerySet.as_manager()

    kept = Kept("What a paper said is never rewritten or removed.")
    wall = walls.Wall(
        f"({walls.shared()}) AND {walls.behind('meetings_handout', 'hand_out_id')}"
    )

    class Meta:
        ordering = ["hand_out", "number"]
        constraints = [
            models.UniqueConstraint(
                "hand_out", "number", name="an_extract_has_one_item_a_number"
            ),
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="extract_topic_is_known"
            ),
        ]

    def __str__(self):
        return f"{self.hand_out}: {self.number}"
