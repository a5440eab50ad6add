import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from meetings.models import answered
from meetings.models.templates import Template
from portal import clock, walls
from residents.access import StaffOnlyQuerySet
from residents.models import Resident


class ConversationQuerySet(StaffOnlyQuerySet):
    def managed_by(self, user):
        """Those about residents of the departments that the user manages today."""
        return self.filter(managed(user, "resident__department"))

    def standing(self):
        """Planned or held: a resident has at most one."""
        return self.filter(status__in=Conversation.STANDING)

    def with_latest_print(self):
        return self.annotate(printed_at=Max("printouts__printed_at"))

    def with_prepared(self):
        """With how many have sent a preparation."""
        sent = Count("preparations", filter=Q(preparations__sent_at__isnull=False))
        return self.annotate(prepared=sent)

    def to_do(self):
        """Planned ones, and held ones whose record nobody has printed."""
        return self.with_latest_print().filter(
            Q(status="planned") | Q(status="held", printed_at=None)
        )


# Asked for by the tables' owner: whom a conversation has invited stands behind its wall.
INVITED_TO = """
CREATE OR REPLACE FUNCTION meetings_reader_is_invited_to() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$ BEGIN
  RETURN ARRAY(
    SELECT invited.conversation_id FROM meetings_participant invited
      JOIN relatives_relation tie ON tie.id = invited.relation_id
      JOIN relatives_relative own ON own.id = tie.relative_id
     WHERE own.user_id = portal_reader() AND tie.ended_at IS NULL);
END $$;
"""
BY_STAFF_ALONE = walls.of_staff("whole.resident_id")


def managed(user, department):
    """Departments that the user manages today, as a condition on the given field."""
    jobs = [job for job in user.employments_in_force if job.is_manager]
    return Q(
        **{
            f"{department}__in": [
                job.department_id for job in jobs if job.department_id
            ]
        }
    ) | Q(
        **{f"{department}__home__in": [j.home_id for j in jobs if not j.department_id]}
    )


class Conversation(models.Model):
    """The move-in conversation with one resident, or the offer of one.

    The manager offers it, before the resident moves in, with the resident and those
    relatives whom the resident accepts (Aarhus' minimum standard). That an offer was
    declined is recorded too, with the reason and when to ask again.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        DECLINED = "declined", _("offer declined")

    STANDING = (Status.PLANNED, Status.HELD)

    class Participation(models.TextChoices):
        WHOLE = "whole", _("the whole conversation")
        PART = "part", _("part of it")
        NONE = "none", _("was not there")

    class DeclinedBy(models.TextChoices):
        RESIDENT = "resident", _("the resident")
        RELATIVES = "relatives", _("the relatives")
        REPRESENTATIVE = "representative", _("legal guardian or holder of custody")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="conversations")
    template = models.ForeignKey(Template, models.PROTECT, related_name="conversations")
    status = models.CharField(_("status"), max_length=10, choices=Status)
    planned_at = models.DateTimeField(_("day and time"), null=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    # Why it is held after the resident has moved in.
    late_reason = models.TextField(
        _("why it is after moving in"), max_length=1_000, blank=True
    )
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("chair"),
    )
    minute_taker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("minute taker"),
    )
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
    declined_by = models.CharField(
        _("who declined"), max_length=20, choices=DeclinedBy, blank=True
    )
    declined_why = models.TextField(_("why"), max_length=1_000, blank=True)
    ask_again_on = models.DateField(_("ask again on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ConversationQuerySet.as_manager()

    # Its day and place; what was said stands behind walls of its own.
    wall = walls.Wall(
        f"{walls.of_staff()} OR {walls.of_resident()}"
        " OR id = ANY ((SELECT meetings_reader_is_invited_to())::bigint[])",
        function=INVITED_TO,
    )
    refused = answered.OF_CONVERSATIONS

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        verbose_name = _("move-in conversation")
        verbose_name_plural = _("move-in conversations")
        constraints = [
            models.UniqueConstraint(
                "resident",
                condition=Q(status__in=["planned", "held"]),
                name="one_move_in_conversation_a_resident",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["planned", "held"])
                | Q(planned_at__isnull=False),
                name="a_planned_conversation_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="held")
                | Q(held_at__isnull=False) & ~Q(participation=""),
                name="a_held_conversation_says_when_and_how_the_resident_took_part",
            ),
            models.CheckConstraint(
                condition=Q(participation__in=["", "whole"])
                | ~Q(participation_note=""),
                name="a_resident_who_was_not_there_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined")
                | ~Q(declined_by="") & ~Q(declined_why=""),
                name="a_declined_offer_says_by_whom_and_why",
            ),
        ]

    def __str__(self):
        return f"{self.resident}: {self.get_status_display()}"

    @staticmethod
    def waiting_for(user):
        """Residents yet to move in whom the user should offer a conversation.

        Not those who have one, nor those who declined and are to be asked later.
        """
        settled = Q(status__in=Conversation.STANDING) | Q(
            Q(ask_again_on=None) | Q(ask_again_on__gt=clock.today()),
            status=Conversation.Status.DECLINED,
        )
        asked_again = Conversation.objects.filter(
            resident=OuterRef("pk"), ask_again_on__lte=clock.today()
        )
        return (
            Resident.objects.filter(managed(user, "department"))
            .living_here()
            .exclude(
                Exists(Conversation.objects.filter(settled, resident=OuterRef("pk")))
            )
            .filter(Q(moved_in_on__gt=clock.today()) | Exists(asked_again))
            .select_related("department")
            .order_by("moved_in_on", "pk")
        )

    @property
    def at(self):
        """When it was held, or when it is to be."""
        return self.held_at or self.planned_at
