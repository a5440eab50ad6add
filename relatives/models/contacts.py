import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock, walls
from relatives.models.people import Relative
from residents.access import StaffOnlyQuerySet
from residents.models import Resident
from residents.topics import Topic


class ContactQuerySet(StaffOnlyQuerySet):
    """Staff only: relatives see what is shared with them, never the log itself."""

    def current(self):
        """Each entry in its latest version."""
        return self.filter(correction=None)

    def about(self, topic):
        """What the entry says it was about, or what was told in it."""
        told = Contact.objects.filter(told__topic=topic).values("pk")
        return self.filter(Q(topic=topic) | Q(pk__in=told) | Q(first__in=told))

    def to_follow_up(self):
        """What somebody has promised a relative and not yet done, oldest first."""
        return (
            self.current()
            .filter(follow_up_on__isnull=False, followed_up_at=None)
            .order_by("follow_up_on", "pk")
        )


class Contact(models.Model):
    """Staff and a relative were in touch: the contact log.

    Never overwritten. A correction is a new row that points back to the one it corrects,
    and both are shown.
    """

    class Channel(models.TextChoices):
        PHONE = "phone", _("Telephone")
        VISIT = "visit", _("Visit")
        MESSAGE = "message", _("Message")
        MEETING = "meeting", _("Meeting")

    class Direction(models.TextChoices):
        FROM_RELATIVE = "from_relative", _("They contacted us")
        TO_RELATIVE = "to_relative", _("We contacted them")

    # Chosen when the form is drawn, so that a second press of the button is the same row.
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="contacts")
    # Nobody of those listed: then `other_person` says who.
    relative = models.ForeignKey(
        Relative, models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    other_person = models.CharField(_("who"), max_length=100, blank=True)
    channel = models.CharField(
        _("how"), max_length=10, choices=Channel, default=Channel.PHONE
    )
    direction = models.CharField(
        _("who took the first step"),
        max_length=15,
        choices=Direction,
        default=Direction.FROM_RELATIVE,
    )
    topic = models.CharField(
        _("what it was about"), max_length=20, choices=Topic, default=Topic.DAILY
    )
    note = models.TextField(_("what was said"), max_length=10_000)
    happened_at = models.DateTimeField(_("when"), default=clock.now)
    follow_up_on = models.DateField(_("follow up on"), null=True, blank=True)
    follow_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who follows up"),
    )
    followed_up_at = models.DateTimeField(null=True, editable=False)
    followed_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="correction",
    )
    # What all versions of an entry have in common; the first itself has none.
    first = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="later_versions",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="contacts"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ContactQuerySet.as_manager()

    wall = walls.Wall(walls.of_staff())

    class Meta:
        ordering = ["-happened_at", "-pk"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = [
            models.Index(
                fields=["resident", "-happened_at", "-id"],
                name="contacts_of_a_resident",
            ),
            models.Index(
                fields=["resident", "follow_up_on"],
                condition=Q(follow_up_on__isnull=False, followed_up_at=None),
                name="contacts_yet_to_follow_up",
            ),
            models.Index(
                fields=["recorded_by", "-recorded_at", "-id"],
                name="contacts_of_an_author",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(relative__isnull=False, other_person="")
                | Q(relative=None) & ~Q(other_person=""),
                name="contact_is_with_a_relative_or_a_named_other",
            ),
            models.CheckConstraint(
                condition=Q(followed_up_at=None, followed_up_by=None)
                | Q(followed_up_at__isnull=False, followed_up_by__isnull=False),
                name="contact_is_followed_up_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(follow_up_by=None) | Q(follow_up_on__isnull=False),
                name="whoever_follows_up_does_so_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="contact_topic_is_known"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, first=None)
                | Q(corrects__isnull=False, first__isnull=False),
                name="a_correction_knows_the_first_version",
            ),
        ]

    def __str__(self):
        return f"{self.resident}, {self.happened_at:%Y-%m-%d}"

    @property
    def person(self):
        """With whom."""
        return str(self.relative) if self.relative_id else self.other_person

    @property
    def waits(self):
        """Something was promised, and is not done yet."""
        return bool(self.follow_up_on and not self.followed_up_at)

    @property
    def is_overdue(self):
        return self.waits and self.follow_up_on < clock.today()

    @property
    def versions(self):
        """All versions of the entry, the latest first."""
        root = self.first_id or self.pk
        return type(self).objects.filter(Q(pk=root) | Q(first=root)).order_by("-pk")

    @property
    def latest(self):
        return self.versions.first()

    @property
    def author_ids(self):
        """Who wrote this version, and who wrote the first."""
        first = self.first.recorded_by_id if self.first_id else self.recorded_by_id
        return {first, self.recorded_by_id}
