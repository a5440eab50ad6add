from django import forms
from django.utils.translation import gettext_lazy

from meetings.models import Participant
from portal.forms import Chips, KeptForm


class LetterForm(KeptForm):
    """How one relative was given the invitation on paper."""

    how = forms.ChoiceField(
        label=gettext_lazy("How do they get it?"),
        choices=Participant.Letter,
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose how they get it.")},
    )
