"""What the resident's own page sends: one answer, or the wish to have it undone."""

from django import forms

from consent.models import Consent
from portal.forms import KeptForm


class QuestionForm(KeptForm):
    """One answer to one question. A button sends it; there is nothing to fill in."""

    answer = forms.ChoiceField(choices=Consent.Answer.choices)
    # The answer that stood when the page was drawn: an old page changes no newer one.
    stood = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


class UndoForm(KeptForm):
    """Nothing but the slip, so that a second press undoes nothing more."""
