"""A relative asks to be forgotten."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal import erasing, export_words, personal
from relatives import actions, policy
from relatives.views.finding import relative_at_work


@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)
def relative_erase(request, uuid):
    """What goes and what stays, and why; then it is done."""
    relative = relative_at_work(request, uuid)
    if not policy.can_erase_relative(request.user, relative):
        raise PermissionDenied
    if request.method == "GET" or not request.POST.get("sure"):
        return _what_goes(request, relative)
    try:
        actions.erase_relative(relative, by=request.user)
    except actions.StillNeeded:
        return _what_goes(request, relative)
    messages.success(request, _("The relative is erased."))
    return redirect("residents:residents")


def _what_goes(request, relative):
    return render(
        request,
        "relatives/relative_erase.html",
        {
            "relative": relative,
            "by_law": actions.acts_by_law(relative),
            "goes": sorted(
                export_words.title(model)
                for model, _path in erasing.goes_with(None)
                if "relative" in personal.all_classes()[model].about
            ),
            "not_sure": request.method == "POST",
        },
    )
