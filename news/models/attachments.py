from uuid import uuid4

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from news.models.items import NewsItem
from portal import clock, documents
from portal.models import Picture


class OfItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever sees the piece of news."""
        return self.filter(item__in=NewsItem.objects.visible_to(user))


class Attachment(models.Model):
    """A PDF that goes with a piece of house news, as we have written it anew."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="attachments")
    # What it is, in words; on disk and in addresses it has other names.
    name = models.CharField(_("name"), max_length=120)
    # In the folder; a correction shares the file with what it corrects.
    file = models.CharField(max_length=32)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=clock.now, editable=False)

    objects = OfItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self):
        return self.name

    def copy_to(self, item):
        """The same file with another version."""
        return item.attachments.create(name=self.name, file=self.file, size=self.size)

    @classmethod
    def sweep(cls, files):
        """After rows are deleted: files that no row knows any more leave the folder."""
        known = cls.objects.filter(file__in=files).values_list("file", flat=True)
        for file in set(files) - set(known):
            transaction.on_commit(lambda file=file: documents.remove(file), robust=True)


class NewsPicture(Picture):
    """A picture below a piece of house news."""

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="pictures")
    # What it shows, also for those who do not see it.
    name = models.CharField(_("what it shows"), max_length=120)

    objects = OfItemQuerySet.as_manager()

    class Meta(Picture.Meta):
        ordering = ["pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        return self.name

    def copy_to(self, item):
        """The same picture with another version."""
        return item.pictures.create(
            name=self.name, file=self.file, width=self.width, height=self.height
        )
