"""Which questions a conversation asks: in versions, the common ones and each home's own."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meetings.models import frozen
from portal.models import Home


class TemplateQuerySet(models.QuerySet):
    def for_home(self, home):
        """The home's own latest version, else the common one."""
        return (
            self.filter(Q(home=home, issued_at__isnull=False) | Q(home=None))
            .order_by(
                F("home").asc(nulls_last=True),
                F("issued_at").desc(nulls_last=True),
                "-version",
            )
            .select_related("based_on")
            .first()
        )

    def common(self):
        """The latest that every home starts from."""
        return self.filter(home=None).order_by("-version").first()

    def draft_of(self, home):
        """What the home has begun and not issued, or None."""
        return self.filter(home=home, issued_at=None).select_related("based_on").first()


class Template(models.Model):
    """One version of the questions. A conversation keeps the version it began with.

    A home's own is written as a draft, one at a time; once issued it is never changed.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # None is the common template that every home starts from.
    home = models.ForeignKey(
        Home, models.PROTECT, null=True, blank=True, related_name="templates"
    )
    # Of a home's: the common version it started from, a dot, and its own number.
    version = models.CharField(_("version"), max_length=20, blank=True)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("in use from"), null=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = TemplateQuerySet.as_manager()

    refused = frozen.OF_TEMPLATES

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                "home",
                "version",
                name="one_template_a_version",
            ),
            # To a database no two empty homes are the same.
            models.UniqueConstraint(
                "version",
                condition=Q(home=None),
                name="one_common_template_a_version",
            ),
            models.CheckConstraint(
                condition=Q(home=None, based_on=None)
                | Q(home__isnull=False, based_on__isnull=False),
                name="a_homes_questions_start_from_the_common_ones",
            ),
            models.CheckConstraint(
                condition=Q(home=None) & ~Q(version="")
                | Q(home__isnull=False, version="", issued_at=None, issued_by=None)
                | Q(issued_at__isnull=False, issued_by__isnull=False) & ~Q(version=""),
                name="what_is_no_draft_has_a_version_and_an_issuer",
            ),
        ]

    def __str__(self):
        return self.version

    @property
    def is_draft(self):
        return bool(self.home_id and not self.issued_at)

    @property
    def common(self):
        """The common version that it is, or started from."""
        return self.based_on if self.home_id else self

    @property
    def dated(self):
        """The day of the common questions, for papers that are the same every time."""
        return self.common.version[:10]
