import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from meetings.models import answered
from meetings.models.conversations import BY_STAFF_ALONE, Conversation
from meetings.models.questions import Question
from portal import clock, walls
from relatives.models import Agreement


class Answer(models.Model):
    """What was said to one question, in one version. A change is the next version.

    Two people who change the same version at once meet at the constraint: the second is
    shown both texts and decides.
    """

    class AnsweredBy(models.TextChoices):
        RESIDENT = "resident", _("the resident")
        RELATIVE = "relative", _("a relative for the resident")
        STAFF = "staff", _("staff")

    conversation = models.ForeignKey(
        Conversation, models.PROTECT, related_name="answers"
    )
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    version = models.PositiveSmallIntegerField()
    # Of a choice, a yes or no, a date (ISO).
    value = models.CharField(max_length=20, blank=True)
    text = models.TextField(max_length=20_000, blank=True)
    answered_by = models.CharField(
        _("who answered"), max_length=10, choices=AnsweredBy, blank=True
    )
    not_relevant = models.BooleanField(_("not relevant"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    wall = walls.Wall(
        walls.behind("meetings_conversation", "conversation_id", BY_STAFF_ALONE)
    )
    refused = answered.OF_ANSWERS

    class Meta:
        ordering = ["question", "version"]
        constraints = [
            models.UniqueConstraint(
                "conversation",
                "question",
                "version",
                name="an_answer_has_one_next_version",
            ),
            models.CheckConstraint(
                condition=Q(not_relevant=False) | ~Q(text=""),
                name="what_is_not_relevant_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.conversation}: {self.question} ({self.version})"

    @property
    def is_given(self):
        """Something was said, or there is a reason why not."""
        return bool(self.value or self.text)

    @property
    def value_in_words(self):
        """What was ticked, or the day."""
        if self.question.kind == Question.Kind.DATE and self.value:
            return date_format(dt.date.fromisoformat(self.value), "DATE_FORMAT")
        return str(dict(self.question.options).get(self.value, ""))

    def says(self):
        """What can be changed about it."""
        return (self.value, self.text, self.answered_by, self.not_relevant)


class AgreementMade(models.Model):
    """An agreement that came out of the conversation, or of another meeting."""

    conversation = models.ForeignKey(
        Conversation, models.PROTECT, null=True, related_name="agreements_made"
    )
    meeting = models.ForeignKey(
        "Meeting", models.PROTECT, null=True, related_name="agreements_made"
    )
    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="made_at")
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="+"
    )

    wall = walls.Wall(
        walls.behind("meetings_conversation", "conversation_id", BY_STAFF_ALONE)
        + " OR "
        + walls.behind("meetings_meeting", "meeting_id", BY_STAFF_ALONE)
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(conversation__isnull=False, meeting=None)
                | Q(conversation=None, meeting__isnull=False),
                name="an_agreement_was_made_at_one_meeting",
            )
        ]

    def __str__(self):
        return f"{self.conversation or self.meeting}: {self.agreement}"
