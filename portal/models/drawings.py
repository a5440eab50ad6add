import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock, walls
from portal.models.homes import Department

# Papers that nobody fetched are gone then: they tell much of somebody.
KEPT_FOR = dt.timedelta(hours=1)
# What no worker has begun with by then is begun with no more.
BEGUN_WITHIN = dt.timedelta(minutes=10)


class DrawingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever asked for it."""
        return self.filter(asked_by=user.pk)

    def too_old(self):
        return self.filter(asked_at__lt=clock.now() - KEPT_FOR)


class Drawing(models.Model):
    """A paper, or many, on the way while the page that asked for it does not wait.

    The words go as soon as it is drawn, and all of it after an hour.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    # The page that asked for it, and shows it when it is there.
    path = models.CharField(max_length=300)
    digest = models.CharField(max_length=64, blank=True)
    html = models.TextField(blank=True)
    # Of a batch: whose it is about, which job, how many, how far.
    department = models.ForeignKey(
        Department, models.CASCADE, null=True, related_name="+"
    )
    job = models.CharField(max_length=50, blank=True)
    done = models.PositiveIntegerField(default=0)
    # The last that was heard of whoever draws it.
    moved_at = models.DateTimeField(default=clock.now, editable=False)
    total = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    content = models.BinaryField(null=True)

    objects = DrawingQuerySet.as_manager()

    wall = walls.Wall("asked_by_id = portal_reader()")

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return f"{self.job or 'paper'} {self.done}/{self.total}"

    @property
    def is_lost(self):
        """Whoever was drawing it is gone: nothing has come for longer than a paper takes.

        Many papers may stand behind others before the first of them is begun with.
        """
        longest = dt.timedelta(seconds=2 * settings.PAPER_SECONDS)
        if self.job and not self.done:
            longest += BEGUN_WITHIN
        return (
            self.state == self.State.WAITING and clock.now() > self.moved_at + longest
        )

    @property
    def is_over(self):
        return self.state != self.State.WAITING or self.is_lost
