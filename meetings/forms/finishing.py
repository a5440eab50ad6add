from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.forms.planning import MomentForm
from meetings.models import Conversation, Participant
from portal import clock
from portal.forms import Chips

A_LONG_DAY = 12 * 60


class FinishForm(MomentForm):
    """The conversation is over: how long, who was there, how the resident took part."""

    depending = ("participation_note",)

    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes did it last?"),
        min_value=1,
        max_value=A_LONG_DAY,
        required=False,
    )
    participation = forms.ChoiceField(
        label=gettext_lazy("The resident took part in"),
        choices=Conversation.Participation,
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose how the resident took part.")},
    )
    participation_note = forms.CharField(
        label=gettext_lazy("Why not in all of it, and how was the resident heard?"),
        help_text=gettext_lazy("Only if the resident was not there all the time."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def __init__(self, *args, conversation, **kwargs):
        self.participants = list(conversation.participants.with_names())
        at = timezone.localtime(conversation.at)
        kwargs["initial"] = {
            "day": at.date(),
            "time": at.time(),
            "minutes": conversation.minutes,
            "participation": conversation.participation,
            "participation_note": conversation.participation_note,
            **{f"p-{p.pk}": p.attendance or "came" for p in self.participants},
        }
        super().__init__(*args, **kwargs)
        for person in self.participants:
            label = f"{person} ({person.capacity})" if person.capacity else str(person)
            self.fields[f"p-{person.pk}"] = forms.ChoiceField(
                label=label, choices=Participant.Attendance, widget=Chips
            )
        self._fill_in_again()

    def clean(self):
        answers = super().clean()
        if "moment" in answers and answers["moment"] > clock.now():
            self.add_error("day", _("It cannot have been held yet at that time."))
        if answers.get("participation") == Conversation.Participation.WHOLE:
            answers["participation_note"] = ""
        elif answers.get("participation") and not answers.get("participation_note"):
            self.add_error(
                "participation_note", _("Write why, and how the resident was heard.")
            )
        return answers

    def answers(self):
        answers = self.cleaned_data
        return {
            "held_at": answers["moment"],
            "minutes": answers["minutes"],
            "participation": answers["participation"],
            "participation_note": answers["participation_note"],
            "attendance": {p.pk: answers[f"p-{p.pk}"] for p in self.participants},
        }
