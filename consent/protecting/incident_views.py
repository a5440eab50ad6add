"""Something went wrong with people's data: anybody at work reports it, and few decide."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consent.protecting.incident_forms import ReportForm, StepForm
from residents import incidents
from residents.models import Incident


@require_safe
def incident_list(request):
    """Those that one may know of, the newest first, with the time that is left."""
    if incidents.home_of(request.user) is None:
        raise PermissionDenied
    found = Incident.objects.visible_to(request.user)
    undecided = set(found.undecided().values_list("pk", flat=True))
    return render(
        request,
        "consent/protecting/incidents.html",
        {"rows": [(one, one.pk in undecided) for one in found[:100]]},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def incident_report(request):
    home = incidents.home_of(request.user)
    if home is None:
        raise PermissionDenied
    form = ReportForm.of(request)
    if form.is_valid():
        incident = incidents.report(
            uuid=form.number, home=home, by=request.user, **form.answers()
        )
        form.forget()
        messages.success(request, _("Thank you. Those who must decide have been told."))
        return redirect("consent:incident", incident.uuid)
    return render(request, "consent/protecting/incident_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def incident(request, uuid):
    """What is known of it, what was done, and, to whoever decides, the next step."""
    found = get_object_or_404(
        Incident.objects.visible_to(request.user).select_related("home", "reported_by"),
        uuid=uuid,
    )
    may = incidents.can_decide(request.user, found)
    if request.method == "POST" and not may:
        raise PermissionDenied
    form = StepForm.of(request, incident=found) if may else None
    if form and form.is_valid():
        incidents.add_step(found, uuid=form.number, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("It is written down."))
        return redirect("consent:incident", found.uuid)
    steps = list(found.steps.select_related("by", "lookup")) if may else []
    return render(
        request,
        "consent/protecting/incident.html",
        {
            "incident": found,
            "steps": steps,
            "runs": may and not any(one.kind in one.ENDS_THE_CLOCK for one in steps),
            "form": form,
        },
    )
