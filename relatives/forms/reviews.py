from django import forms
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.forms import Chips, DateField, KeptForm
from relatives.models import Review


class ReviewForm(KeptForm):
    """How an agreement went, and what comes of it."""

    depending = ("why", "next_on")

    was_kept = forms.ChoiceField(
        label=_("Was the agreement kept?"),
        choices=Review.WasKept.choices,
        widget=Chips,
        error_messages={"required": _("Choose whether it was kept.")},
    )
    why = forms.CharField(
        label=_("Why did it go like that?"),
        help_text=_(
            "Needed if it was not kept in full. Relatives who can read the agreement read this too. Name none of them."
        ),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    outcome = forms.ChoiceField(
        label=_("What happens with it now?"),
        choices=Review.Outcome.choices,
        widget=Chips,
        error_messages={"required": _("Choose what happens with it now.")},
    )
    next_on = DateField(label=_("We look at it again on"), required=False)

    def clean_next_on(self):
        day = self.cleaned_data["next_on"]
        if day and day <= clock.today():
            raise forms.ValidationError(_("Choose a day after today."), code="past")
        return day

    def clean(self):
        answers = super().clean()
        if (
            answers.get("was_kept") in (Review.WasKept.PARTLY, Review.WasKept.NOT)
            and answers.get("why") == ""
        ):
            self.add_error("why", _("Write why it was not kept in full."))
        if answers.get("outcome") == Review.Outcome.ENDED:
            answers["next_on"] = None
        elif "next_on" in answers and not answers["next_on"]:
            self.add_error("next_on", _("Choose when you look at it again."))
        return answers
