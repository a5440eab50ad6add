from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news import audience
from portal import clock
from portal.models import Department, Home
from portal.models.versions import Version

TOLD = Q(published_at__isnull=False, replaced_at=None, recalled_at=None)


class NewsItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What has been told where the user belongs, and what they may still edit.

        House news are about no resident, so they need no consent
        (002 line 196: "overordnede og generelle informationer").
        """
        return self.filter(TOLD & audience.read_by(user) | audience.edited_by(user))

    def current(self):
        """What readers have been told, in its latest version."""
        return self.filter(TOLD)

    def drafts(self):
        return self.filter(published_at=None)


class NewsItem(Version):
    """Something the house tells everybody who belongs to it, or to one department."""

    logged_as = "news"

    home = models.ForeignKey(Home, models.PROTECT, related_name="news")
    # None is the whole home.
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="news"
    )
    title = models.CharField(_("headline"), max_length=120)
    text = models.TextField(_("text"), max_length=10_000)
    important = models.BooleanField(_("this is important"), default=False)
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

    objects = NewsItemQuerySet.as_manager()

    class Meta(Version.Meta):
        ordering = ["-published_at", "-pk"]
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")
        indexes = [
            models.Index(fields=["home", "-published_at", "-id"], name="news_of_a_home")
        ]
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="news_is_published_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False)
                | Q(replaced_at=None, recalled_at=None),
                name="only_published_news_is_replaced_or_recalled",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def place(self):
        """Whom it is for, in a word."""
        return self.department or self.home
