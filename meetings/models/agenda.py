"""What a meeting is about, point by point, and what was said to each."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.meetings import Meeting
from meetings.walls import of_work
from portal import clock, walls
from portal.refusals import Kept
from relatives.models import Relation
from relatives.walls import about_one
from residents.access import shared_with
from residents.models import Resident
from residents.topics import Topic

OF_STAFF = walls.behind("meetings_meeting", "meeting_id", of_work("whole"))
OF_THE_SUGGESTER = about_one(
    "relatives_relation", "relation_id", walls.of_relative("whole.relative_id")
)


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff's and the resident's all; a guest's those that are open to them.

        On the agenda, and without a topic or on one that the resident shares with them at
        this instant. And never without the meeting.
        """
        meetings = Meeting.objects
        # A subquery for each way in: their conditions join nothing here.
        work = meetings.at_work_of(user).values("pk")
        guest = meetings.for_guest(user).values("pk")
        whole = Q(resident__in=Resident.objects.of(user).values("pk"))
        general = Q(topic="") | shared_with(user)
        return self.filter(
            Q(meeting__in=work)
            | Q(meeting__in=guest) & (whole | general & Q(status=AgendaItem.Status.ON))
        )

    def suggested_by(self, user):
        """The user's own suggestions: their words alone, and never what was said to them.

        What the staff make of one may be on a topic that is closed to whoever made it.
        """
        own = Q(relation__relative__user=user) | Q(suggested_by=user)
        guest = Meeting.objects.for_guest(user).values("pk")
        return self.filter(own, meeting__in=guest).exclude(suggested_by=None)

    def on(self):
        return self.filter(status=AgendaItem.Status.ON)

    def with_minutes(self):
        return self.select_related("relation__relative").prefetch_related(
            models.Prefetch(
                "said",
                Minutes.objects.order_by("version").select_related("recorded_by"),
            )
        )


class AgendaItem(models.Model):
    """One point of a meeting. Anybody who is invited may suggest one.

    A suggestion stays between the staff and whoever made it until it is on the agenda,
    for nobody has yet said which topic it is on.
    """

    class Status(models.TextChoices):
        ON = "on", _("on the agenda")
        SUGGESTED = "suggested", _("suggested")
        LEFT_OUT = "left_out", _("not this time")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    # The meeting's own, for the gate: what is shared is shared about somebody.
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, editable=False, related_name="+"
    )
    # Of a meeting about a resident. Without one everybody who takes part reads it.
    topic = models.CharField(_("topic"), max_length=20, choices=Topic, blank=True)
    number = models.PositiveSmallIntegerField(_("number"), default=0)
    title = models.CharField(_("what we talk about"), max_length=200)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.ON
    )
    left_out_why = models.CharField(_("why not"), max_length=500, blank=True)
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # As whose relative it was suggested, if by one.
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    wall = walls.Wall(
        walls.behind("meetings_meeting", "meeting_id")
        + f" AND ({OF_STAFF} OR suggested_by_id = portal_reader() OR {OF_THE_SUGGESTER}"
        + f" OR status = 'on' AND topic = '' OR {walls.of_resident()}"
        + f" OR status = 'on' AND ({walls.shared()}))"
    )

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic="") | Q(resident__isnull=False),
                name="a_topic_is_about_a_resident",
            ),
            models.CheckConstraint(
                condition=~Q(status="left_out") | ~Q(left_out_why=""),
                name="what_is_not_on_the_agenda_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="on") | Q(suggested_by__isnull=False),
                name="what_is_not_on_the_agenda_was_suggested_by_somebody",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_on(self):
        return self.status == self.Status.ON

    @property
    def minutes(self):
        """What stands: the latest version, or None."""
        return next(reversed(self.said.all()), None)

    @property
    def earlier_minutes(self):
        return list(self.said.all())[:-1]


class Minutes(models.Model):
    """What was said and decided at one point, in one version.

    Never rewritten: a correction is the next version, and the one before stays beside it.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="said")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(_("what was said"), max_length=20_000, blank=True)
    decided = models.TextField(_("what was decided"), max_length=5_000, blank=True)
    correction_reason = models.CharField(
        _("why it is corrected"), max_length=300, blank=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    kept = Kept("Minutes are corrected by a new version, never rewritten or removed.")
    wall = walls.Wall(walls.behind("meetings_agendaitem", "item_id"))

    class Meta:
        ordering = ["item", "version"]
        constraints = [
            models.UniqueConstraint(
                "item", "version", name="minutes_have_one_next_version"
            ),
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(decided=""), name="minutes_say_something"
            ),
        ]

    def __str__(self):
        return f"{self.item} ({self.version})"
