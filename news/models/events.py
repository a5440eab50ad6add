from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from news.events import readers
from portal import clock
from portal.models import Department, Home
from portal.models.versions import Version

# Also what was called off: whoever meant to come must see that.
TOLD = Q(published_at__isnull=False, replaced_at=None)


class HouseEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What has been told where the user belongs, and what they may still edit.

        An event is about no resident, so it needs no consent
        (002 line 196: "overordnede og generelle informationer").
        """
        return self.filter(TOLD & readers.read_by(user) | readers.edited_by(user))

    def told_to(self, user):
        """What the user reads as one of those it is for, and nothing they only edit."""
        return self.filter(TOLD & readers.read_by(user))

    def current(self):
        """What readers have been told, in its latest version."""
        return self.filter(TOLD)

    def drafts(self):
        return self.filter(published_at=None)

    def to_come(self):
        """The next one first; one that has begun is still on."""
        return self.filter(ends_at__gte=clock.now()).order_by("starts_at", "pk")

    def over(self):
        """The latest first."""
        return self.filter(ends_at__lt=clock.now()).order_by("-starts_at", "-pk")


class HouseEvent(Version):
    """Something that happens in the house, for many: a party, an evening with a theme.

    Meetings about a resident are none of these (meetings.Meeting). A correction is a new
    version, as of news; what is called off stays, with the reason.
    """

    logged_as = "event"

    home = models.ForeignKey(Home, models.PROTECT, related_name="events")
    # None is the whole home.
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="events"
    )
    # Staff always read along: they are asked about it.
    for_relatives = models.BooleanField(default=True)
    for_residents = models.BooleanField(default=True)
    title = models.CharField(_("headline"), max_length=120)
    text = models.TextField(_("text"), max_length=5_000, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    # How often readers have been told something new: the calendar's own number.
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(default=clock.now, editable=False)
    # Until it is published a draft may be changed; what was previewed is what is told.
    edited_at = models.DateTimeField(default=clock.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = HouseEventQuerySet.as_manager()

    class Meta(Version.Meta):
        ordering = ["starts_at", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["home", "ends_at"], name="events_of_a_home")]
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="an_event_is_published_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False)
                | Q(replaced_at=None, recalled_at=None),
                name="only_a_published_event_is_replaced_or_called_off",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="an_event_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def where(self):
        """For whom of the house, in a word."""
        return self.department or self.home

    @property
    def is_called_off(self):
        return self.recalled_at is not None

    @property
    def is_over(self):
        return self.ends_at < clock.now()

    @property
    def changed_at(self):
        """When readers were last told something new about it."""
        return self.recalled_at or self.published_at or self.edited_at


class CalendarFeed(models.Model):
    """The secret address at which a person's own calendar reads the house's events.

    Only a digest of the secret is kept, as of a password: whoever reads the database
    reads nobody's calendar. The secret is long and random, so it needs no salt.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self):
        return str(self.made_at)
