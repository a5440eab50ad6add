"""What somebody who was invited writes to come in: who they are, and a password."""

from allauth.core import ratelimit
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from portal import codes, invitations


class CodeForm(forms.Form):
    """The code on a letter, with or without its hyphens, in small letters or large."""

    code = forms.CharField(
        label=_("The code in the letter"),
        help_text=_(
            "Twelve characters in three groups. Spaces and hyphens do not count."
        ),
        error_messages={"required": _("Write the code that stands in the letter.")},
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def clean_code(self):
        try:
            return codes.read(self.cleaned_data["code"])
        except ValueError:
            raise forms.ValidationError(
                _(
                    "That is not a whole code. It has twelve letters and digits, like K7QM-3XPA-9TRW."
                )
            ) from None


class NeverShown(forms.TextInput):
    """What was written does not come back with the page."""

    def format_value(self, value):
        return None


class InvitedForm(forms.Form):
    """A password, which can be shown and pasted; and what shows that it is the right person.

    Whoever has a letter says the address that staff wrote down. Where the invitation is
    for one CPR number, that too. Neither is told: whoever found the letter learns nothing.
    """

    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_(
            "The address that you have given the home. You log in with it afterwards."
        ),
        error_messages={"required": _("Write your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    cpr = forms.CharField(
        label=_("Your CPR number"),
        help_text=_("It shows that the invitation is for you. It is not kept."),
        error_messages={"required": _("Write your CPR number.")},
        max_length=15,
        widget=NeverShown(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
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

    def __init__(self, *args, invitation, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitation, self.request = invitation, request
        if not invitation.is_on_paper:
            # The mail has reached it.
            del self.fields["email"]
        if not invitation.cpr_digest:
            del self.fields["cpr"]

    def clean_password(self):
        validate_password(self.cleaned_data["password"], self.invitation.user)
        return self.cleaned_data["password"]

    def clean(self):
        said = super().clean()
        proofs = {"email", "cpr"} & self.fields.keys()
        # Nothing is counted before everything is there to be tried.
        if not proofs or self.errors:
            return said
        if not self._may_try():
            raise forms.ValidationError(
                _("There have been too many tries. Wait five minutes and try again.")
            )
        if not self._is_right(said):
            raise forms.ValidationError(
                _(
                    "This is not what we have written down. Look whether you wrote it right. Else call us: perhaps we have written it wrong."
                )
            )
        return said

    def _may_try(self):
        return ratelimit.consume(
            self.request, action="invitation_proof", key=str(self.invitation.uuid)
        )

    def _is_right(self, said):
        address = self.invitation.user.email.casefold()
        if said.get("email", address).casefold() != address:
            return False
        return invitations.is_for(self.invitation, said.get("cpr", ""))
