"""From the link in the mail to the first log-in."""

from allauth.account.utils import perform_login
from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal import invitations, rooms
from portal.accounts import mitid


class PasswordForm(forms.Form):
    """One field and no riddles: it can be shown, and pasted into."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_(
            "At least 12 characters. Four or five words that only you would put "
            "together are good, and easy to remember."
        ),
        error_messages={"required": _("Choose a password.")},
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request, token):
    """Choose a password by the link of an invitation, and come in."""
    try:
        invited = invitations.opened_by(token)
        form = PasswordForm(request.POST or None, user=invited.user)
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
    try:
        invited = invitations.opened_by(token)
    except invitations.NoLongerOpen:
        return render(request, "invitations/closed.html", status=410)
    if request.user.is_authenticated:
        logout(request)
    return mitid.to_answer(request, invited)


def _page(invited, form):
    return {
        "form": form,
        "invitation": invited,
        "home": rooms.home_of(invited.user),
        "mitid": mitid.is_offered(),
    }
