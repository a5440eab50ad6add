"""Which questions are printed, which paper came back, and what is ticked on it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent.forms import TalkForm
from consent.models import ConsentTalk
from consent.paper import codes, words
from portal.plain import PlainForm
from residents.topics import Topic


class PrintForm(PlainForm):
    """The topics that are talked about; each is a question on the paper."""

    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What will you talk about?"),
        choices=lambda: [(topic.value, topic.label.capitalize()) for topic in Topic],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one topic.")},
    )


class CodeForm(PlainForm):
    """The code at the top of a paper."""

    code = forms.CharField(
        label=gettext_lazy("The code on the paper"),
        help_text=gettext_lazy("It stands at the top, for example 7KM3-9QXT."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self):
        try:
            return codes.read(self.cleaned_data["code"])
        except codes.WrongCode:
            raise forms.ValidationError(
                _(
                    "A letter or a number is wrong. Read the code on the paper once more."
                ),
                code="wrong",
            ) from None


class PaperForm(TalkForm):
    """The answers on one printed paper: relative, questions and words are given."""

    def __init__(self, *args, printed, **kwargs):
        self.printed = printed
        super().__init__(*args, relation=printed.relation, **kwargs)
        field = self.fields["form"]
        field.widget, field.disabled = forms.HiddenInput(), True
        self.initial["form"] = ConsentTalk.Form.PAPER.value
        # The paper was the explanation and is the answer; what else there was is written.
        for pressed, written in (
            ("explained", "how_informed"),
            ("shown", "how_expressed"),
        ):
            self.fields[written].label = self.fields.pop(pressed).label
            self.fields[written].required = True
        self.initial.setdefault("how_informed", _("On paper, with pictures."))
        self.initial.setdefault("how_expressed", _("Ticked on the paper and signed."))

    def topics(self):
        return [Topic(topic) for topic in self.printed.topics if topic in Topic]

    def ways(self):
        """The paper asks what may be known, as the resident's own page does."""
        return ()

    def wording(self):
        answered = {one.topic for one in self.said()}
        return {
            "text_version": self.printed.text_version,
            "text_shown": words.shown(self.printed.content, answered),
        }
