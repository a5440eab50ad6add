import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from knowledge import audience
from knowledge.audience import Audience
from knowledge.models.pieces import Piece, PieceQuerySet
from portal import clock
from portal.models import Home

A_YEAR = dt.timedelta(days=365)


def in_a_year():
    return clock.today() + A_YEAR


class Subject(models.TextChoices):
    """Under which heading an article stands in the list, in this order."""

    HOUSE = "house", _("About us")
    RIGHTS = "rights", _("Deciding for oneself")
    GUARDIANSHIP = "guardianship", _("Guardianship and money")
    CONFIDENTIALITY = "confidentiality", _("What we may tell")
    MUNICIPALITY = "municipality", _("The municipality and its decisions")
    TRANSITIONS = "transitions", _("From child to adult")
    COMPLAINTS = "complaints", _("When something is not right")


class ArticleQuerySet(PieceQuerySet):
    held = Q(replaced_at=None, published_at__isnull=False)

    def visible_to(self, user):
        """What stands where the user belongs and is written for them."""
        return (
            super().visible_to(user).filter(audience__in=audience.read_by(user))
            if audience.homes_of(user)
            else self.none()
        )

    def drafts(self):
        return self.filter(published_at=None)

    def listed(self):
        """Without the texts themselves, which are long."""
        return self.defer("text", "easy")

    def due_in(self, homes):
        """Those of the homes that somebody should have looked through by now."""
        today = clock.today()
        looked = Check.objects.filter(
            home__in=homes, article=OuterRef("pk"), next_on__gt=today
        )
        return self.in_homes(homes).filter(~Exists(looked), check_on__lte=today)


class Article(Piece):
    """What the field calls *information*: one subject in plain words, with its law.

    Source: 001 ("værgemål, selvbestemmelsesret, tavshedspligt, økonomi og procedurer for
    visitation"), 002 ("overgange og børnefaglig undersøgelse").
    """

    logged_as = "article"

    title = models.CharField(_("headline"), max_length=120)
    summary = models.CharField(_("in short"), max_length=300)
    text = models.TextField(_("text"), max_length=20_000)
    easy = models.TextField(_("easy to read"), max_length=10_000, blank=True)
    subject = models.CharField(
        _("subject"), max_length=20, choices=Subject, default=Subject.HOUSE
    )
    audience = models.CharField(
        _("who it is for"),
        max_length=20,
        choices=Audience,
        default=Audience.EVERYBODY,
    )
    source = models.CharField(_("the law behind it"), max_length=300, blank=True)
    # When the words were last held against the law, and when they must be again.
    checked_on = models.DateField(_("looked through on"), default=clock.today)
    check_on = models.DateField(_("to be looked through by"), default=in_a_year)
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

    objects = ArticleQuerySet.as_manager()

    class Meta(Piece.Meta):
        ordering = ["title", "pk"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            *Piece.Meta.constraints,
            models.UniqueConstraint(
                "home",
                "address",
                condition=Q(replaced_at=None, published_at__isnull=False),
                name="one_article_of_a_home_holds",
            ),
            models.UniqueConstraint(
                "home",
                "address",
                condition=Q(published_at=None),
                name="one_draft_of_an_article_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(subject__in=Subject.values, audience__in=Audience.values),
                name="article_has_a_known_subject_and_audience",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=False)
                | Q(replaced_at=None, recalled_at=None, home__isnull=False),
                name="only_a_home_has_article_drafts",
            ),
        ]

    def __str__(self):
        return self.title


class Check(models.Model):
    """Somebody has held an article against the law and the house, and it still holds."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="checks")
    home = models.ForeignKey(Home, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(default=clock.now, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    next_on = models.DateField(default=in_a_year)

    class Meta:
        ordering = ["-checked_at", "-pk"]

    def __str__(self):
        return f"{self.article}, {self.checked_at:%Y-%m-%d}"
