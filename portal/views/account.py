"""One's own log-in. The pages where it is changed are allauth's, in our clothes."""

from allauth.account import views as allauth
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal import addresses
from portal.middleware import WANTED


@require_safe
def my_account(request):
    """Who I am here, and how I log in."""
    return render(
        request,
        "account/my_account.html",
        {"has_second_factor": is_mfa_enabled(request.user)},
    )


@require_safe
def go_on(request):
    """On to the page that somebody was kept from until they had a second factor."""
    return redirect(addresses.ours(request.session.pop(WANTED, "")) or "/")


@login_not_required
@require_http_methods(["GET", "POST"])
def logout(request):
    """Out, and nothing of it left in a browser that others use too."""
    response = allauth.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
