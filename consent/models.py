import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.models import Department
from portal.refusals import Kept
from relatives.models import Relation, Representation
from residents.access import StaffOnlyQuerySet
from residents.models import Resident
from residents.topics import HEALTH_TOPICS, Topic


class ConsentTalk(models.Model):
    """The talk in which a resident was asked, and how: what makes the answers provable.

    Fields after FHIR Consent and ISO/TS 17975; informed and specific after
    forvaltningsloven § 28, stk. 3; written form after sundhedsloven § 44.
    """

    class GivenAs(models.TextChoices):
        SELF = "self", _("the resident")
        CUSTODY = "custody", _("holder of custody")
        LEGAL_GUARDIAN = "legal_guardian", _("legal guardian")
        FUTURE_POWER = "future_power", _("holder of a future power of attorney")

    class Form(models.TextChoices):
        WRITTEN = "written", _("in the portal")
        PAPER = "paper", _("on signed paper")
        ORAL = "oral", _("said aloud")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="consent_talks")
    given_by = models.CharField(
        _("who answered"), max_length=20, choices=GivenAs, default=GivenAs.SELF
    )
    representation = models.ForeignKey(
        Representation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    capacity_note = models.TextField(
        _("does the resident understand this question"), blank=True
    )
    how_informed = models.TextField(_("how the resident was told"), blank=True)
    how_expressed = models.TextField(_("how the answer was shown"), blank=True)
    form = models.CharField(_("form"), max_length=10, choices=Form)
    oral_reason = models.TextField(_("why it is not in writing"), blank=True)
    witness = models.CharField(_("who was present"), max_length=200, blank=True)
    text_version = models.CharField(max_length=40)
    text_shown = models.TextField()
    # Staff opened the resident's page together with the resident.
    together = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = StaffOnlyQuerySet.as_manager()
    kept = Kept("A talk is never rewritten or removed.", free=("uuid",))

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(form="oral") | ~Q(oral_reason=""),
                name="a_consent_said_aloud_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(given_by="self") | Q(representation__isnull=False),
                name="whoever_answers_for_another_has_a_representation",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.recorded_at:%Y-%m-%d}"


class ConsentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For the resident, and those who care for them. Relatives see what it opens."""
        departments = Department.objects.of_work(user).values_list("pk", flat=True)
        return self.filter(
            Q(relation__resident__department__in=list(departments))
            | Q(relation__resident__user=user)
        )

    def about(self, relations):
        """The standing answers about each of the relatives, in the order of the topics.

        Answers a dict of the relation's number and a list of consents.
        """
        order = {topic: number for number, topic in enumerate(Topic.values)}
        answers = {relation.pk: [] for relation in relations}
        for consent in self.standing().filter(
            relation__in=relations, action=Consent.Action.SEE
        ):
            answers[consent.relation_id].append(consent)
        for of_one in answers.values():
            of_one.sort(key=lambda consent: order[consent.topic])
        return answers

    def standing(self):
        """The latest answer to each question, also one that has lapsed."""
        return self.filter(closed_at=None)

    def running_out(self, days):
        """Every yes that ends within so many days, or ended that lately, unrenewed."""
        now, while_ = clock.now(), dt.timedelta(days=days)
        return self.standing().filter(
            answer=Consent.Answer.YES, ends_at__range=(now - while_, now + while_)
        )

    def in_force(self):
        """Every yes that holds at this instant. For pages; access asks the view."""
        now = clock.now()
        return self.standing().filter(
            answer=Consent.Answer.YES, starts_at__lte=now, ends_at__gt=now
        )


class Consent(models.Model):
    """One answer: may this relative be let in on this topic, in this way?

    Never edited. A change of mind, a renewal and a correction are new rows; the old one
    is closed and says why. No and not-yet are answers too, and open nothing.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        NOT_YET = "not_yet", _("not yet")

    class Action(models.TextChoices):
        SEE = "see", _("see it in the portal")
        BE_TOLD = "be_told", _("be told by the staff")
        BE_CONTACTED = "be_contacted", _("be contacted")
        TAKE_PART = "take_part", _("take part in meetings")

    class Degree(models.TextChoices):
        IMPORTANT = "important", _("only what is important")
        ONGOING = "ongoing", _("as it happens")

    class Closed(models.TextChoices):
        WITHDRAWN = "withdrawn", _("withdrawn")
        REPLACED = "replaced", _("asked again")
        IN_ERROR = "in_error", _("recorded in error")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    talk = models.ForeignKey(ConsentTalk, models.PROTECT, related_name="answers")
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="consents")
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    action = models.CharField(
        _("what for"), max_length=20, choices=Action, default=Action.SEE
    )
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    degree = models.CharField(
        _("to what degree"), max_length=10, choices=Degree, default=Degree.ONGOING
    )
    given_at = models.DateTimeField(default=clock.now)
    starts_at = models.DateTimeField(_("from"), default=clock.now)
    # The first instant at which it no longer holds; there is no "for ever".
    ends_at = models.DateTimeField(_("until"))
    # Lets the relative see only what was written from then on; empty opens it all.
    since = models.DateTimeField(_("nothing from before"), null=True, blank=True)
    ask_again_on = models.DateField(_("ask again on"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="replaced_by"
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    closed_because = models.CharField(
        max_length=10, choices=Closed, blank=True, editable=False
    )

    objects = ConsentQuerySet.as_manager()
    kept = Kept(
        "An answer is never rewritten or removed: record a new one.",
        closing=("closed_at", "closed_by_id", "closed_because"),
        free=("uuid",),
    )

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                "relation",
                "topic",
                "action",
                condition=Q(closed_at=None),
                name="one_standing_answer_a_question",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="consent_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(topic__in=HEALTH_TOPICS)
                | Q(ends_at__lte=F("given_at") + dt.timedelta(days=366)),
                name="consent_about_health_lasts_at_most_a_year",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, closed_because="")
                | Q(closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(closed_because=""),
                name="consent_is_closed_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="consent_topic_is_known"
            ),
        ]

    def __str__(self):
        return f"{self.relation}: {self.get_topic_display()} {self.answer}"

    @property
    def holds(self):
        """A yes at this instant. For pages; access asks the view."""
        return (
            self.answer == self.Answer.YES
            and self.closed_at is None
            and self.starts_at <= clock.now() < self.ends_at
        )

    @property
    def has_lapsed(self):
        return self.answer == self.Answer.YES and self.ends_at <= clock.now()

    @property
    def last_day(self):
        """The last day on which it holds, in Denmark."""
        last_moment = self.ends_at - dt.timedelta(microseconds=1)
        return last_moment.astimezone(clock.DENMARK).date()
