import datetime as dt
import uuid

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from portal import clock

SATURDAY = 5


class Home(models.Model):
    """A *botilbud*: one address to its residents, one voice to their relatives."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100, unique=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    opening_hours = models.CharField(
        _("when the telephone is answered"), max_length=200, blank=True
    )
    answer_days = models.PositiveSmallIntegerField(
        _("we answer within this many working days"), default=3
    )
    about = models.TextField(_("about us"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("home")
        verbose_name_plural = _("homes")

    def __str__(self):
        return self.name

    def answers_by(self, asked_on):
        """The last day on which the home keeps its promise to answer.

        Saturdays and Sundays do not count.
        """
        day, left = asked_on, self.answer_days
        while left > 0 or day.weekday() >= SATURDAY:
            day += dt.timedelta(days=1)
            left -= day.weekday() < SATURDAY
        return day


class DepartmentQuerySet(models.QuerySet):
    def of_work(self, user):
        """The departments whose residents the user cares for today."""
        return self.filter(
            grants__user=user, grants__permission__codename="work_in_department"
        )


class Department(models.Model):
    """A house or a floor: the residents that one team knows."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    home = models.ForeignKey(
        Home, models.PROTECT, related_name="departments", verbose_name=_("home")
    )
    name = models.CharField(_("name"), max_length=100)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        default_permissions = ()
        permissions = [
            ("work_in_department", "Care for the residents of a department"),
            ("manage_department", "Manage a department"),
        ]
        constraints = [
            models.UniqueConstraint(
                "home", "name", name="one_department_of_that_name_a_home"
            )
        ]

    def __str__(self):
        return self.name


class Profession(models.TextChoices):
    PEDAGOGUE = "pedagogue", _("social educator")
    CARE_ASSISTANT = "care_assistant", _("social and health care assistant")
    NURSE = "nurse", _("nurse")
    PHYSIO = "physio", _("physiotherapist")
    OCCUPATIONAL = "occupational", _("occupational therapist")
    PSYCHOLOGIST = "psychologist", _("psychologist")
    SOCIAL_WORKER = "social_worker", _("social worker")
    CARER = "carer", _("carer")
    OFFICE = "office", _("office")
    OTHER = "other", _("other")


class EmploymentQuerySet(models.QuerySet):
    def in_force(self):
        """Those whose first day has come and whose last day has not passed."""
        today = clock.today()
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today
        )


class Employment(models.Model):
    """Who works where, as what, from when until when."""

    class Role(models.TextChoices):
        CARE = "care", _("care worker")
        MANAGER = "manager", _("department manager")
        CENTRE_MANAGER = "centre_manager", _("centre manager")
        ADVISER = "adviser", _("relatives' adviser")
        SYSTEM = "system", _("system administrator")

    # What these do, they do for one department's residents.
    AT_A_DEPARTMENT = (Role.CARE, Role.MANAGER)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="employments"
    )
    home = models.ForeignKey(Home, models.PROTECT, related_name="employments")
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="employments",
        verbose_name=_("department"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.CARE)
    profession = models.CharField(
        _("profession"), max_length=20, choices=Profession, default=Profession.OTHER
    )
    starts_on = models.DateField(_("first day"), default=clock.today)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    # The care system's own number for the person, if it has one.
    register_id = models.CharField(max_length=50, blank=True)

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        ordering = ["user__name", "pk"]
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        constraints = [
            models.UniqueConstraint(
                "user",
                "home",
                "department",
                "role",
                condition=Q(ends_on=None),
                name="one_open_employment_of_a_kind",
            ),
            # To a database no two empty departments are the same.
            models.UniqueConstraint(
                "user",
                "home",
                "role",
                condition=Q(ends_on=None, department=None),
                name="one_open_employment_of_a_kind_without_department",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["care", "manager"], department__isnull=False)
                | Q(
                    role__in=["centre_manager", "adviser", "system"],
                    department__isnull=True,
                ),
                name="only_care_and_department_managers_have_a_department",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="employment_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}"

    @property
    def is_manager(self):
        return self.role in (self.Role.MANAGER, self.Role.CENTRE_MANAGER)

    def covers(self, department):
        """Whether the job is about the residents of this department."""
        if self.role == self.Role.CENTRE_MANAGER:
            return self.home_id == department.home_id
        return self.role in self.AT_A_DEPARTMENT and (
            self.department_id == department.pk
        )


class DepartmentGrant(UserObjectPermissionBase):
    """What one employee may do in one department today.

    A view over employments (portal.workplaces): guardian reads it as its table, so an
    employment that ended yesterday opens nothing this morning, whoever was asleep.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        db_constraint=False,
        related_name="department_grants",
    )
    # A name of its own, for guardian finds the rows by it, backwards from Permission.
    permission = models.ForeignKey(
        Permission,
        models.DO_NOTHING,
        db_constraint=False,
        related_name="department_grants",
    )
    content_object = models.ForeignKey(
        Department, models.DO_NOTHING, db_constraint=False, related_name="grants"
    )

    class Meta(UserObjectPermissionBase.Meta):
        managed = False
        db_table = "portal_department_grant"
