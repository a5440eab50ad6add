"""What people see when something went wrong: what happened, what to do, whom to call."""

import contextlib
import errno
import sys

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from portal import drafts, frame, log_lines

# Of what is too much: as much as a telephone may choose of its photographs by mistake.
HEARD_OUT, PIECE = 400 * 1024 * 1024, 1024 * 1024
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def csrf_failure(request, reason=""):
    """Mostly: the person has logged in again since the page was opened.

    What was written in a form is kept for its author, whoever sits there now.
    """
    path = drafts.rescue(request)
    if request.headers.get("Accept") == "application/json":
        if path:
            return JsonResponse({"said": _("Your text is kept.")})
        return JsonResponse({"said": ""}, status=403)
    if path and not request.user.is_authenticated:
        return redirect_to_login(path)
    if path and drafts.slip_of(request)[0] == request.user.pk:
        messages.warning(
            request,
            _(
                "You have logged in again since you opened the page. Your text is "
                "here: look it over and save once more."
            ),
        )
        return HttpResponseRedirect(path)
    return render(request, "403_csrf.html", status=403)


def bad_request(request, exception):
    """Not understood; or understood and too much, which Django calls the same."""
    if isinstance(exception, TOO_MUCH):
        _hear_out(request)
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def _hear_out(request):
    """Let a browser send the rest: cut off while it sends, it shows no answer at all."""
    with contextlib.suppress(OSError):
        for _piece in range(HEARD_OUT // PIECE):
            if not request.read(PIECE):
                return


def _will_pass(error):
    """The database is away, or the disk is full: nothing is wrong with the request."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EROFS, errno.EDQUOT)
    return isinstance(error, OperationalError | InterfaceError)


def server_error(request):
    """Our fault. Needs neither database nor session nor translations to say so."""
    if _will_pass(sys.exception()):
        return HttpResponse(
            render_to_string("503.html", {"home": frame.last_known_home()}),
            status=503,
            headers={"Retry-After": "60"},
        )
    words = {"home": frame.last_known_home(), "number": log_lines.number()[:8]}
    page = render_to_string("500.html", words)
    return HttpResponse(page, status=500)
