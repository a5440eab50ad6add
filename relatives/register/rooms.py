"""The way to the register, for those who run a home."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.rooms import Card, Door
from relatives.register import policy
from residents.models import Resident


def doors(user):
    if policy.homes(user):
        yield Door(_("Register"), reverse("relatives:register-upload"), order=90)


def cards(user):
    homes = policy.homes(user)
    if homes and not Resident.objects.filter(home__in=homes).exists():
        yield Card(
            _("Bring in your people"),
            empty=_(
                "Nobody lives here yet, as far as the portal knows. Bring in departments, "
                "employees, residents and relatives from what your care system exports."
            ),
            action=(_("Import a register"), reverse("relatives:register-upload")),
            order=5,
        )
