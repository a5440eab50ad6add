"""Who does what for one resident, as a table."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relatives import policy, roles
from relatives.models import Agreement
from relatives.readings import (
    as_relative_or_resident,
    as_staff,
    every_name,
    names_for,
    sorted_by_urgency,
    with_parts,
)
from relatives.views.finding import agreements_for, resident_for, with_what_is_shown


@require_safe
def who_does_what(request, uuid):
    """All that holds for one resident, for those who work there."""
    user = request.user
    resident = resident_for(request, uuid, policy.can_write_agreements)
    agreements = agreements_for(user).open().filter(resident=resident)
    readings = as_staff(sorted_by_urgency(agreements), user=user)
    rows = roles.table(with_parts(readings, user=user, names=every_name))
    return render(
        request,
        "relatives/who_does_what.html",
        {"resident": resident, "rows": rows, "load": roles.load(rows)},
    )


@require_safe
def my_who_does_what(request):
    """The same for a relative or the resident: only what they may read, agreement by agreement."""
    user = request.user
    if not (hasattr(user, "relative") or hasattr(user, "resident")):
        raise PermissionDenied
    agreements = with_what_is_shown(
        Agreement.objects.shared_with(user).open(), user=user
    )
    readings = as_relative_or_resident(sorted_by_urgency(agreements), user=user)
    readings.sort(key=lambda reading: str(reading.agreement.resident))
    rows = roles.table(with_parts(readings, user=user, names=names_for(user)))
    return render(request, "relatives/my_who_does_what.html", {"rows": rows})
