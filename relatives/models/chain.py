import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal import clock, walls
from portal.refusals import Kept
from relatives.models.parts import no_child
from relatives.models.people import Relation
from relatives.models.representations import Telling
from residents.access import shared_with, workplaces
from residents.models import Resident
from residents.topics import Topic


class Event(models.TextChoices):
    """What may happen that somebody outside the house wants to hear of."""

    FALL = "fall", _("accident or fall")
    ILLNESS = "illness", _("illness")
    DOCTOR = "doctor", _("visit to the doctor")
    HOSPITAL = "hospital", _("hospital")
    MEDICINE = "medicine", _("changed medicine")
    BEHAVIOUR = "behaviour", _("changed behaviour")
    MISSING = "missing", _("missing")
    POLICE = "police", _("police")
    FORCE = "force", _("use of force")
    DEATH = "death", _("death")


# What one tells of when one tells that it happened. The stricter topic where two fit.
TOPICS = {
    Event.FALL: Topic.HEALTH,
    Event.ILLNESS: Topic.HEALTH,
    Event.DOCTOR: Topic.HEALTH,
    Event.HOSPITAL: Topic.HEALTH,
    Event.MEDICINE: Topic.TREATMENT,
    Event.BEHAVIOUR: Topic.HEALTH,
    Event.MISSING: Topic.SOCIAL,
    Event.POLICE: Topic.OFFENCES,
    Event.FORCE: Topic.FORCE,
    Event.DEATH: Topic.HEALTH,
}


OWN_RELATION = """relation_id IN (SELECT tie.id FROM relatives_relation tie
    JOIN relatives_relative own ON own.id = tie.relative_id
   WHERE own.user_id = portal_reader())"""


class CallQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For staff and the resident all of them; for a relative the own, if it is open."""
        own = Q(relation__relative__user=user, ended_at=None)
        return self.filter(
            Q(resident__department__in=workplaces(user))
            | Q(resident__in=Resident.objects.of(user))
            | own & shared_with(user)
        )

    def standing(self):
        return self.filter(ended_at=None)

    def open_now(self):
        """Those who may be told at this instant, by consent or by law."""
        return self.standing().filter(Exists(_tellings()))

    def closed_now(self):
        """Those who stand in the chain and may not be told: nobody calls them."""
        return self.standing().filter(~Exists(_tellings()))


def _tellings():
    return Telling.objects.filter(
        relation=OuterRef("relation"), topic=OuterRef("topic")
    )


class Call(models.Model):
    """One relative is called about one kind of event: in which place, when, and how.

    Whoever is changed is ended and written anew. Being here opens nothing: whether the
    relative may be told is asked at the instant somebody wants to call.
    """

    class Moment(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        SAME_DAY = "same_day", _("the same day")
        NEXT_WEEKDAY = "next_weekday", _("the next weekday")
        NEXT_STATUS = "next_status", _("when we talk next")

    class Channel(models.TextChoices):
        PHONE = "phone", _("telephone")
        TEXT = "text", _("text message")
        PORTAL = "portal", _("in the portal")
        MAIL = "mail", _("e-mail")
        LETTER = "letter", _("letter")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="calls")
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="calls")
    event = models.CharField(_("what has happened"), max_length=20, choices=Event)
    # The event's own: what must be open to the relative.
    topic = models.CharField(max_length=20, choices=Topic, editable=False)
    # 1 is called first.
    place = models.PositiveIntegerField(_("place"))
    moment = models.CharField(_("when"), max_length=20, choices=Moment)
    at_night = models.BooleanField(_("also at night"), default=False)
    channel = models.CharField(_("how"), max_length=10, choices=Channel)
    # Not the home, but another relative passes it on.
    told_by = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="passes_on"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = CallQuerySet.as_manager()

    wall = walls.Wall(
        f"{walls.of_staff()} OR {walls.of_resident()}"
        f" OR ended_at IS NULL AND {OWN_RELATION} AND ({walls.shared()})"
    )
    kept = Kept(
        "Who is called is never rewritten or removed.",
        closing=("ended_at", "ended_by_id"),
        free=("uuid", "place"),
    )
    refused = (
        no_child(
            "relation_id",
            by="id IN (SELECT tie.relative_id FROM relatives_relation tie WHERE tie.id = {new})",
        ),
    )

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("call")
        constraints = [
            models.UniqueConstraint(
                "relation",
                "event",
                condition=Q(ended_at=None),
                name="one_standing_call_a_relative_an_event",
            ),
            models.CheckConstraint(
                condition=Q(
                    *(
                        Q(event=event.value, topic=topic.value)
                        for event, topic in TOPICS.items()
                    ),
                    _connector=Q.OR,
                ),
                name="a_call_has_the_topic_of_its_event",
            ),
            models.CheckConstraint(
                condition=Q(at_night=False) | Q(moment="at_once"),
                name="at_night_one_is_called_at_once",
            ),
            models.CheckConstraint(
                condition=Q(told_by=None) | ~Q(told_by=F("relation")),
                name="nobody_passes_it_on_to_themselves",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="a_call_is_ended_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.relation}: {self.get_event_display()}"
