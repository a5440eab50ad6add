from django import forms
from django.utils.translation import gettext as _

from portal.forms import KeptForm


class PreparationForm(KeptForm):
    """A few questions to think of beforehand; none must be answered."""

    use_required_attribute = False

    def __init__(self, *args, asked, written, **kwargs):
        self.asked = asked
        kwargs["initial"] = dict(written)
        super().__init__(*args, **kwargs)
        for asked in self.asked:
            self.fields[asked.key] = forms.CharField(
                label=asked.text,
                help_text=asked.hint,
                max_length=5_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
            )
        # "Optional" at each of seven questions would say nothing.
        self.depending = tuple(self.fields)
        self._fill_in_again()

    def clean(self):
        answers = super().clean()
        if not self.errors and not any(answers.get(one.key) for one in self.asked):
            self.add_error(
                self.asked[0].key, _("Write an answer to one of the questions first.")
            )
        return answers
