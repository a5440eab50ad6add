"""Everything that is held about a resident, for whoever has the right to it."""

from allauth.account.decorators import reauthentication_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from portal import rooms
from portal.views.my_data import handed_over
from residents import ledger, policy
from residents.models import Resident


@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)
def resident_data(request, uuid):
    """What is in the file, and the file. For the manager of the department."""
    resident = get_object_or_404(Resident.objects.visible_to(request.user), uuid=uuid)
    if not policy.manages(request.user, resident):
        raise PermissionDenied
    if request.method == "GET":
        ledger.read(request.user, [resident], purpose=ledger.Purpose.OVERSIGHT)
        return render(
            request,
            "residents/resident_data.html",
            {"resident": resident, "tabs": rooms.tabs(request.user, resident)},
        )
    return handed_over(
        request, {"resident": resident}, name=str(resident), home=resident.home
    )
