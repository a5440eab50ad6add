import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community import walls as own_walls
from community.models.enquiries import Enquiry, mine
from portal import clock, walls
from portal.refusals import Kept
from relatives.models import Relation
from residents.access import shared_with, workplaces
from residents.models import Resident
from residents.topics import Topic


class EnquiryMessageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Decided at this instant, message by message: see docs/decisions/0019.

        One's own words always; of ours what tells nothing of the resident, and what
        the resident shares with the reader; of another's only what is shared. The
        resident reads all that tells of them, and the words that were not between us.
        """
        own_words = (
            Q(relation__relative__user=user) if user.sight is None else Q(pk__in=[])
        )
        of_oneself = Q(resident__in=Resident.objects.of(user)) & (
            Q(enquiry__between_us=False) | ~Q(topic="") & Q(is_question=False)
        )
        told = Q(topic="", is_question=False) | shared_with(user)
        return self.filter(
            Q(resident__department__in=workplaces(user))
            | own_words
            | of_oneself
            | mine(user, "enquiry__") & told
        )


class EnquiryMessage(models.Model):
    """What somebody has said in an enquiry. Added, never changed.

    The topic of an answer is what it tells of the resident; an empty one, that it tells
    nothing. The topic of the sender's words is that of the matter: it decides whether
    somebody else who takes part may read them.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        ANSWER = "answer", _("answer")
        DECISION = "decision", _("the manager's decision")

    class ToldBy(models.TextChoices):
        """How it reaches whoever has no log-in."""

        PORTAL = "portal", _("in the portal")
        PHONE = "phone", _("on the telephone")
        LETTER = "letter", _("by letter")
        VISIT = "visit", _("when we met")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="messages")
    # The enquiry's, once more, for the gate.
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    is_question = models.BooleanField(editable=False)
    # Whose words they are, of those outside; the resident's own and the staff's have none.
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Topic, blank=True)
    text = models.TextField(_("text"), max_length=10_000)
    told_by = models.CharField(max_length=10, choices=ToldBy, default=ToldBy.PORTAL)
    # The promise that this answer kept or broke; None: nothing was waiting for it.
    promised_by = models.DateField(null=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = EnquiryMessageQuerySet.as_manager()

    kept = Kept("What was said is never rewritten or removed.")
    wall = walls.Wall(own_walls.MESSAGE)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["recorded_at"],
                condition=Q(promised_by__isnull=False),
                name="promises_to_answer",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="question", is_question=True)
                | ~Q(kind="question") & Q(is_question=False),
                name="a_question_is_a_question",
            ),
            models.CheckConstraint(
                condition=Q(topic="") | Q(topic__in=Topic.values),
                name="topic_of_a_message_is_known",
            ),
        ]

    def __str__(self):
        return f"{self.enquiry}: {self.get_kind_display()}"

    def save(self, *args, **kwargs):
        self.is_question = self.kind == self.Kind.QUESTION
        super().save(*args, **kwargs)
