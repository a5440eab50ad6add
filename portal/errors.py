"""What people see when something went wrong: what happened, what to do, whom to call."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal import drafts


def csrf_failure(request, reason=""):
    """Mostly: the person has logged in again since the page was opened.

    What was written in a form is kept for its author, whoever sits there now.
    """
    path = drafts.rescue(request)
    if request.headers.get("Accept") == "application/json":
        said = _("Your text is kept.") if path else ""
        return JsonResponse({"said": said}, status=403)
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
