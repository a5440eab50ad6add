"""Whether it is the right one who calls: what to look out for with this relative."""

from dataclasses import dataclass

from consent.phone.callers import Asked, numbers
from portal.models import Employment
from relatives.models import Relative


@dataclass(frozen=True)
class Checks:
    """What is true of the caller that staff must know before they say anything."""

    relative: Relative
    # None if no whole number was typed, or we have none to compare it with.
    number_fits: bool | None
    is_colleague: bool
    resident_is_protected: bool
    resident_is_minor: bool


def checks_of(relation, typed):
    relative, resident = relation.relative, relation.resident
    number, known = Asked.of(typed).number, numbers(relative.phone)
    return Checks(
        relative=relative,
        number_fits=number in known if number and known else None,
        is_colleague=relative.user_id is not None
        and Employment.objects.in_force()
        .filter(user=relative.user_id, home=resident.home_id)
        .exists(),
        resident_is_protected=resident.protected_address,
        resident_is_minor=resident.is_minor,
    )
