"""Papers that are on their way."""

import time

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

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
        found.refresh_from_db(fields=["state", "done", "total"])
    if found.state == Drawing.State.DONE and "open" in request.GET:
        return redirect(found.path)
    return render(request, "drawing.html", {"drawing": found})
