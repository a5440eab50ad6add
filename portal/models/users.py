import uuid

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class UserQuerySet(models.QuerySet):
    def outside(self):
        """Those who may log in and have neither chosen a password nor used MitID."""
        return self.filter(
            is_active=True,
            password__startswith=UNUSABLE_PASSWORD_PREFIX,
            socialaccount=None,
        )


# mypy does not follow classes that are made while running.
class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, name, password=None, **fields):
        """A person who can sign in. Without a password they wait for their invitation."""
        user = self.model(email=self.normalize_email(email), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in: an employee, a relative, a resident, or two of them."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    is_active = models.BooleanField(_("can sign in"), default=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="da"
    )
    # "New since last time" is counted from here, not from this log-in.
    previous_login = models.DateTimeField(null=True, editable=False)

    objects = UserManager()

    # Set on a person through whose eyes another looks (residents.sight): what is left
    # of what they may see. They have no job, no powers and nothing of their own then.
    sight = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_user_an_e_mail_address")
        ]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def save(self, *args, **kwargs):
        if self.sight is not None:
            raise TypeError("Nothing is written through somebody else's eyes.")
        super().save(*args, **kwargs)

    def has_perm(self, perm, obj=None):
        if self.sight is not None and not self.sight.allows(perm, obj):
            return False
        return super().has_perm(perm, obj)

    @cached_property
    def jobs_today(self):
        """Every job that holds today, also one that opens nothing but the logs."""
        return list(self.employments.lasting().select_related("home", "department"))

    @cached_property
    def employments_in_force(self):
        """Where this person works today, and as what."""
        return [job for job in self.jobs_today if job.role != job.Role.PROTECTION]

    @property
    def homes_protected(self):
        """The homes whose data this person protects: they see the logs, and no more."""
        if self.sight is not None:
            return []
        return [job.home for job in self.jobs_today if job.role == job.Role.PROTECTION]

    @property
    def is_employed(self):
        return bool(self.employments_in_force)

    def works_in(self, department):
        """Cares for the residents of the department, or manages it."""
        return any(job.covers(department) for job in self.employments_in_force)

    def manages(self, department):
        return any(
            job.is_manager and job.covers(department)
            for job in self.employments_in_force
        )

    def runs(self, home):
        """Looks after the home itself: its register, its people, its texts."""
        return any(
            job.home_id == home.pk and job.role == job.Role.CENTRE_MANAGER
            for job in self.employments_in_force
        )
