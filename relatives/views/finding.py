"""How the pages of this app find what they are about."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from relatives.models import Agreement, Relation
from residents.models import Resident


def resident_for(request, uuid, may):
    """The resident, if the policy `may` lets the reader do this. 404 and 403 as ever."""
    resident = get_object_or_404(
        Resident.objects.visible_to(request.user).select_related(
            "department__home", "contact_person"
        ),
        uuid=uuid,
    )
    if not may(request.user, resident):
        raise PermissionDenied
    return resident


def agreements_for(user):
    """Those the user may see, with everything that one line about one shows."""
    return with_what_is_shown(Agreement.objects.visible_to(user))


def with_what_is_shown(agreements):
    return agreements.select_related(
        "resident__department__home",
        "resident__contact_person",
        "responsible_relative",
        "recorded_by",
        "replaced_by",
    )


def standing_relations(user, resident):
    """The resident's own people, for those who may know them all."""
    return (
        Relation.objects.visible_to(user)
        .filter(resident=resident)
        .standing()
        .select_related("relative", "resident__department__home")
        .order_by("relative__given_name", "relative__family_name", "pk")
    )
