"""A relative who cannot come in any more, or shall not."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts import helping
from relatives import policy
from relatives.views.finding import relative_at_work


@require_POST
def relative_log_in(request, uuid):
    """Codes anew, logged out everywhere, closed or opened: one button each."""
    relative = relative_at_work(request, uuid)
    if not policy.can_help_with_log_in(request.user, relative):
        raise PermissionDenied
    act = helping.ACTS.get(request.POST.get("what"))
    if act is None:
        raise BadRequest
    act(relative.user, by=request.user)
    messages.success(
        request,
        _("It is done. The log-in of %(name)s has changed.") % {"name": relative},
    )
    return redirect("relatives:relative", relative.uuid)
