import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consent.models.talks import ConsentTalk
from portal import clock, walls
from portal.refusals import Kept
from relatives.models import Relation
from relatives.walls import about_one, of_relation
from residents.access import workplaces


class ScannedPaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Only for those who care for the resident: it may show more than the answers."""
        return self.filter(talk__resident__department__in=workplaces(user))

    def listed(self):
        """Without the picture itself, which may be large."""
        return self.defer("content")


class ScannedPaper(models.Model):
    """The signed paper of a talk, as it was scanned or photographed.

    In the database and not beside it, so that it is there if and only if the talk is,
    and comes along in every backup.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        JPEG = "jpeg", "JPEG"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    talk = models.ForeignKey(ConsentTalk, models.PROTECT, related_name="scans")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    content = models.BinaryField()
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    scanned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    scanned_at = models.DateTimeField(default=clock.now)

    objects = ScannedPaperQuerySet.as_manager()
    kept = Kept("A signed paper is never rewritten or removed.", free=("uuid",))

    wall = walls.Wall(
        about_one("consent_consenttalk", "talk_id", walls.of_staff("whole.resident_id"))
    )

    class Meta:
        ordering = ["scanned_at", "pk"]
        verbose_name = _("scanned paper")
        verbose_name_plural = _("scanned papers")
        constraints = [
            models.UniqueConstraint("talk", "sha256", name="a_paper_is_scanned_once")
        ]

    def __str__(self):
        return f"{self.talk} {self.kind}"


class PrintedQuestionsQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(relation__resident__department__in=workplaces(user))


class PrintedQuestions(models.Model):
    """The questions about one relative as they were printed once, to be answered by hand.

    The code on the paper leads back to it: the same words stand in the record when the
    answers are entered, whatever the portal asks by then.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=8, unique=True)
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="+")
    topics = models.JSONField(_("topics"))
    text_version = models.CharField(max_length=40)
    # The words of the paper (consent.paper.words).
    content = models.JSONField()
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    printed_at = models.DateTimeField(default=clock.now)
    # The answers that stood on it, once they have been entered.
    entered_at = models.DateTimeField(null=True, editable=False)
    talk = models.OneToOneField(
        ConsentTalk, models.PROTECT, null=True, editable=False, related_name="printed"
    )

    objects = PrintedQuestionsQuerySet.as_manager()
    kept = Kept(
        "What was printed is never rewritten or removed.",
        closing=("entered_at", "talk_id"),
        free=("uuid",),
    )

    wall = walls.Wall(of_relation(by_staff_alone=True))

    class Meta:
        ordering = ["-printed_at", "-pk"]
        verbose_name = _("printed questions")
        verbose_name_plural = _("printed questions")
        constraints = [
            models.CheckConstraint(
                condition=Q(entered_at=None, talk=None)
                | Q(entered_at__isnull=False, talk__isnull=False),
                name="a_paper_is_entered_with_its_answers",
            )
        ]

    def __str__(self):
        return f"{self.relation} {self.printed_at:%Y-%m-%d}"
