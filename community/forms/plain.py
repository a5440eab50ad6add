"""Text that people write to one another, without marks that nobody sees."""

import re

from django import forms

from portal.forms import KeptForm

# Zero-width marks, and such as turn the direction of what follows: copied along from
# elsewhere, never meant. A subject that reads backwards deceives.
UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class PlainForm(KeptForm):
    """What is written is taken as it is, but for what cannot be seen."""

    def clean(self):
        answers = super().clean()
        for name, value in list(answers.items()):
            if name == "slip" or not isinstance(value, str):
                continue
            answers[name] = value = UNSEEN.sub("", value).strip()
            field = self.fields[name]
            if isinstance(field, forms.CharField) and not isinstance(
                field.widget, forms.Textarea
            ):
                answers[name] = value = " ".join(value.split())
            if field.required and not value:
                self.add_error(name, field.error_messages["required"])
        return answers
