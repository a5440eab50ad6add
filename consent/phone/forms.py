import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.forms import Chips
from relatives.forms.contacts import FollowUp
from relatives.forms.told import TellingForm
from relatives.models import Contact
from residents.topics import Topic


class CallForm(TellingForm):
    """One call: what was told, and what else there is to remember."""

    use_required_attribute = False

    note = forms.CharField(
        label=_("What was said?"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        required=False,
    )
    follow_up = forms.ChoiceField(
        label=_("Shall somebody follow up?"),
        choices=[one for one in FollowUp.CHOICES if one[0] != FollowUp.DATE],
        widget=Chips,
        initial=FollowUp.NONE,
    )
    direction = forms.ChoiceField(
        label=_("Who took the first step?"),
        choices=Contact.Direction.choices,
        widget=Chips,
        initial=Contact.Direction.FROM_RELATIVE,
    )
    depending = ("told",)
    # The button for a call in which nothing was told: one press, and it is logged.
    LISTENED = "listened"

    def __init__(self, *args, answer, **kwargs):
        super().__init__(*args, **kwargs)
        # Only what is open is offered, and what was pressed before it closed.
        pressed = self.data.getlist("told") if self.is_bound else []
        self.fields["told"].widget.choices = [
            (topic.value, topic.label)
            for topic in Topic
            if topic in answer.open_topics or topic in pressed
        ]

    def clean(self):
        said = super().clean()
        if self.LISTENED in self.data:
            self._only_listened(said)
        if not self.errors and not said["told"] and not said["note"].strip():
            raise ValidationError(
                _("Choose what you told about, or write what you talked of."),
                code="empty",
            )
        return said

    def _only_listened(self, said):
        if said.get("told"):
            self.add_error(
                "told",
                gettext(
                    "You have marked something that you told. Then save the call instead."
                ),
            )
        elif "note" in said and not said["note"].strip():
            said["note"] = gettext("Listened, and told nothing.")

    def answers(self):
        """For log_telling(). What it was about is what was told first."""
        said, told = self.cleaned_data, self.told_topics
        days = FollowUp.DAYS.get(said["follow_up"])
        return {
            "told": told,
            "topic": told[0] if told else Topic.DAILY,
            "note": said["note"],
            "direction": said["direction"],
            "channel": Contact.Channel.PHONE,
            "follow_up_on": clock.today() + dt.timedelta(days=days) if days else None,
            "follow_up_by": self.by if days else None,
        }
