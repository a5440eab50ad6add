from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.forms.planning import MomentForm
from meetings.models import Meeting
from portal import clock
from portal.forms import Chips, KeptForm


class MeetingForm(MomentForm):
    """Which meeting, when and where, who leads it, and how much say the relatives have."""

    depending = ("interpreter_is_adult",)

    field_order = [
        "kind",
        "for_whom",
        "theme",
        "day",
        "time",
        "planned_minutes",
        "place",
        "online_link",
        "involvement",
        "chair",
        "minute_taker",
        "starts_from",
        "interpreter",
        "interpreter_is_adult",
    ]

    kind = forms.ChoiceField(
        label=gettext_lazy("Which meeting?"),
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose which meeting it is.")},
    )
    theme = forms.CharField(
        label=gettext_lazy("Theme"),
        help_text=gettext_lazy("Everybody who is invited reads it. Write no names."),
        max_length=200,
        required=False,
    )
    planned_minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes?"), min_value=5, max_value=720, initial=60
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("It stands in the calendars of those who are invited."),
        max_length=200,
        required=False,
    )
    online_link = forms.URLField(
        label=gettext_lazy("Link, if one can take part online"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": gettext_lazy("Write the whole address, beginning with https://.")
        },
    )
    involvement = forms.ChoiceField(
        label=gettext_lazy("How much say do the relatives have?"),
        choices=Meeting.Involvement,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose how much say the relatives have.")
        },
    )
    chair = forms.ChoiceField(
        label=gettext_lazy("Who leads the meeting?"),
        error_messages={"required": gettext_lazy("Choose who leads it.")},
    )
    minute_taker = forms.ChoiceField(
        label=gettext_lazy("Who takes the minutes?"), required=False
    )
    starts_from = forms.CharField(
        label=gettext_lazy("What does it start from?"),
        help_text=gettext_lazy(
            "The municipality's order or action plan, if there is one."
        ),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    interpreter = forms.CharField(
        label=gettext_lazy("Interpreter"),
        help_text=gettext_lazy("Name and language. An interpreter is never a child."),
        max_length=100,
        required=False,
    )
    interpreter_is_adult = forms.BooleanField(
        label=gettext_lazy("The interpreter is grown up and not one of the family"),
        required=False,
    )

    def __init__(self, *args, kinds, colleagues, meeting=None, places=(), **kwargs):
        self.people = {str(user.uuid): user for user in colleagues}
        self.places = {str(place.uuid): place for place in places}
        for user in (meeting and (meeting.chair, meeting.minute_taker)) or ():
            if user:
                self.people.setdefault(str(user.uuid), user)
        kwargs["initial"] = _written(meeting, kwargs["by"])
        super().__init__(*args, **kwargs)
        names = [("", _("Choose")), *((key, str(u)) for key, u in self.people.items())]
        self.fields["chair"].choices = self.fields["minute_taker"].choices = names
        self.fields["kind"].choices = [(k.value, k.label.capitalize()) for k in kinds]
        if self.places:
            self.fields["for_whom"] = forms.ChoiceField(
                label=_("The relatives of whom?"),
                choices=[(key, str(place)) for key, place in self.places.items()],
                error_messages={"required": _("Choose which relatives are invited.")},
            )
            del self.fields["starts_from"]
            self.order_fields(self.field_order)
        self._fill_in_again()

    def clean_online_link(self):
        link = self.cleaned_data["online_link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError(
                self.fields["online_link"].error_messages["invalid"]
            )
        return link

    def clean(self):
        answers = super().clean()
        if "moment" in answers and answers["day"] < clock.today():
            self.add_error("day", _("Choose today or a later day."))
        if answers.get("kind") in Meeting.FORMAL and not answers.get("minute_taker"):
            self.add_error(
                "minute_taker",
                _("Of this meeting there are minutes. Choose who takes them."),
            )
        if not answers.get("interpreter"):
            answers["interpreter_is_adult"] = False
        elif not answers.get("interpreter_is_adult"):
            self.add_error(
                "interpreter_is_adult",
                _("An interpreter is never a child. Choose somebody who is grown up."),
            )
        return answers

    def answers(self):
        answers = {**self.cleaned_data, "planned_at": self.cleaned_data["moment"]}
        for name in ("slip", "day", "time", "moment"):
            del answers[name]
        answers["chair"] = self.people[answers["chair"]]
        answers["minute_taker"] = self.people.get(answers["minute_taker"])
        if "for_whom" in answers:
            answers |= _place(self.places[answers.pop("for_whom")])
        return answers


class CancelForm(KeptForm):
    """Why it is called off. Those who are invited read it."""

    why = forms.CharField(
        label=gettext_lazy("Why is it called off?"),
        help_text=gettext_lazy("Everybody who is invited reads it. Write no names."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write why it is called off.")},
    )


def _place(place):
    """A home, or one of its departments."""
    home = getattr(place, "home", None)
    return {"home": home or place, "department": place if home else None}


def _written(meeting, by):
    if meeting is None:
        return {"chair": by.uuid, "minute_taker": by.uuid}
    at = timezone.localtime(meeting.planned_at)
    same = ("kind", "theme", "planned_minutes", "place", "online_link", "involvement")
    same += ("starts_from", "interpreter", "interpreter_is_adult")
    return {
        **{name: getattr(meeting, name) for name in same},
        "day": at.date(),
        "time": at.time(),
        "chair": meeting.chair.uuid,
        "minute_taker": meeting.minute_taker and meeting.minute_taker.uuid,
    }
