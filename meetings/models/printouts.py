import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models.conversations import BY_STAFF_ALONE, Conversation
from portal import clock, walls
from portal.refusals import Kept


class PrintoutQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever may see the conversation may know that it was printed."""
        return self.filter(
            conversation__in=Conversation.objects.visible_to(user).values("pk")
        )

    def listed(self):
        """Without the words and the paper, which may be large."""
        return self.defer("content", "paper")


class Printout(models.Model):
    """One version of the record: the same paper again, whatever changes later.

    The words are kept the moment it is made, the drawn paper as soon as there is one.
    Drawing the same words gives the same bytes, so the digest says which version
    somebody has in hand.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, models.PROTECT, related_name="printouts"
    )
    number = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    printed_at = models.DateTimeField(default=clock.now, editable=False)
    drawn_at = models.DateTimeField(null=True, editable=False)
    paper = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = PrintoutQuerySet.as_manager()

    kept = Kept(
        "A version of the record is never rewritten or removed.",
        closing=("drawn_at", "paper", "sha256"),
        free=("uuid",),
    )
    wall = walls.Wall(
        walls.behind("meetings_conversation", "conversation_id", BY_STAFF_ALONE)
    )

    class Meta:
        ordering = ["-printed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "conversation", "number", name="a_record_has_one_next_version"
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None, paper=None, sha256="")
                | Q(drawn_at__isnull=False, paper__isnull=False) & ~Q(sha256=""),
                name="a_drawn_paper_is_there_with_its_digest",
            ),
        ]

    def __str__(self):
        return f"{self.conversation} {self.number}"

    @property
    def is_newest(self):
        """Whether no later version says something else."""
        later = Printout.objects.filter(
            conversation=self.conversation_id, number__gt=self.number
        )
        return not later.exists()
