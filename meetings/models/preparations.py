"""What somebody has thought of before the conversation."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.accepted import accepted_relations
from meetings.models.conversations import BY_STAFF_ALONE, Conversation
from portal import clock, walls
from relatives.models import Relation
from relatives.walls import about_one
from residents.access import workplaces
from residents.models import Resident
from residents.topics import Topic

CONVERSATION = ("meetings_conversation", "conversation_id")


class PreparationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For the writer, and what has been sent for staff; for nobody else.

        A relative's only while the resident accepts that relative. What the resident has
        begun, staff may go on with together with the resident.
        """
        at_work = Q(conversation__resident__department__in=workplaces(user))
        of_residents = Q(relation=None)
        return self.filter(
            at_work & (Q(sent_at__isnull=False) | of_residents)
            | Q(relation__in=accepted_relations(user))
            | of_residents & Q(conversation__resident__in=Resident.objects.of(user))
        )

    def sent(self):
        return self.exclude(sent_at=None)

    def with_answers(self):
        return self.select_related(
            "relation__relative", "conversation__resident", "written_by"
        ).prefetch_related("answers")


class Preparation(models.Model):
    """One person's preparation for one conversation: sent, or taken back and not sent."""

    # What the access log calls it.
    topic = Topic.MEETINGS

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation, models.PROTECT, related_name="preparations"
    )
    # None: the resident's own.
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # An employee, when the resident prepared together with one.
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    together = models.BooleanField(_("together with staff"), default=False)
    # The resident wrote, on a screen that an employee had lent out (consent.together).
    on_lent_screen = models.BooleanField(default=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = PreparationQuerySet.as_manager()

    wall = walls.Wall(
        walls.behind(*CONVERSATION, BY_STAFF_ALONE)
        + " AND (sent_at IS NOT NULL OR relation_id IS NULL) OR relation_id IS NULL AND "
        + walls.behind(*CONVERSATION, walls.of_resident("whole.resident_id"))
        + " OR "
        + about_one(
            "relatives_relation", "relation_id", walls.of_relative("whole.relative_id")
        )
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "conversation", "relation", name="a_relative_prepares_once"
            ),
            models.UniqueConstraint(
                "conversation",
                condition=Q(relation=None),
                name="a_resident_prepares_once",
            ),
            models.CheckConstraint(
                condition=Q(on_lent_screen=False) | Q(together=True, relation=None),
                name="on_a_lent_screen_the_resident_prepares_together",
            ),
        ]

    def __str__(self):
        return f"{self.conversation}: {self.who}"

    @property
    def resident(self):
        return self.conversation.resident

    @property
    def who(self):
        """Whose words they are."""
        if self.relation_id:
            return f"{self.relation.relative} ({self.relation.get_kind_display()})"
        return str(self.conversation.resident)


class Prepared(models.Model):
    """The answer to one of the questions (meetings.preparing)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    preparation = models.ForeignKey(Preparation, models.CASCADE, related_name="answers")
    key = models.SlugField(max_length=40)
    text = models.TextField(max_length=5_000)

    wall = walls.Wall(walls.behind("meetings_preparation", "preparation_id"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "preparation", "key", name="prepared_once_a_question"
            )
        ]

    def __str__(self):
        return f"{self.preparation}: {self.key}"
