from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import KeptForm


class InErrorForm(KeptForm):
    """Why an answer was never given as it was recorded."""

    why = forms.CharField(
        label=_("What was wrong?"),
        help_text=_("For example: it was about another relative."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )
