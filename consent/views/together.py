"""An employee opens the resident's page beside the resident, and comes back afterwards."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from consent import policy, together
from portal import audit
from residents.models import Resident


@require_POST
def together_start(request, uuid):
    """The screen is the resident's from here on."""
    resident = get_object_or_404(
        Resident.objects.visible_to(request.user).select_related("department"),
        uuid=uuid,
    )
    if not policy.can_record_answers(request.user, resident):
        raise PermissionDenied
    # What was said to the employee is not for the resident to read.
    list(messages.get_messages(request))
    together.begin(request, resident)
    audit.record("consent.together_begun", by=request.user, about=resident)
    return redirect("consent:together", resident=resident.uuid)


@require_POST
def together_end(request, resident):
    """Either of them says that it is enough."""
    if request.held is None or request.held.resident != resident:
        raise Http404
    together.end(request, request.held)
    return redirect("consent:together-over")


@require_safe
def together_over(request):
    """Gives the screen back: nothing opens before the employee has given their password."""
    held = request.held
    if held is None:
        return redirect("home")
    if not held.is_over:
        return redirect("consent:together", resident=held.resident)
    if together.is_back(request, held):
        together.release(request)
        return redirect("consent:consents", uuid=held.resident)
    return render(
        request,
        "consent/together_over.html",
        {
            "name": request.user.name.split()[0],
            "back": f"{reverse('account_reauthenticate')}?next={request.path}",
        },
    )
