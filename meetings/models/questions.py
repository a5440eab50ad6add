"""What a conversation asks about, as rows. Written once a version, never edited."""

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meetings.models import frozen
from meetings.models.templates import Template
from residents.topics import Topic

# What the home adds has a key of its own, that no common question will ever have.
OWN = "ours-"


def in_readers_language(danish, english):
    """The questions are content: Danish, with an English translation beside it."""
    return english if get_language() == "en" and english else danish


class SectionQuerySet(models.QuerySet):
    def asked(self):
        """Those that are asked, with the questions that are. Two queries."""
        questions = Question.objects.filter(left_out=False)
        return self.filter(
            Exists(questions.filter(section=OuterRef("pk"))), left_out=False
        ).prefetch_related(Prefetch("questions", questions))


class Section(models.Model):
    """Some questions that belong together: one page while the conversation is held."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=100)
    title_en = models.CharField(max_length=100)
    intro = models.CharField(max_length=300, blank=True)
    intro_en = models.CharField(max_length=300, blank=True)
    # Named in Aarhus' minimum standard: every question gets an answer or a reason.
    minimum = models.BooleanField(default=False)
    # Asked only about residents below 18.
    minors_only = models.BooleanField(default=False)
    # The home does not ask it. It stays, so that it can be put back.
    left_out = models.BooleanField(default=False)

    objects = SectionQuerySet.as_manager()

    refused = frozen.OF_SECTIONS

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                "template", "key", name="one_section_of_that_key_a_template"
            ),
            models.UniqueConstraint(
                "template", "number", name="one_section_of_that_number_a_template"
            ),
        ]

    def __str__(self):
        return in_readers_language(self.title, self.title_en)

    @property
    def introduction(self):
        return in_readers_language(self.intro, self.intro_en)

    @property
    def is_own(self):
        return self.key.startswith(OWN)


class Question(models.Model):
    """One thing to talk about, and who may later read the answer."""

    class Kind(models.TextChoices):
        TEXT = "text", _("text")
        CHOICE = "choice", _("one of several")
        YES_NO = "yes_no", _("yes or no")
        DATE = "date", _("date")

    class Audience(models.TextChoices):
        TOPIC = "topic", _("those who may hear of the topic")
        EVERYBODY = "everybody", _("everybody who takes part")
        STAFF = "staff", _("staff only")

    class Before(models.TextChoices):
        NOBODY = "", _("nobody")
        RELATIVES = "relatives", _("the relatives")
        RESIDENT = "resident", _("the resident")
        BOTH = "both", _("both")

    section = models.ForeignKey(Section, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    text = models.CharField(max_length=200)
    text_en = models.CharField(max_length=200)
    help = models.CharField(max_length=300, blank=True)
    help_en = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXT)
    # Of a choice: [{"value", "da", "en"}].
    choices = models.JSONField(default=list, blank=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.TOPIC)
    topic = models.CharField(max_length=20, choices=Topic, blank=True)
    # Stands at the top of the paper: what can be dangerous.
    prominent = models.BooleanField(default=False)
    # Lines to write on in the form for handwriting.
    lines = models.PositiveSmallIntegerField(default=2)
    # Who is asked before the conversation already; of the home's own questions only.
    ask_before = models.CharField(max_length=10, choices=Before, blank=True)
    left_out = models.BooleanField(default=False)

    refused = frozen.OF_QUESTIONS

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                "section", "key", name="one_question_of_that_key_a_section"
            ),
            models.CheckConstraint(
                condition=Q(audience="topic", topic__in=Topic.values)
                | ~Q(audience="topic") & Q(topic=""),
                name="a_question_has_a_topic_or_another_audience",
            ),
            models.CheckConstraint(
                condition=Q(ask_before="")
                | Q(ask_before__in=["relatives", "resident", "both"])
                & ~Q(audience="staff"),
                name="what_is_for_staff_only_is_asked_of_nobody_before",
            ),
        ]

    def __str__(self):
        return in_readers_language(self.text, self.text_en)

    @property
    def is_own(self):
        return self.key.startswith(OWN)

    @property
    def hint(self):
        return in_readers_language(self.help, self.help_en)

    @property
    def options(self):
        """Value and word of each answer that can be ticked."""
        if self.kind == self.Kind.YES_NO:
            return [("yes", _("Yes")), ("no", _("No"))]
        return [
            (choice["value"], in_readers_language(choice["da"], choice["en"]))
            for choice in self.choices
        ]
