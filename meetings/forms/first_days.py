import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import FirstTalk
from portal import clock
from portal.forms import Chips, DateField, KeptForm

MOST_TALKS, LATEST_DAY = 10, 365


class FirstTalkForm(KeptForm):
    """What became of the talk."""

    MOVED = "moved"

    outcome = forms.ChoiceField(
        label=gettext_lazy("What became of it?"),
        choices=[
            (FirstTalk.Status.HELD.value, gettext_lazy("Held")),
            (MOVED, gettext_lazy("Moved")),
            (FirstTalk.Status.DECLINED.value, gettext_lazy("Declined")),
        ],
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose what became of it.")},
    )
    on = DateField(
        label=gettext_lazy("Day"),
        help_text=gettext_lazy("When it was held or declined; or the new day."),
        error_messages={"required": gettext_lazy("Choose the day.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Short minutes, or why"),
        help_text=gettext_lazy(
            "Held: how it goes, and what you agreed to do. Moved or declined: who wanted it, and why."
        ),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write some words about it.")},
    )

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"on": clock.today()}
        super().__init__(*args, **kwargs)

    @property
    def is_moved(self):
        return self.cleaned_data["outcome"] == self.MOVED

    def clean(self):
        answers = super().clean()
        on, outcome = answers.get("on"), answers.get("outcome")
        if on and outcome == self.MOVED and on < clock.today():
            self.add_error("on", _("Choose today or a later day."))
        elif on and outcome and outcome != self.MOVED and on > clock.today():
            self.add_error("on", _("Choose today or a day before."))
        if outcome == self.MOVED and len(answers.get("words", "")) > 1_000:
            self.add_error("words", _("Write it in at most 1,000 characters."))
        return answers


class DaysForm(KeptForm):
    """The days after moving in on which the home talks with a new resident."""

    days = forms.CharField(
        label=gettext_lazy("Days after moving in"),
        help_text=gettext_lazy("Numbers with commas between, for example 14, 42, 100."),
        max_length=100,
        error_messages={"required": gettext_lazy("Write at least one number.")},
    )

    def clean_days(self):
        text = self.cleaned_data["days"]
        if not re.fullmatch(r"\s*[0-9]{1,4}(\s*,\s*[0-9]{1,4})*\s*", text):
            raise forms.ValidationError(
                _("Write numbers with commas between, for example 14, 42, 100."),
                code="days",
            )
        days = sorted({int(number) for number in text.split(",")})
        if len(days) > MOST_TALKS or not 1 <= days[0] <= days[-1] <= LATEST_DAY:
            raise forms.ValidationError(
                _("Write at most 10 numbers, each from 1 to 365."), code="days"
            )
        return days
