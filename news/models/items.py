from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from news import audience
from portal import clock
from portal.models import Department, Home
from portal.models.versions import Version

TOLD = Q(published_at__isnull=False, replaced_at=None, recalled_at=None)
# From `shown_from` on it is shown, and from `shown_until` on it is past.
BEGUN = Q(shown_from__lte=clock.DatabaseNow())
PAST = Q(shown_until__lte=clock.DatabaseNow())


class Readership(models.TextChoices):
    """Who reads it, besides where they belong. Staff are always among them."""

    ALL = "all", _("relatives, residents and staff")
    RELATIVES = "relatives", _("relatives and staff")
    RESIDENTS = "residents", _("residents and staff")
    STAFF = "staff", _("staff only")

    @classmethod
    def of(cls, item):
        return {
            (True, True): cls.ALL,
            (True, False): cls.RELATIVES,
            (False, True): cls.RESIDENTS,
            (False, False): cls.STAFF,
        }[item.for_relatives, item.for_residents]

    @property
    def reached(self):
        """As the two fields of an item."""
        return {
            "for_relatives": self in (self.ALL, self.RELATIVES),
            "for_residents": self in (self.ALL, self.RESIDENTS),
        }


class NewsItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What has been told where the user belongs, and what they may still edit.

        House news are about no resident, so they need no consent
        (002 line 196: "overordnede og generelle informationer").
        """
        return self.filter(
            TOLD & BEGUN & audience.read_by(user) | audience.edited_by(user)
        )

    def readable_by(self, user):
        """Only what the user reads as one of those it is for."""
        return self.filter(TOLD & BEGUN & audience.read_by(user))

    def current(self):
        """What readers are told at this instant, in its latest version."""
        return self.filter(TOLD & BEGUN & (Q(shown_until=None) | ~PAST))

    def current_for(self, user):
        """What the user is told at this instant: readable_by() and current(), said once."""
        return self.current().filter(audience.read_by(user))

    def past(self):
        """What was told for some time that is over: it is still found."""
        return self.filter(TOLD & BEGUN & PAST)

    def ahead(self):
        """What is published, and shown from some later time on."""
        return self.filter(TOLD & ~BEGUN)

    def with_places(self):
        """For lines of a list: the name of the first department, and how many there are."""
        places = Department.objects.filter(news=OuterRef("pk")).order_by("pk")
        count = places.order_by().values("news").annotate(n=Count("pk")).values("n")
        return self.annotate(
            first_place=Subquery(places.values("name")[:1]),
            number_of_places=Subquery(count),
        )

    def unread_by(self, user):
        """Important news of others that the user has not yet said to have read."""
        return (
            self.filter(important=True).exclude(author=user).exclude(reads__user=user)
        )

    def drafts(self):
        return self.filter(published_at=None)


class NewsItem(Version):
    """Something the house tells everybody who belongs to it, or to one department."""

    logged_as = "news"

    home = models.ForeignKey(Home, models.PROTECT, related_name="news")
    # Either to all of the home or to some departments: with neither, to nobody.
    whole_home = models.BooleanField(default=False)
    departments = models.ManyToManyField(Department, related_name="news", blank=True)
    # Staff always read along: they are asked about it.
    for_relatives = models.BooleanField(default=True)
    for_residents = models.BooleanField(default=True)
    title = models.CharField(_("headline"), max_length=120)
    text = models.TextField(_("text"), max_length=10_000)
    # The same, short and easy: residents see it first.
    easy_text = models.TextField(_("easy to read"), max_length=2_000, blank=True)
    important = models.BooleanField(_("this is important"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(default=clock.now, editable=False)
    # Until it is published a draft may be changed; what was previewed is what is told.
    edited_at = models.DateTimeField(default=clock.now, editable=False)
    # In a draft the wish, None for at once; when it is published, what holds.
    shown_from = models.DateTimeField(null=True, blank=True)
    shown_until = models.DateTimeField(null=True, blank=True)
    # When its author asked that somebody looks at it, and what was said to that.
    asked_at = models.DateTimeField(null=True, editable=False)
    returned_at = models.DateTimeField(null=True, editable=False)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    return_reason = models.CharField(max_length=500, blank=True, editable=False)
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
        ordering = ["-shown_from", "-pk"]
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")
        indexes = [
            models.Index(
                fields=["home", "-shown_from", "-id"], name="shown_news_of_a_home"
            )
        ]
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(
                    published_at__isnull=False,
                    published_by__isnull=False,
                    shown_from__isnull=False,
                ),
                name="news_is_published_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False)
                | Q(replaced_at=None, recalled_at=None),
                name="only_published_news_is_replaced_or_recalled",
            ),
            models.CheckConstraint(
                condition=Q(shown_from=None)
                | Q(shown_until=None)
                | Q(shown_until__gt=F("shown_from")),
                name="news_is_shown_until_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_by=None, return_reason="")
                | Q(returned_at__isnull=False, returned_by__isnull=False)
                & ~Q(return_reason=""),
                name="a_draft_is_returned_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def places(self):
        """The departments it is for; none of them means the whole home."""
        return list(self.departments.all())

    @property
    def place(self):
        """Whom it is for, in a word."""
        if self.whole_home:
            return str(self.home)
        return ", ".join(place.name for place in self.places)

    @property
    def kinds(self):
        """Who of them reads it, for those who write it."""
        return Readership.of(self).label

    @property
    def is_ahead(self):
        return bool(self.published_at) and self.shown_from > clock.now()

    @property
    def is_past(self):
        return bool(self.shown_until) and self.shown_until <= clock.now()

    @property
    def is_correction_of_shown(self):
        """Its readers have something before them already."""
        return bool(self.corrects) and self.corrects.shown_from <= clock.now()
