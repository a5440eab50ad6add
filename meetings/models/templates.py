"""What a conversation asks about, as rows. Written once a version, never edited."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.models import Home
from residents.topics import Topic


def in_readers_language(danish, english):
    """The questions are content: Danish, with an English translation beside it."""
    return english if get_language() == "en" and english else danish


class TemplateQuerySet(models.QuerySet):
    def for_home(self, home):
        """The home's own latest template, else the common one."""
        return (
            self.filter(Q(home=home) | Q(home=None))
            .order_by(models.F("home").asc(nulls_last=True), "-version")
            .first()
        )


class Template(models.Model):
    """One version of the questions. A conversation keeps the version it began with."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # None is the common template that every home starts from.
    home = models.ForeignKey(
        Home, models.PROTECT, null=True, blank=True, related_name="templates"
    )
    version = models.CharField(_("version"), max_length=20)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                "home",
                "version",
                name="one_template_a_version",
            ),
            # To a database no two empty homes are the same.
            models.UniqueConstraint(
                "version",
                condition=Q(home=None),
                name="one_common_template_a_version",
            ),
        ]

    def __str__(self):
        return self.version


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
        ]

    def __str__(self):
        return in_readers_language(self.text, self.text_en)

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
