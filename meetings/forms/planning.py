import datetime as dt

from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Conversation
from portal import clock
from portal.forms import Chips, DateField, KeptForm


class TimeField(forms.TimeField):
    def __init__(self, **kwargs):
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, **kwargs)


class MomentForm(KeptForm):
    """A form with a day and a time of day that are one moment in Denmark."""

    day = DateField(
        label=gettext_lazy("Day"),
        error_messages={"required": gettext_lazy("Choose the day.")},
    )
    time = TimeField(
        label=gettext_lazy("Time"),
        error_messages={
            "required": gettext_lazy("Write the time, for example 14.00."),
            "invalid": gettext_lazy("Write the time, for example 14.00."),
        },
    )

    def clean(self):
        answers = super().clean()
        day, time = answers.get("day"), answers.get("time")
        if day and time is not None:
            try:
                # The hour that does not exist when summer time begins is refused.
                answers["moment"] = from_current_timezone(
                    dt.datetime.combine(day, time)
                )
            except forms.ValidationError:
                self.add_error(
                    "time",
                    _(
                        "That hour is not there when the clock is changed. Choose another."
                    ),
                )
        return answers


class PlanForm(MomentForm):
    """When and where, and who leads it."""

    depending = ("late_reason",)

    field_order = ["day", "time", "late_reason", "place", "chair", "minute_taker"]

    late_reason = forms.CharField(
        label=gettext_lazy("Why is it held after the resident has moved in?"),
        help_text=gettext_lazy("Only if the day is after the day of moving in."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    chair = forms.ChoiceField(
        label=gettext_lazy("Who leads it?"),
        error_messages={"required": gettext_lazy("Choose who leads it.")},
    )
    minute_taker = forms.ChoiceField(
        label=gettext_lazy("Who takes the minutes?"),
        error_messages={"required": gettext_lazy("Choose who takes the minutes.")},
    )

    def __init__(self, *args, resident, colleagues, conversation=None, **kwargs):
        self.resident = resident
        self.people = {str(user.uuid): user for user in colleagues}
        for user in (
            conversation and (conversation.chair, conversation.minute_taker) or ()
        ):
            self.people.setdefault(str(user.uuid), user)
        kwargs["initial"] = self._written(conversation, kwargs["by"])
        super().__init__(*args, **kwargs)
        names = [("", _("Choose")), *((key, str(u)) for key, u in self.people.items())]
        self.fields["chair"].choices = self.fields["minute_taker"].choices = names

    def _written(self, conversation, by):
        contact = self.resident.contact_person
        if conversation is None:
            return {"chair": by.uuid, "minute_taker": contact and contact.uuid}
        at = timezone.localtime(conversation.planned_at)
        return {
            "day": at.date(),
            "time": at.time(),
            "place": conversation.place,
            "late_reason": conversation.late_reason,
            "chair": conversation.chair.uuid,
            "minute_taker": conversation.minute_taker.uuid,
        }

    def clean(self):
        answers = super().clean()
        day = answers.get("day")
        if not day or day <= self.resident.moved_in_on:
            answers["late_reason"] = ""
        elif not answers.get("late_reason"):
            self.add_error(
                "late_reason",
                _("The conversation belongs before moving in. Write why it is later."),
            )
        return answers

    def answers(self):
        answers = self.cleaned_data
        return {
            "planned_at": answers["moment"],
            "place": answers["place"],
            "late_reason": answers["late_reason"],
            "chair": self.people[answers["chair"]],
            "minute_taker": self.people[answers["minute_taker"]],
        }


class DeclineForm(KeptForm):
    """The offer was declined: by whom, why, and when to ask again."""

    declined_by = forms.ChoiceField(
        label=gettext_lazy("Who declined?"),
        choices=Conversation.DeclinedBy,
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose who declined.")},
    )
    declined_why = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write why.")},
    )
    ask_again_on = DateField(
        label=gettext_lazy("Ask again on"),
        help_text=gettext_lazy("On that day it comes back on your start page."),
        required=False,
    )

    def clean_ask_again_on(self):
        day = self.cleaned_data["ask_again_on"]
        if day and day < clock.today():
            raise forms.ValidationError(_("Choose today or a later day."), code="past")
        return day
