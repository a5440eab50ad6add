"""Photographs that belong to a glimpse of somebody's life, and who else is in them."""

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news.models.entries import DiaryEntry
from portal import clock, walls
from portal.models import Picture
from portal.refusals import Kept
from residents.access import open_to, workplaces
from residents.models import Resident
from residents.topics import Topic


class DiaryPhotoQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To the staff of the resident all; to others what everybody in it shows them.

        Three doors, all of them open: the glimpse that it belongs to, and the photos of
        the resident, and those of each other resident who is in the picture. The
        resident has been there and asks nobody.
        """
        glimpses = DiaryEntry.objects.current().visible_to(user)
        also_open = (
            AlsoInPhoto.objects.filter(open_to(user, Topic.PHOTOS))
            .filter(photo=OuterRef("pk"))
            .order_by()
            .values("photo")
            .annotate(number=Count("pk"))
            .values("number")
        )
        # Counted, not sought for one that is closed: what is hidden is not open.
        everybody = Q(others=Coalesce(Subquery(also_open), 0))
        return self.filter(
            Q(resident__department__in=workplaces(user))
            | Q(open_to(user, Topic.PHOTOS), recalled_at=None, entry__in=glimpses)
            & (everybody | Q(resident__user=user))
        )

    def current(self):
        return self.filter(recalled_at=None)


class DiaryPhoto(Picture):
    """One photograph of one resident's glimpse.

    Of a photograph of several there is one row for each of them, with the same file, as
    of the glimpse itself: each row lies with what was written about that resident.
    """

    # What is seen in it is shared as this, whatever the glimpse is about.
    topic = Topic.PHOTOS.value
    UNSAID = "…"

    # The version that stands: a correction takes its photographs along.
    entry = models.ForeignKey(DiaryEntry, models.PROTECT, related_name="photos")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="+")
    # How many others than the resident are in it; `also` says who.
    others = models.PositiveSmallIntegerField(default=0, editable=False)
    place = models.PositiveSmallIntegerField(editable=False)
    # UNSAID, if nobody has described it.
    alt = models.CharField(_("what can be seen"), max_length=200)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recalled_at = models.DateTimeField(null=True, editable=False)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = DiaryPhotoQuerySet.as_manager()

    kept = Kept(
        "A photograph that was shown is never rewritten or removed, only taken back.",
        closing=("recalled_at", "recalled_by_id"),
        # Its number in addresses, where it lies now, and its words for those who do
        # not see it, which may be better each time.
        free=("uuid", "entry_id", "alt"),
    )
    wall = walls.Wall(
        f"""{walls.of_staff()} OR recalled_at IS NULL
        AND {walls.behind("news_diaryentry", "entry_id", "replaced_at IS NULL AND recalled_at IS NULL")}
        AND {walls.of_topic("photos")}
        AND ({walls.of_resident()} OR others = (
            SELECT count(*) FROM news_alsoinphoto also
             WHERE also.photo_id = news_diaryphoto.id))"""  # noqa: S608 -- our own words
    )

    class Meta(Picture.Meta):
        ordering = ["entry", "place", "pk"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        indexes = [models.Index(fields=["file"], name="photos_of_one_file")]
        constraints = [
            *Picture.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(alt=""), name="a_photo_says_what_can_be_seen"
            ),
            models.CheckConstraint(
                condition=Q(recalled_at=None, recalled_by=None)
                | Q(recalled_at__isnull=False, recalled_by__isnull=False),
                name="a_photo_is_taken_back_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.resident}, {self.place}"

    @property
    def says(self):
        """What can be seen; else what it lies with, as that is told now.

        A name that a correction has taken out of the headline is in no photograph's words.
        """
        if self.alt != self.UNSAID:
            return self.alt
        return gettext("Photo: %(what)s") % {"what": self.entry.headline}


class AlsoInPhotoQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who else is in a photograph, to the staff of the resident whose row it is."""
        return self.filter(about__department__in=workplaces(user))


class AlsoInPhoto(models.Model):
    """Another resident who can be recognised in a photograph: no photo without their yes."""

    photo = models.ForeignKey(DiaryPhoto, models.PROTECT, related_name="also")
    # Whose glimpse the photograph belongs to, and when: as on the photograph, for a wall
    # cannot ask the table that it stands before.
    about = models.ForeignKey(Resident, models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = AlsoInPhotoQuerySet.as_manager()

    kept = Kept("Who is in a photograph is never rewritten or removed.")
    wall = walls.Wall(f"{walls.of_staff('about_id')} OR {walls.of_topic('photos')}")

    class Meta:
        ordering = ["photo", "pk"]
        constraints = [
            models.UniqueConstraint(
                "photo", "resident", name="nobody_is_in_a_photo_twice"
            ),
            models.CheckConstraint(
                condition=~Q(about=models.F("resident")),
                name="others_in_a_photo_are_others",
            ),
        ]

    def __str__(self):
        return f"{self.resident}"
