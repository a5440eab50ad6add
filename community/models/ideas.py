import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from community.models.enquiries import Enquiry
from portal import clock, walls
from portal.models import Department, Home
from portal.refusals import Kept
from relatives.near import near

WALL = """written_by_id = portal_reader()
    OR published_at IS NOT NULL AND home_id IN (
        SELECT job.home_id FROM portal_employment job WHERE job.user_id = portal_reader()
          AND job.role <> 'protection'
        UNION
        SELECT lives.home_id FROM residents_resident lives
         WHERE lives.user_id = portal_reader()
        UNION
        SELECT theirs.home_id FROM relatives_relative own
          JOIN relatives_relation tie ON tie.relative_id = own.id
          JOIN residents_resident theirs ON theirs.id = tie.resident_id
         WHERE own.user_id = portal_reader())
    OR EXISTS (
    SELECT 1 FROM portal_department there
     WHERE there.id = ANY ((SELECT portal_reader_departments())::bigint[])
       AND there.home_id = community_idea.home_id)"""


class IdeaQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, what is published in one's homes, and all that one answers."""
        return self.filter(self._own(user) | _answered_by(user) | _published(user))

    def public(self, user):
        """The list of everybody of the home."""
        return self.filter(_published(user))

    def own(self, user):
        return self.filter(self._own(user))

    def with_own_words_for(self, user):
        """In `own_words` what was written, for its writer and whoever answers it.

        To others it is empty: they read what the manager has published.
        """
        theirs = self._own(user) | _answered_by(user)
        return self.annotate(
            own_words=Case(
                When(theirs, then=F("text")),
                default=Value(""),
                output_field=models.TextField(),
            )
        )

    def to_answer(self, user):
        """What a manager has not answered yet."""
        return self.filter(_answered_by(user), status=Idea.Status.RECEIVED)

    def _own(self, user):
        return Q(written_by=user) if user.sight is None else Q(pk__in=[])


def _answered_by(user):
    """Managers: of their department, or of the whole home."""
    jobs = [job for job in user.employments_in_force if job.is_manager]
    return Q(
        department__in=[job.department_id for job in jobs if job.department_id]
    ) | Q(home__in=[job.home_id for job in jobs if not job.department_id])


def _published(user):
    return Q(published_at__isnull=False, home__in=homes_of(user))


def homes_of(user):
    """The homes where the user works, lives or has somebody who lives there."""
    homes = {job.home_id for job in user.employments_in_force}
    if getattr(user, "relative", None) or getattr(user, "resident", None):
        homes.update(near(user).values_list("home", flat=True))
    return homes


class Idea(models.Model):
    """Something that could be better for everybody. The manager answers in public.

    The words are the writer's; what is published is written anew by the manager, and
    names neither the writer nor any resident. Source: 001-008, 002-052.
    """

    class Status(models.TextChoices):
        RECEIVED = "received", _("received")
        CONSIDERED = "considered", _("we look at it")
        DONE = "done", _("we do it")
        DECLINED = "declined", _("we do not do it")

    class Capacity(models.TextChoices):
        RELATIVE = "relative", _("a relative")
        RESIDENT = "resident", _("a resident")
        STAFF = "staff", _("an employee")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    home = models.ForeignKey(Home, models.PROTECT, related_name="ideas")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("the idea"), max_length=5_000)
    capacity = models.CharField(max_length=10, choices=Capacity)
    enquiry = models.ForeignKey(
        Enquiry, models.PROTECT, null=True, blank=True, related_name="ideas"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    # How it stands now: the latest step, once more.
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.RECEIVED
    )
    title = models.CharField(_("the idea in public"), max_length=200, blank=True)
    answer = models.TextField(_("our answer"), max_length=5_000, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = IdeaQuerySet.as_manager()

    kept = Kept(
        "An idea is never rewritten or removed.",
        free=("status", "title", "answer", "published_at"),
    )
    wall = walls.Wall(WALL)

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        indexes = [
            models.Index(fields=["home", "-published_at"], name="ideas_of_a_home")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(title="") & ~Q(answer=""),
                name="a_public_idea_has_an_answer",
            )
        ]

    def __str__(self):
        return self.title or str(self.uuid)


class IdeaStep(models.Model):
    """What the manager has answered, each time anew."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="steps")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(max_length=10, choices=Idea.Status)
    title = models.CharField(max_length=200)
    answer = models.TextField(max_length=5_000)
    is_public = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    kept = Kept("What was answered to an idea is never rewritten or removed.")
    wall = walls.Wall(walls.behind("community_idea", "idea_id"))

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.idea}: {self.status}"
