import uuid

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from portal import workdays
from portal.once import once


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

        Saturdays, Sundays and Danish holidays do not count.
        """
        return workdays.after(asked_on, self.answer_days)


class DepartmentQuerySet(models.QuerySet):
    def open(self):
        """Those that have not been closed: where somebody new can be entered."""
        return self.filter(closed_on=None)

    def of_work(self, user):
        """The departments whose residents the user cares for today."""
        # Whoever works nowhere is asked about no department.
        if user.sight is not None or not user.employments_in_force:
            return self.none()
        return self.filter(
            grants__user=user, grants__permission__codename="work_in_department"
        )

    def numbers_of_management(self, user):
        """The keys of of_management(), once a page."""
        managed = self.of_management(user).values_list("pk", flat=True)
        return once(("management", user.pk, user.sight), lambda: list(managed))

    def numbers_of_logs(self, user):
        """The departments whose log of who has looked is for the user, once a page."""
        protected = [home.pk for home in user.homes_protected]
        if not protected:
            return self.numbers_of_management(user)
        own = self.filter(home__in=protected).values_list("pk", flat=True)
        found = once(("protected", user.pk), lambda: list(own))
        return sorted({*found, *self.numbers_of_management(user)})

    def of_management(self, user):
        """Those that the user manages today."""
        if user.sight is not None:
            return self.none()
        return self.filter(
            grants__user=user, grants__permission__codename="manage_department"
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
