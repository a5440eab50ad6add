"""How the pages of this app find what they are about."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from portal import searching
from relatives.models import Agreement, Relation, Relative
from residents import ledger
from residents.models import Resident

MOST_FOUND = 20


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
    ledger.read(request.user, [resident])
    return resident


def agreements_for(user):
    """Those the user may see, with everything that one line about one shows."""
    return with_what_is_shown(Agreement.objects.visible_to(user), user=user)


def with_what_is_shown(agreements, *, user):
    return agreements.with_too_much(user).select_related(
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


def relative_at_work(request, uuid):
    """The relative, for those who care for somebody of theirs; not the relative alone."""
    relative = get_object_or_404(
        Relative.objects.visible_to(request.user).select_related("user", "home"),
        uuid=uuid,
    )
    known = Relation.objects.visible_to(request.user).filter(relative=relative)
    relations = list(known.select_related("resident"))
    if not relations:
        raise PermissionDenied
    ledger.read(request.user, relations)
    return relative


def known_people(user, search, *, home):
    """Relatives of others in one's departments whose name fits, at most a page of them."""
    if not search:
        return Relative.objects.none()
    people = searching.with_words(
        Relative.objects.visible_to(user).filter(home=home),
        search,
        "given_name",
        "family_name",
    )
    first = list(people.values_list("pk", flat=True)[:MOST_FOUND])
    theirs = Relation.objects.visible_to(user).filter(relative__in=first)
    ledger.searched(user, search, theirs.select_related("resident"))
    return Relative.objects.filter(pk__in=first)
