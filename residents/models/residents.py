import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase

from portal import clock
from portal.models import Department, Home
from residents.topics import Topic


class ResidentQuerySet(models.QuerySet):
    def cared_for_by(self, user):
        """The residents of the departments where the user works today."""
        return self.filter(department__in=Department.objects.of_work(user))

    def visible_to(self, user):
        """Those the user works with, those who share something, and oneself."""
        cared_for = Resident.objects.order_by().cared_for_by(user).values("pk")
        shares = Grant.objects.of(user).values("content_object")
        # A union, because PostgreSQL cannot use an index for either half of an OR.
        return self.filter(pk__in=cared_for.union(shares))

    def of(self, user):
        """The resident who this user is. Most are none, and then nothing is asked."""
        if user.sight is not None or getattr(user, "resident", None) is None:
            return self.none()
        return self.filter(user=user)

    def in_sight_of(self, user):
        """All of them, but for somebody through whose eyes another looks: the one."""
        if user.sight is None:
            return self
        return self.filter(pk=user.sight.resident)

    def living_here(self):
        """Those who have not moved out, also those who have yet to move in."""
        return self.filter(Q(moved_out_on=None) | Q(moved_out_on__gt=clock.today()))


class Resident(models.Model):
    """The person whose home it is, and who decides who may see what."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Their own log-in, if they want one.
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="resident",
    )
    # The department's, once more: the care system's numbers are counted home by home.
    home = models.ForeignKey(
        Home, models.PROTECT, related_name="residents", editable=False
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="residents",
        verbose_name=_("department"),
    )
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    called = models.CharField(_("likes to be called"), max_length=100, blank=True)
    born_on = models.DateField(_("born"))
    # A keyed digest, for recognising the person; the number itself is not kept.
    cpr_digest = models.CharField(max_length=64, blank=True, editable=False)
    # The care system's own number for the person.
    register_id = models.CharField(_("number in the care system"), max_length=50)
    room = models.CharField(_("room"), max_length=30, blank=True)
    moved_in_on = models.DateField(_("moves in"))
    moved_out_on = models.DateField(_("moved out"), null=True, blank=True)
    protected_address = models.BooleanField(_("protected address"), default=False)
    contact_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contact_person_for",
        verbose_name=_("contact person"),
    )

    objects = ResidentQuerySet.as_manager()

    class Meta:
        ordering = ["given_name", "family_name", "pk"]
        verbose_name = _("resident")
        verbose_name_plural = _("residents")
        default_permissions = ()
        permissions = [(topic.codename, f"See {topic.value}") for topic in Topic]
        indexes = [
            # Where few residents log in, SQLite takes the column's own index for useless.
            models.Index(
                "user", condition=Q(user__isnull=False), name="residents_who_log_in"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                "home", "register_id", name="one_resident_a_number_in_the_care_system"
            ),
            models.CheckConstraint(
                condition=Q(moved_out_on=None) | Q(moved_out_on__gte=F("moved_in_on")),
                name="resident_moves_out_after_moving_in",
            ),
        ]

    def __str__(self):
        return f"{self.given_name} {self.family_name}"

    def save(self, *args, **kwargs):
        self.home_id = self.department.home_id
        super().save(*args, **kwargs)

    @property
    def short_name(self):
        """What they like to be called."""
        return self.called or self.given_name

    @property
    def age(self):
        """In whole years, today in Denmark."""
        return clock.years_old(self.born_on)

    @property
    def has_moved_in(self):
        return self.moved_in_on <= clock.today()

    @property
    def has_moved_out(self):
        return bool(self.moved_out_on) and self.moved_out_on <= clock.today()

    @property
    def is_minor(self):
        return self.age < 18


class GrantQuerySet(models.QuerySet):
    def of(self, user):
        """What the user is let in on; nothing else may ask for a user's grants."""
        grants = self.filter(user=user)
        if user.sight is None:
            return grants
        return grants.filter(
            content_object=user.sight.resident, topic__in=user.sight.topics
        )


class Grant(UserObjectPermissionBase):
    """One topic that one resident lets one user see, at this moment.

    A view, not a table: guardian reads the standing consents themselves, so there is
    nothing to keep in step and nothing to forget. See consent.grants.
    """

    class Ground(models.TextChoices):
        CONSENT = "consent", _("consent")
        CUSTODY = "custody", _("custody")
        REPRESENTATION = "representation", _("representation")
        OWN = "own", _("oneself")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        db_constraint=False,
        related_name="grants",
    )
    # A name of its own, for guardian finds the rows by it, backwards from Permission.
    permission = models.ForeignKey(
        Permission,
        models.DO_NOTHING,
        db_constraint=False,
        related_name="resident_grants",
    )
    content_object = models.ForeignKey(
        Resident, models.DO_NOTHING, db_constraint=False, related_name="grants"
    )
    topic = models.CharField(max_length=20, choices=Topic)
    # Only what was written from this instant on; empty opens the earlier too.
    since = models.DateTimeField(null=True)
    # Why: the row that opens it, a consent or a representation.
    ground = models.CharField(max_length=20, choices=Ground)
    ground_id = models.BigIntegerField()

    objects: ClassVar = UserObjectPermissionManager.from_queryset(GrantQuerySet)()

    class Meta(UserObjectPermissionBase.Meta):
        managed = False
        db_table = "residents_grant"
