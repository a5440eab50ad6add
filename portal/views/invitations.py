"""From the link in the mail, or the code on the letter, to the first log-in."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal import codes, invitations, rooms
from portal.accounts import brokers, mitid, staff_idp
from portal.accounts.invited import CodeForm, InvitedForm


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_code(request):
    """For whoever has a letter, and types what stands in it."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        return redirect("invitation", codes.in_groups(form.cleaned_data["code"]))
    return render(request, "invitations/code.html", {"form": form})


@login_not_required
@sensitive_post_parameters("password", "cpr")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """Choose a password by the link of an invitation, and come in."""
    if limited := _guessing(request):
        return limited
    try:
        invited = invitations.opened_by(token)
        form = InvitedForm(request.POST or None, invitation=invited, request=request)
        if not form.is_valid():
            return render(request, "invitations/accept.html", _page(invited, form))
        user = invitations.accept(invited, password=form.cleaned_data["password"])
    except invitations.NoLongerOpen:
        return render(request, "invitations/closed.html", status=410)
    if request.user.is_authenticated:
        # Somebody else's log-in on a shared PC.
        logout(request)
    perform_login(request, user)
    return redirect("home")


@login_not_required
@require_POST
def invitation_by_mitid(request, token):
    """To MitID and back, and in: no password to think of."""
    if not mitid.is_offered():
        raise Http404
    return _elsewhere(request, token, brokers.PROVIDER)


@login_not_required
@require_POST
def invitation_by_work(request, token):
    """To the staff's own log-in and back, and in."""
    if not staff_idp.is_offered():
        raise Http404
    return _elsewhere(request, token, staff_idp.PROVIDER)


def _elsewhere(request, token, provider):
    if limited := _guessing(request):
        return limited
    try:
        invited = invitations.opened_by(token)
    except invitations.NoLongerOpen:
        return render(request, "invitations/closed.html", status=410)
    if request.user.is_authenticated:
        logout(request)
    return mitid.to_answer(request, invited, provider=provider)


def _guessing(request):
    """A code is short: from one address not many are tried. None if it may go on."""
    return ratelimit.consume_or_429(request, action="invitation", limit_get=True)


def _page(invited, form):
    return {
        "form": form,
        "invitation": invited,
        "home": rooms.home_of(invited.user),
        "mitid": mitid.is_offered(),
        "by_work": staff_idp.is_offered() and invited.user.is_employed,
    }
