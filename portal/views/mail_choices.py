"""What each person wants mail about: chosen when logged in, or by the link in a mail."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal import bounces, kinds, unsubscribing
from portal.forms import Chips
from portal.mail_times import When
from portal.plain import PlainForm

RESTS = "rests"


class MailChoicesForm(PlainForm):
    """One question a kind, answered by one tap."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = kinds.of(user)
        box = kinds.letterbox(user)
        for kind in self.kinds:
            self.fields[kind.key] = forms.ChoiceField(
                label=kind.label,
                help_text=kind.text,
                choices=kind.choices,
                initial=kinds.chosen(kind, box.choices),
                widget=Chips,
                error_messages={"required": gettext_lazy("Choose when.")},
            )
        self.fields[RESTS] = forms.BooleanField(
            label=gettext_lazy("No mails at night, from 21 to 7"),
            initial=box.rests,
            required=False,
        )

    def choices(self):
        """Kind to when; as is usual where it is as usual, also should that change."""
        chosen = {kind.key: self.cleaned_data[kind.key] for kind in self.kinds}
        return {
            kind.key: None if chosen[kind.key] == kind.usual else chosen[kind.key]
            for kind in self.kinds
        }


@require_http_methods(["GET", "POST"])
def mail_choices(request):
    form = MailChoicesForm(request.POST or None, user=request.user)
    if form.is_valid():
        kinds.choose(request.user, form.choices(), rests=form.cleaned_data[RESTS])
        messages.success(request, _("Saved. This is how we write to you from now on."))
        return redirect("mail-choices")
    refused = bounces.of(request.user)
    return render(
        request, "account/mail_choices.html", {"form": form, "refused": refused}
    )


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def mail_stop(request, token):
    """No more mails of some kinds: by a button here, or in the mail program (RFC 8058).

    The signed link stands for the person. Nothing happens when the page is only opened,
    for machines open every link in a mail; and it says nothing about whose link it is.
    """
    try:
        user, about = unsubscribing.opened_by(token)
    except signing.BadSignature:
        return render(request, "account/mail_stop_unknown.html", status=404)
    stopped = None
    if request.method == "POST":
        stopped = "again" not in request.POST
        when = When.NEVER if stopped else None
        kinds.choose(user, dict.fromkeys((kind.key for kind in about), when))
    return render(
        request, "account/mail_stop.html", {"about": about, "stopped": stopped}
    )
