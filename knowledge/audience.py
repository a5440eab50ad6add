"""Whose library somebody reads in, and which texts are written for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models import Employment


class Audience(models.TextChoices):
    EVERYBODY = "everybody", _("everybody")
    RESIDENTS = "residents", _("residents")
    RELATIVES = "relatives", _("relatives")
    STAFF = "staff", _("staff")


def homes_of(user):
    """The numbers of the homes where the user belongs, the one on their pages first."""
    homes = [job.home_id for job in user.employments_in_force]
    homes += [
        person.home_id
        for person in (getattr(user, "relative", None), getattr(user, "resident", None))
        if person
    ]
    return list(dict.fromkeys(homes))


def belongs(user):
    """Whether the user is anything to any home today."""
    return bool(homes_of(user))


def read_by(user):
    """Staff read what families are told, and residents what their relatives are told."""
    if user.is_employed:
        return list(Audience)
    if getattr(user, "resident", None):
        return [Audience.EVERYBODY, Audience.RESIDENTS, Audience.RELATIVES]
    return [Audience.EVERYBODY, Audience.RELATIVES]


def run_by(user):
    """The homes whose library the user looks after."""
    return [
        job.home
        for job in user.employments_in_force
        if job.role == Employment.Role.CENTRE_MANAGER
    ]
