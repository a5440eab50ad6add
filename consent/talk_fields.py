"""What is asked of staff about every talk, whatever it was about."""

from django import forms
from django.utils.translation import gettext_lazy

from consent.models import ConsentTalk
from consent.record.fields import ScanField
from portal.forms import Chips, DateField, KeptForm, ManyChips

# What is most often so: a press each, where there is no time to write.
EXPLAINED = [
    ("pictures", gettext_lazy("with pictures")),
    ("easy", gettext_lazy("in easy words")),
    ("repeated", gettext_lazy("more than once")),
    ("aid", gettext_lazy("with signs or a talking aid")),
    ("interpreter", gettext_lazy("with an interpreter")),
]
SHOWN = [
    ("said", gettext_lazy("said it")),
    ("nodded", gettext_lazy("nodded or shook the head")),
    ("pointed", gettext_lazy("pointed at a picture")),
    ("signed", gettext_lazy("showed it with signs or an aid")),
    ("wrote", gettext_lazy("wrote or pressed it")),
]


def _words(rows=2, **details):
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(widget=area, max_length=2000, **details)


def _pressed(choices, **details):
    return forms.MultipleChoiceField(
        choices=choices, widget=ManyChips, required=False, **details
    )


def in_words(choices, pressed, written):
    """What was pressed and what was written, as one text: it is kept as words."""
    said = ", ".join(str(label) for value, label in choices if value in pressed)
    return " ".join(filter(None, [said and f"{said[0].upper()}{said[1:]}.", written]))


class TalkFields(KeptForm):
    """Who answers, for how long, and how it was explained, shown and understood."""

    depending = ("oral_reason", "witness", "capacity_note", "scan", "paper_follows")

    # What stood when the form was drawn (consent.actions.standing_numbers).
    stood = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    given_by = forms.ChoiceField(label=gettext_lazy("Who answers?"), widget=Chips)
    starts = DateField(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("Leave it empty if it holds from now."),
        required=False,
    )
    until = DateField(
        label=gettext_lazy("The last day it holds"),
        help_text=gettext_lazy("At most one year from today. Then you ask again."),
        error_messages={"required": gettext_lazy("Write the last day it holds.")},
    )
    earlier_too = forms.BooleanField(
        label=gettext_lazy("They may also see what was written before"),
        required=False,
        initial=True,
    )
    ask_again_on = DateField(
        label=gettext_lazy("Ask again on"),
        help_text=gettext_lazy("For example soon, if the resident does not know yet."),
        required=False,
    )
    explained = _pressed(EXPLAINED, label=gettext_lazy("How was it explained?"))
    how_informed = _words(
        label=gettext_lazy("More about how it was explained"), required=False
    )
    shown = _pressed(SHOWN, label=gettext_lazy("How was the answer shown?"))
    how_expressed = _words(
        label=gettext_lazy("More about how the answer was shown"), required=False
    )
    capacity = forms.ChoiceField(
        label=gettext_lazy("Did the resident understand these questions today?"),
        choices=ConsentTalk.Capacity.choices,
        widget=Chips,
        required=False,
    )
    capacity_note = _words(
        label=gettext_lazy("What did you see, and who has assessed it?"),
        help_text=gettext_lazy("A yes that is not understood is not a yes."),
        required=False,
    )
    form = forms.ChoiceField(
        label=gettext_lazy("How is the answer given?"),
        choices=ConsentTalk.Form.choices,
        widget=Chips,
        # Nothing is chosen beforehand: the law asks for writing, and this is the proof.
        error_messages={
            "required": gettext_lazy("Choose how the answer was given."),
        },
    )
    oral_reason = forms.CharField(
        label=gettext_lazy("Why is it not in writing?"), max_length=500, required=False
    )
    witness = forms.CharField(
        label=gettext_lazy("Who else was present?"), max_length=200, required=False
    )
    scan = ScanField(required=False)
    paper_follows = forms.BooleanField(
        label=gettext_lazy("The paper is scanned later"),
        help_text=gettext_lazy("It stays on your start page until then."),
        required=False,
    )
