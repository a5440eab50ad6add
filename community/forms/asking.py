"""Forms in which somebody asks the department, or staff write down what was asked."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.matters import Matter
from community.models import Enquiry
from portal import clock
from portal.forms import Chips, DateField, KeptForm

LONG = 10_000
TEXT = {
    "max_length": LONG,
    "widget": forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    "error_messages": {
        "required": gettext_lazy("Write what you want to say."),
        "max_length": gettext_lazy(
            "The text is too long for one message. Write at most 10,000 characters."
        ),
    },
}


class AskForm(KeptForm):
    """A relative writes to the department where their resident lives."""

    about = forms.ChoiceField(
        label=gettext_lazy("About whom?"),
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose whom it is about.")},
    )
    matter = forms.ChoiceField(
        label=gettext_lazy("What do you write about?"),
        help_text=gettext_lazy(
            "Then it comes to those of the staff who know most about it."
        ),
        choices=Matter,
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose what it is about.")},
    )
    subject = forms.CharField(
        label=gettext_lazy("Subject, in a few words"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write a few words as the subject.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What do you want to ask or say?"), **TEXT
    )
    between_us = forms.BooleanField(
        label=gettext_lazy(
            "It is about myself. The resident is not to read my words here."
        ),
        help_text=gettext_lazy(
            "The staff read them. If the resident asks to see what is written about "
            "them, the manager must weigh it. So we cannot promise you more."
        ),
        required=False,
    )

    def __init__(self, *args, relations, **kwargs):
        self.relations = {str(one.uuid): (one, label) for one, label in relations}
        super().__init__(*args, **kwargs)
        about = self.fields["about"]
        about.choices = [(uuid, label) for uuid, (_o, label) in self.relations.items()]
        if len(self.relations) == 1:
            # The only choice is no question.
            about.widget, about.required = forms.HiddenInput(), False

    def answers(self):
        answers = super().answers()
        chosen = answers.pop("about") or next(iter(self.relations))
        relation = self.relations[chosen][0]
        return {**answers, "relation": relation, "resident": relation.resident}


class OwnAskForm(KeptForm):
    """A resident writes to the staff: what it is about, and the words."""

    matter = forms.ChoiceField(
        label=gettext_lazy("What do you write about?"),
        choices=[one for one in Matter.choices if one[0] != Matter.COOPERATION],
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose what it is about.")},
    )
    text = forms.CharField(label=gettext_lazy("What do you want to say?"), **TEXT)

    def answers(self):
        answers = super().answers()
        return {**answers, "subject": in_a_few_words(answers["text"])}


class RecordForm(KeptForm):
    """Staff write down what came by telephone, on paper or at a visit."""

    sender = forms.ChoiceField(
        label=gettext_lazy("Who asks?"),
        error_messages={"required": gettext_lazy("Choose who asks.")},
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How did it come?"),
        choices=[one for one in Enquiry.Channel.choices if one[0] != "portal"],
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose how it came.")},
    )
    received_on = DateField(
        label=gettext_lazy("When did it come?"), initial=clock.today
    )
    matter = AskForm.base_fields["matter"]
    subject = AskForm.base_fields["subject"]
    text = forms.CharField(
        label=gettext_lazy("What do they ask or say?"),
        help_text=gettext_lazy("In their own words. They can read it in the portal."),
        **TEXT,
    )
    between_us = forms.BooleanField(
        label=gettext_lazy(
            "It is about themselves. The resident is not to read it here."
        ),
        required=False,
    )

    def __init__(self, *args, resident, relations, **kwargs):
        self.resident = resident
        self.relations = {str(one.uuid): one for one in relations}
        super().__init__(*args, **kwargs)
        self.fields["sender"].choices = [
            ("", _("Choose")),
            *((uuid, str(one)) for uuid, one in self.relations.items()),
            ("resident", _("%(name)s, the resident") % {"name": resident}),
        ]

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > clock.today():
            raise ValidationError(_("Choose today or an earlier day."))
        if day < clock.today() - dt.timedelta(days=90):
            raise ValidationError(_("Choose a day within the last three months."))
        return day

    def answers(self):
        answers = super().answers()
        day = answers.pop("received_on")
        relation = self.relations.get(answers.pop("sender"))
        noon = clock.midnight(day) + dt.timedelta(hours=12)
        return {
            **answers,
            "resident": self.resident,
            "relation": relation,
            "between_us": bool(relation) and answers["between_us"],
            "received_at": clock.now() if day == clock.today() else noon,
        }


class GoOnForm(KeptForm):
    """The sender writes again."""

    text = forms.CharField(
        label=gettext_lazy("What do you want to add or ask?"), **TEXT
    )
    to_manager = forms.BooleanField(
        label=gettext_lazy("I want the manager to look at it."), required=False
    )


def in_a_few_words(text):
    """A subject for what was written without one."""
    return Truncator(" ".join(text.split())).chars(60)
