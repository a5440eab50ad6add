import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consent.models.talks import ConsentTalk
from portal import clock, walls
from portal.refusals import Kept
from relatives.models import Relation
from relatives.walls import of_relation
from residents.access import workplaces
from residents.models import Resident
from residents.topics import HEALTH_TOPICS, Topic


class ConsentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For the resident, and those who care for them. Relatives see what it opens."""
        departments = workplaces(user)
        return self.filter(
            Q(relation__resident__department__in=departments)
            | Q(relation__resident__in=Resident.objects.of(user))
        )

    def about(self, relations):
        """The standing answers about each of the relatives, in the order of the topics.

        First what may be seen in the portal, then every other way in.

        Answers a dict of the relation's number and a list of consents.
        """
        order = {topic: number for number, topic in enumerate(Topic.values)}
        answers = {relation.pk: [] for relation in relations}
        ways = Consent.Action.values
        standing = self.standing().with_holds()
        for consent in standing.filter(relation__in=relations):
            answers[consent.relation_id].append(consent)
        for of_one in answers.values():
            of_one.sort(key=lambda one: (ways.index(one.action), order[one.topic]))
        return answers

    def standing(self):
        """The latest answer to each question, also one that has lapsed."""
        return self.filter(closed_at=None)

    def in_force(self):
        """Every yes that holds at this instant, as the view of what holds has it."""
        return self.filter(
            models.Exists(InForce.objects.filter(consent=models.OuterRef("pk")))
        )

    def with_holds(self):
        """Each with `holds`: whether it is in force at this instant."""
        return self.annotate(
            holds=models.Exists(InForce.objects.filter(consent=models.OuterRef("pk")))
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
        INFORMED = "informed", _("is told afterwards")
        HEARD = "heard", _("is heard beforehand")
        TAKES_PART = "takes_part", _("takes part")
        CO_DECIDES = "co_decides", _("decides together with the resident")

    # How much, for each way of being let in; the first is what nobody has to choose.
    DEGREES = {
        Action.SEE: (Degree.ONGOING,),
        Action.BE_TOLD: (Degree.ONGOING, Degree.IMPORTANT),
        Action.BE_CONTACTED: (Degree.IMPORTANT, Degree.ONGOING),
        Action.TAKE_PART: (
            Degree.TAKES_PART,
            Degree.INFORMED,
            Degree.HEARD,
            Degree.CO_DECIDES,
        ),
    }

    class Closed(models.TextChoices):
        WITHDRAWN = "withdrawn", _("withdrawn")
        REPLACED = "replaced", _("asked again")
        IN_ERROR = "in_error", _("recorded in error")

    class ClosedHow(models.TextChoices):
        """By which way the stop came (GDPR art. 7(3): any way is good enough)."""

        IN_PORTAL = "in_portal", _("pressed stop in the portal")
        TOGETHER = "together", _("pressed stop together with staff")
        SAID = "said", _("said it or showed it to staff")
        PHONE = "phone", _("by telephone")
        PAPER = "paper", _("on paper")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    talk = models.ForeignKey(ConsentTalk, models.PROTECT, related_name="answers")
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="consents")
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    action = models.CharField(
        _("what for"), max_length=20, choices=Action, default=Action.SEE
    )
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    degree = models.CharField(
        _("to what degree"), max_length=12, choices=Degree, default=Degree.ONGOING
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
    closed_how = models.CharField(
        max_length=10, choices=ClosedHow, blank=True, editable=False
    )
    closed_note = models.TextField(max_length=500, blank=True, editable=False)

    objects = ConsentQuerySet.as_manager()
    kept = Kept(
        "An answer is never rewritten or removed: record a new one.",
        closing=(
            "closed_at",
            "closed_by_id",
            "closed_because",
            "closed_how",
            "closed_note",
        ),
        free=("uuid",),
    )

    # A relative may read when what is open to them ends.
    wall = walls.Wall(of_relation())

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
                condition=~Q(closed_because="in_error") | ~Q(closed_note=""),
                name="an_error_says_what_was_wrong",
            ),
            models.CheckConstraint(
                condition=Q(action="see", degree="ongoing")
                | Q(action__in=["be_told", "be_contacted"])
                & Q(degree__in=["important", "ongoing"])
                | Q(action="take_part")
                & Q(degree__in=["informed", "heard", "takes_part", "co_decides"]),
                name="consent_has_a_degree_that_fits_its_action",
            ),
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="consent_topic_is_known"
            ),
        ]

    def __str__(self):
        return f"{self.relation}: {self.get_topic_display()} {self.answer}"

    @property
    def has_lapsed(self):
        """Its time is over; one given for another also lapses with the representation."""
        return self.answer == self.Answer.YES and self.ends_at <= clock.now()

    @property
    def starts_later(self):
        return self.answer == self.Answer.YES and self.starts_at > clock.now()

    @property
    def last_day(self):
        """The last day on which it holds, in Denmark."""
        last_moment = self.ends_at - dt.timedelta(microseconds=1)
        return last_moment.astimezone(clock.DENMARK).date()


class InForce(models.Model):
    """A consent that holds at this instant: a view (consent.grants), not a table."""

    consent = models.OneToOneField(
        Consent,
        models.DO_NOTHING,
        db_constraint=False,
        primary_key=True,
        related_name="+",
    )

    class Meta:
        managed = False
        db_table = "consent_in_force"

    def __str__(self):
        return f"{self.consent_id}"
