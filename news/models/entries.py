from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from portal import clock, walls
from portal.models.versions import Version
from residents.access import AboutResidentQuerySet
from residents.models import Resident
from residents.topics import Topic


class DiaryEntryQuerySet(AboutResidentQuerySet):
    # Others than the staff never see what was corrected or recalled: perhaps it named
    # somebody whom it should not have named.
    shareable = Q(replaced_at=None, recalled_at=None)

    def latest_versions(self):
        return self.filter(replaced_at=None)

    def current(self):
        return self.filter(replaced_at=None, recalled_at=None)


class DiaryEntry(Version):
    """A glimpse of one resident's everyday life, shared as the resident wishes."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("an ordinary day")
        GOOD = "good", _("a good moment")

    class WrittenAs(models.TextChoices):
        STAFF = "staff", _("staff")
        RELATIVE = "relative", _("a relative")
        RESIDENT = "resident", _("the resident")

    logged_as = "entry"

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="diary_entries")
    topic = models.CharField(
        _("what it is about"), max_length=20, choices=Topic, default=Topic.DAILY
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind, default=Kind.ORDINARY
    )
    title = models.CharField(_("headline"), max_length=120, blank=True)
    text = models.TextField(_("what happened"), max_length=5_000)
    happened_on = models.DateField(_("when it happened"), default=clock.today)
    # When the first version was recorded: a correction must not move an old entry
    # past the day from which somebody may see what is written.
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    # In which capacity: relatives do not learn each other's names.
    written_as = models.CharField(
        max_length=10, choices=WrittenAs, default=WrittenAs.STAFF, editable=False
    )
    # When this version was written.
    written_at = models.DateTimeField(default=clock.now, editable=False)

    objects = DiaryEntryQuerySet.as_manager()

    wall = walls.Wall(walls.shared(only="replaced_at IS NULL AND recalled_at IS NULL"))

    class Meta(Version.Meta):
        ordering = ["-recorded_at", "-pk"]
        verbose_name = _("diary entry")
        verbose_name_plural = _("diary entries")
        indexes = [
            # What may be shared: read without touching the rows themselves.
            models.Index(
                fields=["resident", "topic", "-recorded_at", "-id"],
                condition=Q(replaced_at=None, recalled_at=None),
                name="shareable_entries_by_topic",
            ),
            models.Index(
                fields=["resident", "-recorded_at", "-id"],
                name="entries_of_a_resident",
            ),
            models.Index(fields=["-recorded_at", "-id"], name="newest_entries"),
        ]
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="entry_topic_is_known"
            ),
        ]

    def __str__(self):
        return f"{self.resident}, {self.happened_on:%Y-%m-%d}"

    @property
    def is_by_staff(self):
        return self.written_as == self.WrittenAs.STAFF

    @property
    def is_good_moment(self):
        return self.kind == self.Kind.GOOD

    @property
    def headline(self):
        """The headline, or the first words."""
        return self.title or Truncator(self.text).words(8)
