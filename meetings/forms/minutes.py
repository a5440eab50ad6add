from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.forms.finishing import FinishForm
from portal.forms import KeptForm
from residents.topics import Topic

# Said out loud, so that nobody leaves health without a topic because it came first.
NOTHING_PRIVATE = "none"


class SuggestionForm(KeptForm):
    """Something that a relative or the resident wants to talk about."""

    title = forms.CharField(
        label=gettext_lazy("What do you want to talk about?"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write what you want to talk about.")},
    )


class ItemForm(KeptForm):
    """One point of the agenda. Of a suggestion: on the agenda, or why not."""

    depending = ("left_out_why",)

    title = forms.CharField(
        label=gettext_lazy("What do we talk about?"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write what it is about.")},
    )
    topic = forms.ChoiceField(
        label=gettext_lazy("On which topic?"),
        help_text=gettext_lazy(
            "A relative reads it only if the resident shares that topic with them."
        ),
        error_messages={"required": gettext_lazy("Choose the topic.")},
    )
    number = forms.IntegerField(
        label=gettext_lazy("Number on the agenda"), min_value=1, max_value=99
    )
    left_out_why = forms.CharField(
        label=gettext_lazy("If not at this meeting: why?"),
        help_text=gettext_lazy("Whoever suggested it reads your answer."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )

    def __init__(self, *args, meeting, item=None, **kwargs):
        number = item.number if item and item.number else meeting.items.on().count() + 1
        kwargs["initial"] = {"number": number}
        if item:
            topic = item.topic or (NOTHING_PRIVATE if item.is_on else "")
            kwargs["initial"] |= {"title": item.title, "topic": topic}
            kwargs["initial"]["left_out_why"] = item.left_out_why
        super().__init__(*args, **kwargs)
        if not meeting.resident_id:
            del self.fields["topic"]
        else:
            self.fields["topic"].choices = [
                ("", _("Choose")),
                (NOTHING_PRIVATE, _("Nothing private: everybody there reads it")),
                *((t.value, t.label.capitalize()) for t in Topic),
            ]
        if item and item.suggested_by_id:
            del self.fields["title"]
        else:
            del self.fields["left_out_why"]

    def answers(self):
        answers = super().answers()
        topic = answers.get("topic", NOTHING_PRIVATE)
        return answers | {"topic": "" if topic == NOTHING_PRIVATE else topic}


class MinutesForm(KeptForm):
    """What was said and decided at one point; afterwards also why it is corrected."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=gettext_lazy("What was said?"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )
    decided = forms.CharField(
        label=gettext_lazy("What was decided?"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    correction_reason = forms.CharField(
        label=gettext_lazy("Why is it corrected?"),
        help_text=gettext_lazy("Both versions stay. Those who may read it read why."),
        max_length=300,
        error_messages={"required": gettext_lazy("Write why it is corrected.")},
    )

    def __init__(self, *args, item, **kwargs):
        latest = item.minutes
        kwargs["initial"] = {
            "seen": latest.version if latest else 0,
            "text": latest.text if latest else "",
            "decided": latest.decided if latest else "",
        }
        super().__init__(*args, **kwargs)
        if not (latest and item.meeting.status == item.meeting.Status.HELD):
            del self.fields["correction_reason"]

    def clean(self):
        answers = super().clean()
        if not self.errors and not (answers["text"] or answers["decided"]):
            self.add_error("text", _("Write what was said or what was decided."))
        return answers


class MeetingFinishForm(FinishForm):
    """The meeting is over. Of one for many: how many came."""

    guests = forms.IntegerField(
        label=gettext_lazy("How many relatives came?"), min_value=0, max_value=1_000
    )

    def __init__(self, *args, meeting, **kwargs):
        self.meeting = meeting
        super().__init__(*args, conversation=meeting, **kwargs)
        if meeting.resident_id:
            del self.fields["guests"]
            return
        self.initial.setdefault("guests", meeting.guests)
        del self.fields["participation"], self.fields["participation_note"]

    def answers(self):
        said = self.cleaned_data
        if self.meeting.resident_id:
            return super().answers()
        return {
            "held_at": said["moment"],
            "minutes": said["minutes"],
            "guests": said["guests"],
            "attendance": {},
        }
