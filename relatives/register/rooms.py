"""The way to the register, for those who run a home."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.rooms import Door, Row
from relatives.register import policy
from residents.models import Resident


def doors(user):
    if policy.homes(user):
        yield Door(_("Register"), reverse("relatives:register-upload"), order=90)


def missing(home):
    if not Resident.objects.filter(home=home).exists():
        yield Row(
            _("Bring in residents and relatives"),
            reverse("relatives:register-upload"),
            text=_("From a file of the care system, or one at a time."),
        )
