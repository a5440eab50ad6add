from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge import audience
from portal import clock
from portal.models import Home


class FolderQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody who belongs to the home gets its folder."""
        return self.filter(home__in=audience.homes_of(user))

    def of(self, home):
        """What the home hands out today, or None if it has not written any yet."""
        return self.filter(home=home).first()


class Folder(models.Model):
    """One version of what the home hands to somebody new. A change is a new row.

    Source: 002 ("velkomstfoldere med information og råd om det at være pårørende").
    """

    # Chosen when the form is drawn, so that a second press of the button is the same row.
    uuid = models.UUIDField(unique=True, editable=False)
    home = models.ForeignKey(Home, models.PROTECT, related_name="folders")
    welcome = models.TextField(_("welcome"), max_length=3_000)
    # The addresses of articles, in the order in which they stand in it.
    articles = models.JSONField(default=list)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(default=clock.now, editable=False)

    objects = FolderQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return f"{self.home}, {self.written_at:%Y-%m-%d}"
