"""What is asked of staff about every talk, whatever it was about."""

from django import forms
from django.utils.translation import gettext_lazy

from consent.models import ConsentTalk
from consent.record.fields import ScanField
from portal.forms import Chips, DateField, KeptForm


def _words(rows=2, **details):
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(widget=area, max_length=2000, **details)


class TalkFields(KeptForm):
    """Who answers, for how long, and how it was explained, shown and understood."""

    depending = ("oral_reason", "witness", "capacity_note", "scan", "paper_follows")

    # What stood when the form was drawn (consent.actions.standing_numbers).
    stood = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    given_by = forms.ChoiceField(label=gettext_lazy("Who answers?"), widget=Chips)
    starts = DateField(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("Leave it empty if it holds from now."),
        required=False,
    )
    until = DateField(
        label=gettext_lazy("The last day it holds"),
        help_text=gettext_lazy("At most one year from today. Then you ask again."),
    )
    earlier_too = forms.BooleanField(
        label=gettext_lazy("They may also see what was written before"),
        required=False,
        initial=True,
    )
    ask_again_on = DateField(
        label=gettext_lazy("Ask again on"),
        help_text=gettext_lazy("For example soon, if the resident does not know yet."),
        required=False,
    )
    how_informed = _words(
        label=gettext_lazy("How was it explained?"),
        help_text=gettext_lazy("For example: we talked about it with pictures, twice."),
    )
    how_expressed = _words(
        label=gettext_lazy("How was the answer shown?"),
        help_text=gettext_lazy(
            "For example: said it, signed it, pointed at the picture."
        ),
    )
    capacity = forms.ChoiceField(
        label=gettext_lazy("Did the resident understand these questions today?"),
        choices=ConsentTalk.Capacity.choices,
        widget=Chips,
        required=False,
    )
    capacity_note = _words(
        label=gettext_lazy("What did you see, and who has assessed it?"),
        help_text=gettext_lazy("A yes that is not understood is not a yes."),
        required=False,
    )
    form = forms.ChoiceField(
        label=gettext_lazy("How is the answer given?"),
        choices=ConsentTalk.Form.choices,
        widget=Chips,
        initial=ConsentTalk.Form.WRITTEN,
    )
    oral_reason = forms.CharField(
        label=gettext_lazy("Why is it not in writing?"), max_length=500, required=False
    )
    witness = forms.CharField(
        label=gettext_lazy("Who else was present?"), max_length=200, required=False
    )
    scan = ScanField(required=False)
    paper_follows = forms.BooleanField(
        label=gettext_lazy("The paper is scanned later"),
        help_text=gettext_lazy("It stays on your start page until then."),
        required=False,
    )
