import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.forms import Chips, KeptForm, ManyChips
from relatives.forms.contacts import FollowUp
from relatives.models import Contact
from residents.topics import Topic


class CallForm(KeptForm):
    """One call: what was told, and what else there is to remember."""

    use_required_attribute = False

    told = forms.MultipleChoiceField(
        label=_("What did you tell about?"),
        help_text=_("Press nothing if you only listened."),
        choices=Topic.choices,
        widget=ManyChips,
        required=False,
    )
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

    def __init__(self, *args, answer, **kwargs):
        super().__init__(*args, **kwargs)
        # Only what is open is offered; what has closed meanwhile is refused in words.
        self.fields["told"].widget.choices = [
            (topic.value, topic.label) for topic in answer.open_topics
        ]

    def clean(self):
        said = super().clean()
        if not self.errors and not said["told"] and not said["note"].strip():
            raise ValidationError(
                _("Choose what you told about, or write what you talked of."),
                code="empty",
            )
        return said

    def refuse(self, topics):
        """These are closed now. What was written stays; what may be told is offered."""
        closed = get_text_list([str(topic.label) for topic in topics], _now("and"))
        self.add_error(
            "told",
            _now(
                "This is closed at this moment: %(topics)s. Tell no more about it. If you"
                " have told it already, write so in the note, and save again."
            )
            % {"topics": closed},
        )
        self.data = self.data.copy()
        gone = {topic.value for topic in topics}
        self.data.setlist(
            "told", [one for one in self.data.getlist("told") if one not in gone]
        )

    def answers(self):
        """For log_call(). What it was about is what was told first."""
        said = self.cleaned_data
        told = [topic for topic in Topic if topic in said["told"]]
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

    def is_what_was_saved(self, contact, relation):
        """Whether a second press of the button sent the same call."""
        told = set(contact.told.values_list("topic", flat=True))
        return (
            contact.resident_id == relation.resident_id
            and contact.relative_id == relation.relative_id
            and contact.note == self.cleaned_data["note"]
            and told == set(self.cleaned_data["told"])
        )
