"""allauth's forms with our words: plain labels, and nothing written inside the fields."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.accounts.idle import SHARED


class Plain(forms.Form):
    """Without placeholders: they vanish when they are needed, and few can read them."""

    WORDS = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""
            field.label = self.WORDS.get(name, field.label)


class LoginForm(Plain, account.LoginForm):
    """Remembers of a browser, and of nobody in it, that others use it too."""

    WORDS = {"login": _("E-mail"), "password": _("Password")}

    shared = forms.BooleanField(label=_("Others use this computer too"), required=False)

    def __init__(self, *args, request=None, **kwargs):
        super().__init__(*args, request=request, **kwargs)
        self.fields["shared"].initial = bool(request and request.COOKIES.get(SHARED))

    def login(self, request, redirect_url=None):
        response = super().login(request, redirect_url=redirect_url)
        if not self.cleaned_data["shared"]:
            response.delete_cookie(SHARED, samesite="Lax")
            return response
        response.set_cookie(
            SHARED,
            "1",
            max_age=365 * 24 * 60 * 60,
            secure=settings.SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    WORDS = {"email": _("E-mail")}


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    WORDS = {"password": _("Password")}


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    WORDS = {
        "oldpassword": _("Your present password"),
        "password1": _("New password"),
        "password2": _("The new password once more"),
    }


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    WORDS = {
        "password1": _("New password"),
        "password2": _("The new password once more"),
    }


class ActivateForm(Plain, ActivateTOTPForm):
    WORDS = {"code": _("The six digits")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The number keys on a telephone.
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AuthenticateForm(Plain, mfa.AuthenticateForm):
    """Not for digits alone: a spare code has letters."""

    WORDS = {"code": _("Code")}


class MFAReauthenticateForm(Plain, mfa.ReauthenticateForm):
    WORDS = {"code": _("Code")}


# What stands in a list of one's own, and in the device's.
NAME = {"label": _("What do you call this device?"), "max_length": 100}


class AddPasskeyForm(Plain, AddWebAuthnForm):
    """Always one with which one can log in by itself: there are no other kinds here."""

    name = forms.CharField(required=False, **NAME)


class RenamePasskeyForm(Plain, EditWebAuthnForm):
    name = forms.CharField(**NAME)
