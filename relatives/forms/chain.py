from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.forms import Chips, KeptForm
from relatives.models import TOPICS, Call, Event

ABOUT = "about_"


class CallsForm(KeptForm):
    """What one relative is called about, and when: a question for each kind of event.

    Only events of which the relative may be told are asked about.
    """

    template_name = "relatives/_chain_fields.html"

    place = forms.TypedChoiceField(
        label=_("In which place is the relative called?"), coerce=int
    )
    channel = forms.ChoiceField(
        label=_("How?"),
        choices=Call.Channel.choices,
        widget=Chips,
        initial=Call.Channel.PHONE,
        error_messages={"required": _("Choose how.")},
    )
    at_night = forms.BooleanField(
        label=_("Call at night too, between 22 and 7, if it is at once"), required=False
    )
    told_by = forms.ChoiceField(
        label=_("Who tells them?"),
        help_text=_("A relative passes it on only if both have said yes to it."),
        required=False,
    )

    def __init__(self, *args, relation, topics, others, in_line, **kwargs):
        calls = list(relation.calls.standing().select_related("told_by"))
        kwargs["initial"] = self._written(calls, in_line)
        super().__init__(*args, **kwargs)
        self.open = [event for event in Event if TOPICS[event] in topics]
        self.closed = [event for event in Event if TOPICS[event] not in topics]
        self.others = {str(other.uuid): other for other in others}
        for event in self.open:
            self.fields[f"{ABOUT}{event}"] = forms.ChoiceField(
                label=capfirst(event.label),
                choices=[("", _("Not called")), *Call.Moment.choices],
                required=False,
            )
        # "Optional" would be the wrong word: no answer is an answer.
        self.depending = ("told_by", *(f"{ABOUT}{event}" for event in self.open))
        last = in_line + (0 if calls else 1)
        self.fields["place"].choices = [
            (n, _("No. %(number)s") % {"number": n}) for n in range(1, last + 1)
        ]
        self.fields["told_by"].choices = [
            ("", _("We do")),
            *((value, str(other)) for value, other in self.others.items()),
        ]
        self._fill_in_again()

    def _written(self, calls, in_line):
        if not calls:
            return {"place": in_line + 1}
        one = calls[0]
        return {
            "place": one.place,
            "channel": one.channel,
            "at_night": any(call.at_night for call in calls),
            "told_by": str(one.told_by.uuid) if one.told_by else "",
            **{f"{ABOUT}{call.event}": call.moment for call in calls},
        }

    @property
    def event_fields(self):
        return [self[f"{ABOUT}{event}"] for event in self.open]

    def clean(self):
        answers = super().clean()
        if any(self.data.get(f"{ABOUT}{event}") for event in self.closed):
            raise forms.ValidationError(
                _(
                    "The resident has stopped sharing something meanwhile. Look the list over and save again."
                ),
                code="closed",
            )
        return answers

    def answers(self):
        """As the action takes it: for each event when, and who passes it on."""
        answers = super().answers()
        events = {event: answers.pop(f"{ABOUT}{event}") for event in self.open}
        return {
            **answers,
            "told_by": self.others.get(answers["told_by"]),
            "events": {
                event.value: moment for event, moment in events.items() if moment
            },
        }
