"""The way in for a relative: a link by mail, or a letter with a code."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from portal import cpr, letters
from relatives import actions, policy
from relatives.views.finding import relative_at_work


class _NoSuchNumber(Exception):
    """What was written is no CPR number."""


@sensitive_post_parameters("cpr")
@require_POST
def relative_invite(request, uuid):
    """Send a relative the link to choose a password with."""
    relative = _to_invite(request, uuid)
    try:
        user = actions.invite_relative(
            relative, cpr_number=_number(request), by=request.user
        )
    except (actions.CannotBeInvited, _NoSuchNumber) as error:
        messages.error(request, _why_not(error))
    else:
        messages.success(
            request,
            _("%(name)s can log in already, with the log-in they have.")
            % {"name": relative}
            if user.last_login
            else _("%(name)s has been sent an invitation.") % {"name": relative},
        )
    return redirect("relatives:relative", relative.uuid)


@sensitive_post_parameters("cpr")
@require_POST
def relative_letter(request, uuid):
    """Print a relative the letter with a code. Each print has a new one."""
    relative = _to_invite(request, uuid)
    try:
        number = _number(request)
        return letters.answer(
            request,
            lambda: actions.invite_by_letter(
                relative, cpr_number=number, by=request.user
            ),
            lines=relative.envelope_lines,
            called=relative.given_name,
        )
    except (actions.CannotBeInvited, _NoSuchNumber) as error:
        messages.error(request, _why_not(error))
    return redirect("relatives:relative", relative.uuid)


def _to_invite(request, uuid):
    relative = relative_at_work(request, uuid)
    if not policy.can_invite(request.user, relative):
        raise PermissionDenied
    return relative


def _number(request):
    written = request.POST.get("cpr", "").strip()
    try:
        return cpr.read(written) if written else ""
    except ValueError:
        raise _NoSuchNumber from None


def _why_not(error):
    if isinstance(error, _NoSuchNumber):
        return _("That is no CPR number. Nobody has been invited; write it once more.")
    return _(
        "The relative cannot be invited: the e-mail is missing or is somebody else's log-in, the relative is under 15, or they can log in already."
    )
