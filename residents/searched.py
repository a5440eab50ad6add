"""Residents by name, at work, for the search in everything."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.rooms import Row
from portal.searching import Kind
from residents.models import Resident


def kinds(user):
    if user.employments_in_force:
        yield Kind(
            "residents",
            _("Residents"),
            Resident.objects.cared_for_by(user)
            .select_related("department")
            .order_by("given_name", "family_name", "pk"),
            ("given_name", "family_name", "called"),
            _of_resident,
            order=5,
        )


def _of_resident(resident):
    return Row(
        str(resident),
        reverse("residents:resident", args=[resident.uuid]),
        str(resident.department),
        # The field it may have been found by.
        resident.called,
        badge=_("Moved out") if resident.has_moved_out else "",
    )
