"""Papers that are on their way."""

import time

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal import batches
from portal.drawing import A_LOOK
from portal.models import Drawing


@require_safe
def drawing(request, uuid):
    """How far it is. Waits a moment itself, so that asking again is worth while."""
    mine = Drawing.objects.visible_to(request.user).defer("content", "html")
    found = get_object_or_404(mine, uuid=uuid)
    until = time.monotonic() + settings.PAPER_WAIT
    while not found.is_over and time.monotonic() < until:
        time.sleep(A_LOOK)
        found.refresh_from_db(fields=["state", "done", "total", "moved_at"])
    return render(request, "drawing.html", {"drawing": found})


@require_POST
def drawing_again(request, uuid):
    """Many papers from the beginning; those still on their way are the same ones."""
    found = get_object_or_404(
        Drawing.objects.visible_to(request.user)
        .select_related("department")
        .exclude(department=None),
        uuid=uuid,
    )
    if not request.user.manages(found.department):
        raise PermissionDenied
    begun = batches.begin(found.job, department=found.department, by=request.user)
    return redirect("drawing", begun.uuid)


@require_safe
def drawing_file(request, uuid):
    """Many papers as one file, for whoever asked for them and still manages the place."""
    found = get_object_or_404(
        Drawing.objects.visible_to(request.user).select_related("department"),
        uuid=uuid,
        state=Drawing.State.DONE,
    )
    if found.department is None:
        raise Http404
    if not request.user.manages(found.department):
        raise PermissionDenied
    return HttpResponse(
        bytes(found.content),
        content_type="application/zip",
        headers={
            "Content-Disposition": 'attachment; filename="papirer.zip"',
            "Cache-Control": "no-store, private",
        },
    )
