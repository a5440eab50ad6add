"""One's own log-in. The pages where it is changed are allauth's, in our clothes."""

from allauth.account import views as allauth
from allauth.account.internal.flows.reauthentication import (
    raise_if_reauthentication_required,
)
from allauth.mfa.base.views import IndexView
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from portal import addresses
from portal.accounts import mitid, sessions, staff_idp
from portal.middleware import WANTED


@require_safe
def my_account(request):
    """Who I am here, and how I log in."""
    return render(
        request,
        "account/my_account.html",
        {"has_second_factor": is_mfa_enabled(request.user)},
    )


class HowILogIn(IndexView):
    def get_context_data(self, **kwargs):
        has_mitid = mitid.is_tied_to(self.request.user)
        has_staff = mitid.is_tied_to(self.request.user, staff_idp.PROVIDER)
        return super().get_context_data(
            **kwargs, has_mitid=has_mitid, has_staff_idp=has_staff
        )


how_i_log_in = HowILogIn.as_view()


@require_safe
def go_on(request):
    """On to the page that somebody was kept from until they had a second factor."""
    return redirect(addresses.ours(request.session.pop(WANTED, "")) or "/")


@require_http_methods(["GET", "POST"])
def my_sessions(request):
    """Where I am logged in, and the end of it."""
    here = request.session.session_key
    if request.method == "GET":
        places = sessions.of(request.user, here=here)
        tries = sessions.tried_in_vain(request.user)
        return render(
            request, "account/sessions.html", {"places": places, "tries": tries}
        )
    # Whoever found the telephone open does not lock its owner out.
    raise_if_reauthentication_required(request, app="usersessions")
    number = request.POST.get("place", "")
    if number.isdecimal() and len(number) < 19:
        ended = sessions.end(request.user, by=request.user, number=int(number))
    else:
        ended = sessions.end(request.user, by=request.user, besides=here)
    said = ngettext(
        "%(count)d log-in is ended.", "%(count)d log-ins are ended.", ended
    ) % {"count": ended}
    messages.success(request, said if ended else _("No other log-in was open."))
    return redirect("my-sessions")


@require_safe
def stay(request):
    """Somebody is still there: asking is enough to stay logged in."""
    return HttpResponse(status=204)


@login_not_required
@require_http_methods(["GET", "POST"])
def logout(request):
    """Out, and nothing of it left in a browser that others use too."""
    response = allauth.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
