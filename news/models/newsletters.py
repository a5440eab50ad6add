from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from news.models.items import NewsItem
from portal import clock
from portal.models import Employment, Home, Message


class NewsletterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sent ones with something in them for the user, and those one may edit."""
        theirs = NewsItem.objects.readable_by(user).values("address")
        chosen = NewsletterItem.objects.filter(
            newsletter=OuterRef("pk"), address__in=theirs
        )
        return self.filter(Q(Exists(chosen), sent_at__isnull=False) | _edited_by(user))

    def edited_by(self, user):
        return self.filter(_edited_by(user))


def _edited_by(user):
    """Whoever runs the home, all of them; other managers their own."""
    jobs = user.employments_in_force
    role = Employment.Role
    runs = [job.home_id for job in jobs if job.role == role.CENTRE_MANAGER]
    managed = [job.home_id for job in jobs if job.is_manager]
    return Q(home__in=runs) | Q(home__in=managed, author=user.pk)


class Newsletter(models.Model):
    """Chosen news as one letter: by e-mail, in the portal, and on paper.

    It holds no text of the news. Each reader's letter is made of what that reader may
    read at the instant it leaves.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    home = models.ForeignKey(Home, models.PROTECT, related_name="newsletters")
    title = models.CharField(_("headline"), max_length=120)
    introduction = models.TextField(_("introduction"), max_length=3_000, blank=True)
    to_staff = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    edited_at = models.DateTimeField(default=clock.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    stopped_at = models.DateTimeField(null=True, editable=False)

    objects = NewsletterQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-edited_at", "-pk"]
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="a_newsletter_is_sent_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(sent_at__isnull=False),
                name="only_a_sent_newsletter_is_stopped",
            ),
        ]

    def __str__(self):
        return self.title

    def in_order(self, items):
        """These news in the order in which the newsletter has them."""
        places = dict(self.chosen.values_list("address", "position"))
        return sorted(items, key=lambda item: places[item.address])

    def items(self):
        """What stands in it now: corrected, without what was taken back or is over."""
        return NewsItem.objects.current().filter(
            address__in=self.chosen.values("address")
        )

    @property
    def messages(self):
        """Its mails, one a reader."""
        return Message.objects.filter(key__startswith=f"newsletter:{self.pk}:")


class NewsletterItem(models.Model):
    """One of the chosen news, by its address: a correction takes its place by itself."""

    newsletter = models.ForeignKey(Newsletter, models.CASCADE, related_name="chosen")
    address = models.UUIDField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                "newsletter", "address", name="a_newsletter_tells_each_thing_once"
            )
        ]

    def __str__(self):
        return f"{self.newsletter} {self.position}"
