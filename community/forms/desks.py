from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.matters import WHO, Matter
from portal.forms import KeptForm

TIME = {
    "widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    "input_formats": ["%H:%M", "%H.%M"],
    "error_messages": {
        "required": gettext_lazy("Write a time, for example 08:00."),
        "invalid": gettext_lazy("Write a time, for example 08:00."),
    },
}


class DeskForm(KeptForm):
    """When the staff of a department read enquiries, and who answers which matter."""

    reads_from = forms.TimeField(label=gettext_lazy("Staff read from"), **TIME)
    reads_until = forms.TimeField(
        label=gettext_lazy("Staff read until"),
        help_text=gettext_lazy(
            "On working days. What comes later is received too, and read the next "
            "working day."
        ),
        **TIME,
    )

    def __init__(self, *args, desk, **kwargs):
        kwargs["initial"] = {
            "reads_from": desk.reads_from,
            "reads_until": desk.reads_until,
            **{f"route_{matter}": desk.route(matter) for matter in Matter},
        }
        super().__init__(*args, **kwargs)
        for matter in Matter:
            self.fields[f"route_{matter}"] = forms.ChoiceField(
                label=_("Who answers: %(matter)s") % {"matter": matter.label},
                choices=WHO,
            )
        self._fill_in_again()

    def clean(self):
        answers = super().clean()
        start, end = answers.get("reads_from"), answers.get("reads_until")
        if start and end and start >= end:
            self.add_error(
                "reads_until", ValidationError(_("Choose a later time than the first."))
            )
        return answers

    def answers(self):
        answers = super().answers()
        return {
            "reads_from": answers["reads_from"],
            "reads_until": answers["reads_until"],
            "routes": {matter.value: answers[f"route_{matter}"] for matter in Matter},
        }
