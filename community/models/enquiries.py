import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community import walls as own_walls
from community.matters import WHO, Matter
from portal import clock, walls
from portal.models import Department, Home
from portal.refusals import Kept
from relatives.models import Relation
from relatives.near import own_relations
from residents.access import shared_with, workplaces
from residents.models import Resident
from residents.topics import Topic


class EnquiryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """At work those about one's residents; else one's own, and what tells of oneself."""
        return self.filter(_at_work(user) | _mine(user) | _of_oneself(user))

    def at_work_of(self, user):
        """Those about residents the user cares for: an enquiry belongs to the department."""
        return self.filter(_at_work(user))

    def to_read_outside(self, user):
        """What a relative or a resident finds among their own, wherever they work."""
        return self.filter(_mine(user) | _of_oneself(user))

    def sent_by(self, user):
        """What the user has written, or what was written down for them."""
        return self.filter(_sent(user))

    def waiting(self):
        """Somebody waits for our answer."""
        return self.exclude(status=Enquiry.Status.ANSWERED)

    def overdue(self):
        return self.waiting().filter(expected_by__lt=clock.today())

    def most_urgent_first(self):
        return self.order_by("expected_by", "pk")

    def with_people(self):
        return self.select_related(
            "home",
            "department",
            "resident__department__home",
            "relation__relative",
            "owner",
        )


def _at_work(user):
    return Q(resident__department__in=workplaces(user))


def _sent(user):
    # What one has written is not what a resident shares: nobody reads it through
    # another's eyes.
    if user.sight is not None:
        return Q(pk__in=[])
    return Q(relation__in=own_relations(user).values("pk")) | Q(
        relation=None, resident__in=Resident.objects.of(user)
    )


def mine(user, prefix=""):
    """Those that the user has sent, or takes part in, as a condition on their numbers."""
    return Q(**{f"{prefix}in": Enquiry.objects.filter(_mine(user)).values("pk")})


def _mine(user):
    if user.sight is not None:
        return Q(pk__in=[])
    named = Enquiry.participants.rel.related_model.objects.of(user)
    return _sent(user) | Q(pk__in=named.values("enquiry")) & shared_with(user)


def _of_oneself(user):
    return Q(resident__in=Resident.objects.of(user), resident_knows=True)


class Enquiry(models.Model):
    """A relative or a resident asks the department, never a person, and gets an answer.

    What is said stands in its messages, what happens to it in its events; neither is
    ever changed. What stands here and changes is only how it stands now.
    """

    class Status(models.TextChoices):
        RECEIVED = "received", _("received")
        IN_HAND = "in_hand", _("in hand")
        ANSWERED = "answered", _("answered")

    class Channel(models.TextChoices):
        PORTAL = "portal", _("in the portal")
        PHONE = "phone", _("on the telephone")
        PAPER = "paper", _("on paper")
        VISIT = "visit", _("at a visit")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    home = models.ForeignKey(Home, models.PROTECT, related_name="+")
    # Where the resident lived then; who works with it now follows the resident.
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField(editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="enquiries")
    # Whose words they are; None: the resident's own.
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="enquiries"
    )
    matter = models.CharField(_("what it is about"), max_length=20, choices=Matter)
    # That of the matter: whoever else takes part reads it while it is shared with them.
    topic = models.CharField(_("topic"), max_length=20, choices=Topic, blank=True)
    subject = models.CharField(_("subject"), max_length=120)
    # The writer asks for themselves: the resident does not read their words.
    between_us = models.BooleanField(default=False)
    # It is not between us, or we have answered something about the resident.
    resident_knows = models.BooleanField(default=True, editable=False)
    channel = models.CharField(
        _("how it came"), max_length=10, choices=Channel, default=Channel.PORTAL
    )
    routed_to = models.CharField(_("who knows about it"), max_length=20, choices=WHO)
    received_at = models.DateTimeField(_("received"), default=clock.now)
    expected_by = models.DateField(_("to be answered by"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.RECEIVED
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    # Said here too, for a reader may know of an answer that they may not read any more.
    answers = models.PositiveSmallIntegerField(default=0, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    # The manager is asked to decide, and has not yet.
    escalated_at = models.DateTimeField(null=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = EnquiryQuerySet.as_manager()

    kept = Kept(
        "What somebody has asked is never rewritten or removed.",
        free=(
            *("resident_knows", "expected_by", "status", "owner_id"),
            *("answers", "answered_at", "escalated_at"),
        ),
    )
    wall = walls.Wall(own_walls.ENQUIRY, function=own_walls.MINE)

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        indexes = [
            models.Index(
                fields=["resident", "expected_by"],
                condition=~Q(status="answered"),
                name="enquiries_yet_to_answer",
            ),
            models.Index(
                fields=["resident", "-received_at"], name="enquiries_about_one"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "home", "year", "serial", name="one_enquiry_a_number_in_a_home"
            ),
            models.CheckConstraint(
                condition=Q(topic="") | Q(topic__in=Topic.values),
                name="topic_of_an_enquiry_is_known",
            ),
            models.CheckConstraint(
                condition=Q(relation__isnull=False) | Q(between_us=False),
                name="a_resident_asks_nothing_behind_their_own_back",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def number(self):
        """What one can say on the telephone. It tells of nobody."""
        return f"{self.year}-{self.serial:04d}"

    @property
    def sender(self):
        """Whose name stands below it, to staff and to the resident."""
        return str(self.relation.relative if self.relation_id else self.resident)

    @property
    def sender_user(self):
        """Their log-in, or None."""
        return self.relation.relative.user if self.relation_id else self.resident.user

    @property
    def is_answered(self):
        return self.status == self.Status.ANSWERED

    @property
    def is_overdue(self):
        return not self.is_answered and self.expected_by < clock.today()

    @property
    def can_be_gone_on_with(self):
        """Whether its sender is still somebody to the resident, who still lives here."""
        ended = self.relation_id and self.relation.ended_at
        return not ended and not self.resident.has_moved_out
