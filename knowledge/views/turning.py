"""Whom do I turn to? And how those who answer for something show themselves."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge import audience, library_files, policy, turning
from knowledge.actions import turning as actions
from knowledge.forms.turning import GuideForm, PresentForm
from knowledge.models import Portrait
from knowledge.views.finding import home_of, must_belong
from portal import pictures


@require_safe
def whom(request):
    """Step by step upwards, with names, pictures and hours."""
    must_belong(request.user)
    return render(
        request,
        "knowledge/whom.html",
        {
            "ladders": turning.ladders(request.user),
            "complaint": library_files.address("Article", "complaints"),
        },
    )


@require_safe
def portrait(request, uuid):
    found = get_object_or_404(Portrait.objects.visible_to(request.user), uuid=uuid)
    return pictures.show(request, found, "small", request.GET.get("key", ""))


@require_http_methods(["GET", "POST"])
def present(request, uuid):
    """Say how oneself, or a manager of the home that one runs, is reached."""
    homes = audience.homes_of(request.user)
    job = get_object_or_404(turning.jobs_shown(homes), uuid=uuid)
    if not policy.can_present(request.user, job):
        raise PermissionDenied
    said = getattr(job, "presentation", None)
    form = PresentForm.of(
        request,
        has_picture=hasattr(said, "portrait"),
        initial={name: getattr(said, name, "") for name in ("phone", "hours", "words")},
    )
    if form.is_valid():
        actions.present(job, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("It is saved."))
        return redirect("knowledge:whom")
    return render(request, "knowledge/present.html", {"form": form, "job": job})


@require_http_methods(["GET", "POST"])
def guide(request):
    """Say whom one turns to beyond the home."""
    home = home_of(request.user)
    names = [name for name in GuideForm.base_fields if name != "slip"]
    known = getattr(home, "guide", None)
    form = GuideForm.of(
        request, initial={name: getattr(known, name, "") for name in names}
    )
    if form.is_valid():
        actions.guide(home, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("It is saved."))
        return redirect("knowledge:whom")
    return render(request, "knowledge/guide.html", {"form": form})
