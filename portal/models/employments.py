import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.models.homes import Department, Home
from portal.models.users import User


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
        """Those whose first day has come and whose last day has not passed.

        Not those who protect the data: their job opens the logs and nothing else.
        """
        return self.filter(Employment.holding())

    def lasting(self):
        """Those that hold today, of whichever role."""
        return self.filter(Employment.lasting())

    def protecting(self):
        """The jobs of those who protect the data of a home today."""
        return self.lasting().filter(role=Employment.Role.PROTECTION)

    def people(self):
        """Those whose jobs they are, each once."""
        return User.objects.filter(pk__in=self.values("user"))

    def over(self):
        """Those whose last day has passed."""
        return self.filter(ends_on__lt=clock.today())

    def handled_by(self, manager):
        """The jobs that the manager looks after: the home's, or a department's carers.

        Also those that are over and those that have yet to begin.
        """
        jobs = manager.employments_in_force
        role = Employment.Role
        return self.filter(
            Q(home__in=[j.home_id for j in jobs if j.role == role.CENTRE_MANAGER])
            | Q(
                role=role.CARE,
                department__in=[
                    j.department_id for j in jobs if j.role == role.MANAGER
                ],
            )
        )


class Employment(models.Model):
    """Who works where, as what, from when until when."""

    class Role(models.TextChoices):
        CARE = "care", _("care worker")
        MANAGER = "manager", _("department manager")
        CENTRE_MANAGER = "centre_manager", _("centre manager")
        ADVISER = "adviser", _("relatives' adviser")
        SYSTEM = "system", _("system administrator")
        PROTECTION = "protection", _("data protection officer")

    # What these do, they do for one department's residents.
    AT_A_DEPARTMENT = (Role.CARE, Role.MANAGER)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
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
                    role__in=["centre_manager", "adviser", "system", "protection"],
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

    @staticmethod
    def holding(prefix=""):
        """As a condition: the job is about the house, and holds today."""
        logs_alone = Q(**{f"{prefix}role": Employment.Role.PROTECTION})
        return Employment.lasting(prefix) & ~logs_alone

    @staticmethod
    def lasting(prefix=""):
        """As a condition: the first day has come and the last has not passed."""
        today = clock.today()
        return Q(**{f"{prefix}starts_on__lte": today}) & (
            Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": today})
        )

    @property
    def is_manager(self):
        return self.role in (self.Role.MANAGER, self.Role.CENTRE_MANAGER)

    @property
    def is_over(self):
        return self.ends_on is not None and self.ends_on < clock.today()

    def covers(self, department):
        """Whether the job is about the residents of this department."""
        if self.role == self.Role.CENTRE_MANAGER:
            return self.home_id == department.home_id
        return self.role in self.AT_A_DEPARTMENT and (
            self.department_id == department.pk
        )
