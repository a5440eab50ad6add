"""allauth's forms with our words: plain labels, and nothing written inside the fields."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _


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
    WORDS = {"login": _("E-mail"), "password": _("Password")}


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
