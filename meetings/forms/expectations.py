from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Expectation, ExpectationReply
from portal import clock
from portal.forms import Chips, DateField, KeptForm


def _words(label, missing, rows=4, **more):
    return forms.CharField(
        label=label,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
        error_messages={"required": missing},
        **more,
    )


class ExpectationForm(KeptForm):
    """One wish, and whose it is."""

    kept_apart_by = ("party",)
    RELATIVE = "relative:"

    whose = forms.ChoiceField(
        label=gettext_lazy("Who expects it?"),
        error_messages={"required": gettext_lazy("Choose who expects it.")},
    )
    text = _words(
        gettext_lazy("What do they expect?"),
        gettext_lazy("Write what they expect."),
        help_text=gettext_lazy(
            "One wish, in their own words. The resident reads it. Write no names of other relatives in it."
        ),
    )

    def __init__(self, *args, relations, party="", **kwargs):
        self.relations = {f"{self.RELATIVE}{one.uuid}": one for one in relations}
        parties = Expectation.Party
        relatives = [
            (key, f"{one.relative} ({one.get_kind_display()})")
            for key, one in self.relations.items()
        ]
        first = relatives[0][0] if len(relatives) == 1 else ""
        kwargs["initial"] = {"whose": first if party == parties.RELATIVES else party}
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = [
            ("", _("Choose")),
            (parties.RESIDENT.value, _("The resident")),
            (parties.HOME.value, _("The home")),
            *([(_("The relatives"), relatives)] if relatives else []),
        ]

    def answers(self):
        whose = self.cleaned_data["whose"]
        relation = self.relations.get(whose)
        return {
            "party": Expectation.Party.RELATIVES if relation else whose,
            "relation": relation,
            "text": self.cleaned_data["text"],
        }


class OwnExpectationForm(KeptForm):
    """A relative's own wish, written by the relative."""

    whose = forms.ChoiceField(
        label=gettext_lazy("Whom is it about?"),
        error_messages={"required": gettext_lazy("Choose whom it is about.")},
    )
    text = _words(
        gettext_lazy("What do you hope for?"),
        gettext_lazy("Write what you hope for."),
        help_text=gettext_lazy(
            "One wish at a time. The resident and the staff read it. Other relatives "
            "do not."
        ),
    )

    def __init__(self, *args, relations, **kwargs):
        self.relations = {str(one.uuid): one for one in relations}
        super().__init__(*args, **kwargs)
        field = self.fields["whose"]
        field.choices = [
            ("", _("Choose")),
            *((key, str(one.resident)) for key, one in self.relations.items()),
        ]
        if len(self.relations) == 1:
            # The only choice is no question.
            field.widget, field.initial = (
                forms.HiddenInput(),
                next(iter(self.relations)),
            )

    def answers(self):
        relation = self.relations[self.cleaned_data["whose"]]
        return {
            "resident": relation.resident,
            "party": Expectation.Party.RELATIVES,
            "relation": relation,
            "text": self.cleaned_data["text"],
        }


class AnswerForm(KeptForm):
    """Can, can partly, or cannot, because."""

    depending = ("because",)

    kind = forms.ChoiceField(
        label=gettext_lazy("Can it be done?"),
        choices=ExpectationReply.Kind,
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose an answer.")},
    )
    because = _words(
        gettext_lazy("Why, or how?"),
        "",
        required=False,
        help_text=gettext_lazy("Must be there unless the answer is “can”."),
    )

    def clean(self):
        answers = super().clean()
        kind = answers.get("kind")
        if kind and kind != ExpectationReply.Kind.CAN and not answers.get("because"):
            self.add_error("because", _("Write why it cannot be done, or only partly."))
        return answers


def _not_before_today(day):
    if day and day < clock.today():
        raise forms.ValidationError(_("Choose today or a later day."), code="past")
    return day


class DisagreementForm(KeptForm):
    """Both views in their own words, and the day on which one talks again."""

    their_words = _words(
        gettext_lazy("How do they see it?"),
        gettext_lazy("Write how they see it."),
        help_text=gettext_lazy("In their own words. Read it aloud to them."),
    )
    our_words = _words(
        gettext_lazy("How do we see it?"),
        gettext_lazy("Write how we see it."),
        help_text=gettext_lazy("In our own words, with the professional reason."),
    )
    next_talk_on = DateField(
        label=gettext_lazy("When do we talk again?"),
        help_text=gettext_lazy(
            "It stands on the start page of the manager and the contact person until you have talked."
        ),
        error_messages={"required": gettext_lazy("Choose the day.")},
    )

    def clean_next_talk_on(self):
        return _not_before_today(self.cleaned_data["next_talk_on"])


class TalkedForm(KeptForm):
    """What came of the talk about it."""

    talked_on = DateField(
        label=gettext_lazy("When did you talk?"),
        error_messages={"required": gettext_lazy("Choose the day.")},
    )
    outcome = _words(
        gettext_lazy("What came of it?"), gettext_lazy("Write what came of it.")
    )
    next_talk_on = DateField(
        label=gettext_lazy("When do we talk again?"),
        help_text=gettext_lazy("Only if you still see it differently."),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"talked_on": clock.today()}
        super().__init__(*args, **kwargs)

    def clean_talked_on(self):
        day = self.cleaned_data["talked_on"]
        if day > clock.today():
            raise forms.ValidationError(
                _("Choose today or a day before."), code="future"
            )
        return day

    def clean_next_talk_on(self):
        return _not_before_today(self.cleaned_data["next_talk_on"])
