"""Forms for an idea, and for the public answer to it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.models import Idea
from portal.forms import Chips, KeptForm
from residents import mentions

LONG = {
    "max_length": 5_000,
    "widget": forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
}


class IdeaForm(KeptForm):
    text = forms.CharField(
        label=gettext_lazy("What could be better, and how?"),
        help_text=gettext_lazy(
            "The manager reads it. If it is shown to everybody, it is without your name."
        ),
        error_messages={"required": gettext_lazy("Write your idea.")},
        **LONG,
    )


class IdeaAnswerForm(KeptForm):
    """What everybody of the home reads: the idea without names, and what we do with it."""

    depending = ("names_nobody",)

    status = forms.ChoiceField(
        label=gettext_lazy("What do we do with it?"),
        choices=Idea.Status.choices[1:],
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose what you do with it.")},
    )
    title = forms.CharField(
        label=gettext_lazy("The idea, in a sentence for everybody"),
        help_text=gettext_lazy("Without names, and so that nobody is recognised."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the idea in a sentence.")},
    )
    answer = forms.CharField(
        label=gettext_lazy("Our answer"),
        error_messages={"required": gettext_lazy("Write an answer.")},
        **LONG,
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Show the idea and the answer to everybody of the home"),
        required=False,
        initial=True,
    )
    names_nobody = forms.BooleanField(
        label=gettext_lazy("I have looked at it. The text may stay as it is."),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args, idea, **kwargs):
        kwargs["initial"] = {"title": idea.title, "answer": idea.answer}
        if idea.status != Idea.Status.RECEIVED:
            kwargs["initial"]["status"] = idea.status
        self.idea = idea
        super().__init__(*args, **kwargs)
        if self.data.get("names_nobody") == "on":
            self.fields["names_nobody"].widget = forms.CheckboxInput()

    def clean(self):
        answers = super().clean()
        text = f"{answers.get('title', '')}\n{answers.get('answer', '')}"
        named = mentions.named_in(text, self.idea.home)
        if answers.get("is_public") and named and not answers.get("names_nobody"):
            self.fields["names_nobody"].widget = forms.CheckboxInput()
            self.add_error(
                "names_nobody",
                _("Does the text name a resident? %(names)s")
                % {"names": ", ".join(mentions.shown_to(self.by, named))},
            )
        return answers

    def answers(self):
        return {k: v for k, v in super().answers().items() if k != "names_nobody"}
