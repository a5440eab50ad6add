import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.meetings import Meeting
from meetings.walls import of_work
from portal import clock, walls
from relatives.models import Relation
from relatives.walls import about_one
from residents.access import workplaces
from residents.models import Resident


class MeetingReplyQuerySet(models.QuerySet):
    def at_work_of(self, user):
        """What staff read of who comes. Relatives never read each other's answers."""
        places = workplaces(user)
        return self.filter(
            Q(meeting__in=Meeting.objects.at_work_of(user).values("pk"))
            & (
                Q(relation__resident__department__in=places)
                | Q(resident__department__in=places)
            )
        )

    def own(self, user):
        return self.filter(
            Q(relation__relative__user=user) | Q(resident__in=Resident.objects.of(user))
        )


class MeetingReply(models.Model):
    """“I come” or “I cannot come”, by one relative or by the resident; the latest counts."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="replies")
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="+"
    )
    coming = models.BooleanField(_("comes"))
    # To which of the meeting's times: moved, the answer is to another.
    sequence = models.PositiveSmallIntegerField(editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(default=clock.now, editable=False)

    objects = MeetingReplyQuerySet.as_manager()

    wall = walls.Wall(
        walls.behind("meetings_meeting", "meeting_id", of_work("whole"))
        + f" OR {walls.of_resident()} OR "
        + about_one(
            "relatives_relation", "relation_id", walls.of_relative("whole.relative_id")
        )
    )

    class Meta:
        ordering = ["-coming", "pk"]
        constraints = [
            models.UniqueConstraint(
                "meeting", "relation", name="a_relative_answers_a_meeting_once"
            ),
            models.UniqueConstraint(
                "meeting", "resident", name="a_resident_answers_a_meeting_once"
            ),
            models.CheckConstraint(
                condition=Q(relation__isnull=False, resident=None)
                | Q(relation=None, resident__isnull=False),
                name="one_person_answers_a_meeting",
            ),
        ]

    def __str__(self):
        return f"{self.who}: {self.coming}"

    @property
    def who(self):
        return str(self.relation.relative if self.relation_id else self.resident)
