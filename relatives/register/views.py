from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from relatives.models import RegisterUpload
from relatives.register import actions, pages, policy, templates
from relatives.register.forms import UploadForm
from relatives.register.kinds import KINDS


def _homes_or_403(user):
    homes = policy.homes(user)
    if not homes:
        raise PermissionDenied
    return homes


def _upload_or_404(request, uuid):
    homes = _homes_or_403(request.user)
    return get_object_or_404(
        RegisterUpload.objects.visible_to(request.user).select_related("home"),
        uuid=uuid,
        home__in=homes,
    )


@require_http_methods(["GET", "POST"])
def register_upload(request):
    """Where a register comes in, and what becomes of it before anything is written."""
    homes = _homes_or_403(request.user)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*posted, homes=homes)
    if form.is_valid():
        upload = actions.keep_upload(
            home=form.home_chosen(), files=form.contents(), by=request.user
        )
        return redirect("relatives:register-preview", upload.uuid)
    return render(request, "relatives/register_upload.html", {"form": form})


@require_safe
def register_preview(request, uuid):
    upload = _upload_or_404(request, uuid)
    if upload.imported_at:
        return redirect("relatives:register-receipt", upload.uuid)
    plan = actions.plan_of(upload)
    return render(
        request,
        "relatives/register_preview.html",
        {"upload": upload, "page": pages.preview(plan)},
    )


@require_POST
def register_confirm(request, uuid):
    upload = _upload_or_404(request, uuid)
    try:
        actions.confirm(upload, seen=request.POST.get("seen", ""), by=request.user)
    except actions.NotImported:
        messages.warning(
            request,
            _(
                "Nothing was imported: something has changed in the portal since you "
                "looked. See what would happen now."
            ),
        )
        return redirect("relatives:register-preview", upload.uuid)
    return redirect("relatives:register-receipt", upload.uuid)


@require_POST
def register_forget(request, uuid):
    actions.forget_upload(_upload_or_404(request, uuid))
    messages.success(request, _("The files are forgotten. Nothing was imported."))
    return redirect("relatives:register-upload")


@require_safe
def register_receipt(request, uuid):
    upload = _upload_or_404(request, uuid)
    if not upload.imported_at:
        return redirect("relatives:register-preview", upload.uuid)
    return render(
        request,
        "relatives/register_receipt.html",
        {"upload": upload, "counts": pages.counts(upload.counts)},
    )


@require_safe
def register_columns(request):
    """Which columns a file may have, and what stands in them."""
    _homes_or_403(request.user)
    return render(
        request,
        "relatives/register_columns.html",
        {"kinds": KINDS.values(), "kind_choices": pages.kind_choices()},
    )


@require_safe
def register_template(request, kind):
    """An empty file to fill in: a workbook of all sheets, or a CSV of one."""
    _homes_or_403(request.user)
    try:
        content, name = templates.empty(kind)
    except KeyError:
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=name)
