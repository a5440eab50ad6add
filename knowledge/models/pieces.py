"""What the library is made of: texts that all homes share, and each home's own."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from knowledge import audience
from portal import clock
from portal.models import Home
from portal.models.versions import Version


class PieceQuerySet(models.QuerySet):
    # Of all versions the one that holds, also where it has been taken back.
    held = Q(replaced_at=None)

    def holding(self):
        """The latest versions, also those that were taken back."""
        return self.filter(self.held)

    def in_homes(self, homes):
        """What stands in these homes: their own, and the common where they have no own.

        A home's own version decides also when it has been taken back: what a home does
        not want to say, the common text does not say for it.
        """
        own = self.model.objects.filter(
            self.held, home__in=homes, address=OuterRef("address")
        )
        return self.filter(
            self.held,
            Q(home__in=homes) | Q(home=None) & ~Exists(own.order_by()),
            recalled_at=None,
        )

    def visible_to(self, user):
        """What stands in the homes where the user belongs. It is about no resident."""
        homes = audience.homes_of(user)
        return self.in_homes(homes) if homes else self.none()

    def kept_by(self, user):
        """All versions, drafts and what was taken back, of the homes that the user runs."""
        return self.filter(home__in=audience.run_by(user))

    def common(self):
        """What all homes start from, as it is today."""
        return self.filter(home=None, replaced_at=None)


class Piece(Version):
    """One version of one text. The common ones come with the portal, from its files.

    A home writes its own beside them, at the same address if it is the same text: what
    the portal brings later never overwrites a home's words.
    """

    # None is common to all homes.
    home = models.ForeignKey(
        Home, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Of a home's: the common version that its writer had before them.
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+"
    )
    # None came with the portal.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    written_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta(Version.Meta):
        abstract = True
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=Q(home=None, author=None, based_on=None)
                | Q(home__isnull=False, author__isnull=False),
                name="%(class)s_of_a_home_has_an_author",
            ),
        ]

    @property
    def was_changed(self):
        """Whether readers are told that it is another text than it was."""
        return self.is_correction or self.based_on_id is not None
