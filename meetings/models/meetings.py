"""Meetings other than the move-in conversation: about one resident, or for many."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.conversations import Conversation
from meetings.models.guests import MeetingQuerySet
from meetings.walls import ASKED_TO, of_work
from portal import clock, walls
from portal.models import Department, Home
from relatives.models import Agreement
from residents.models import Resident
from residents.topics import Topic


class Meeting(models.Model):
    """One meeting: about a resident, or for all relatives of a department or the home.

    About a resident relatives take part with the resident's acceptance alone. To the
    others everybody of the place is invited, and nothing is said there about any one.
    Source: København's forms of cooperation (002-028, 002-073 to 076).
    """

    class Kind(models.TextChoices):
        DIALOGUE = "dialogue", _("dialogue meeting")
        STATUS = "status", _("status meeting")
        COOPERATION = "cooperation", _("cooperation meeting")
        PARENTS = "parents", _("parents' meeting")
        INFORMATION = "information", _("information meeting")

    # Of these there are minutes, or they are not over (002-028).
    FORMAL = (Kind.STATUS, Kind.COOPERATION, Kind.PARENTS)
    ABOUT_ONE = (Kind.DIALOGUE, Kind.STATUS, Kind.COOPERATION)
    FOR_MANY = (Kind.INFORMATION, Kind.PARENTS, Kind.DIALOGUE, Kind.COOPERATION)

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    Involvement = Agreement.Involvement
    Participation = Conversation.Participation

    # What the access log calls it.
    topic = Topic.MEETINGS

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("which meeting"), max_length=20, choices=Kind)
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    home = models.ForeignKey(
        Home, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # None: everybody of the home.
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+"
    )
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    involvement = models.CharField(
        _("the relatives' say"), max_length=10, choices=Involvement
    )
    # The municipality's order or action plan (001-020).
    starts_from = models.TextField(
        _("what it starts from"), max_length=2_000, blank=True
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PLANNED
    )
    planned_at = models.DateTimeField(_("day and time"))
    planned_minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    place = models.CharField(_("place"), max_length=200, blank=True)
    online_link = models.URLField(_("online"), max_length=500, blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("chair"),
    )
    minute_taker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("minute taker"),
    )
    interpreter = models.CharField(_("interpreter"), max_length=100, blank=True)
    interpreter_is_adult = models.BooleanField(
        _("the interpreter is grown up"), default=False
    )
    # How often those invited have been told something new: the calendar's own number.
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    invited_at = models.DateTimeField(_("invited"), null=True, editable=False)
    cancelled_why = models.TextField(_("why"), max_length=1_000, blank=True)
    held_at = models.DateTimeField(_("held"), null=True)
    minutes = models.PositiveSmallIntegerField(_("how many minutes"), null=True)
    participation = models.CharField(
        _("the resident took part in"),
        max_length=10,
        choices=Participation,
        blank=True,
    )
    participation_note = models.TextField(
        _("why, and how the resident was heard"), max_length=1_000, blank=True
    )
    # Of a meeting for many: how many of those invited came.
    guests = models.PositiveSmallIntegerField(_("how many came"), null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = MeetingQuerySet.as_manager()

    # Its day and place; what is talked about stands behind walls of its own.
    wall = walls.Wall(
        f"{of_work()} OR {walls.of_resident()}"
        " OR id = ANY ((SELECT meetings_reader_is_asked_to())::bigint[])",
        function=ASKED_TO,
    )

    class Meta:
        ordering = ["-planned_at", "-pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [
            models.Index(fields=["home", "-planned_at"], name="meetings_of_a_home"),
            models.Index(fields=["resident", "-planned_at"], name="meetings_of_one"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(resident__isnull=False, home=None, department=None)
                | Q(resident=None, home__isnull=False),
                name="a_meeting_is_about_one_resident_or_for_a_home",
            ),
            models.CheckConstraint(
                condition=Q(
                    resident__isnull=False,
                    kind__in=["dialogue", "status", "cooperation"],
                )
                | Q(
                    resident=None,
                    kind__in=["information", "parents", "dialogue", "cooperation"],
                ),
                name="a_meeting_is_of_a_kind_that_fits_whom_it_is_for",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(cancelled_why=""),
                name="a_cancelled_meeting_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="held")
                | Q(held_at__isnull=False) & (~Q(participation="") | Q(resident=None)),
                name="a_held_meeting_says_when_and_how_the_resident_took_part",
            ),
            models.CheckConstraint(
                condition=Q(participation__in=["", "whole"])
                | ~Q(participation_note=""),
                name="a_resident_away_from_a_meeting_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(interpreter="") | Q(interpreter_is_adult=True),
                name="an_interpreter_is_never_a_child",
            ),
            models.CheckConstraint(
                condition=Q(planned_minutes__gte=5, planned_minutes__lte=720),
                name="a_meeting_lasts_from_five_minutes_to_a_day",
            ),
        ]

    def __str__(self):
        return self.get_kind_display().capitalize()

    @property
    def at(self):
        """When it was held, or when it is to be."""
        return self.held_at or self.planned_at

    @property
    def is_planned(self):
        return self.status == self.Status.PLANNED

    @property
    def is_called_off(self):
        return self.status == self.Status.CANCELLED

    @property
    def is_formal(self):
        return self.kind in self.FORMAL

    @property
    def whose(self):
        """About whom or for which place, to those who work there."""
        return str(self.resident or self.department or self.home)

    @property
    def says_what(self):
        """The kind, and the theme if there is one."""
        return f"{self}: {self.theme}" if self.theme else str(self)
