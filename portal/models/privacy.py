from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock


class PrivacyShown(models.Model):
    """Which text about their own data a person was shown, as what, and when."""

    class Role(models.TextChoices):
        RESIDENT = "resident", _("resident")
        REPRESENTATIVE = "representative", _("representative")
        RELATIVE = "relative", _("relative")
        EMPLOYEE = "employee", _("employee")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="privacy_shown"
    )
    role = models.CharField(max_length=20, choices=Role)
    # portal.privacy_texts.VERSION, as it was.
    version = models.CharField(max_length=20)
    shown_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-shown_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "user", "role", "version", name="a_version_is_shown_once"
            )
        ]

    def __str__(self):
        return f"{self.user} {self.role} {self.version}"
