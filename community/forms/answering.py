"""Forms in which staff answer, ask the manager, and hand an enquiry on."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.forms.asking import TEXT
from community.models import EnquiryMessage
from portal.forms import Chips, KeptForm
from residents.topics import Topic

# Said out loud, so that nobody leaves health without a topic because it came first.
NOTHING = "none"


class AnswerForm(KeptForm):
    """What is answered, and what of the resident it tells."""

    topic = forms.ChoiceField(
        label=gettext_lazy("What does your answer tell about the resident?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what your answer tells.")},
    )
    text = forms.CharField(label=gettext_lazy("Your answer"), **TEXT)
    told_by = forms.ChoiceField(
        label=gettext_lazy("How do they get the answer?"),
        choices=[one for one in EnquiryMessage.ToldBy.choices if one[0] != "portal"],
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose how they get the answer.")},
    )
    # How many messages the writer has read: somebody else may answer meanwhile.
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=100_000)

    def __init__(self, *args, enquiry, seen, open_topics, **kwargs):
        super().__init__(*args, **kwargs)
        self.now_seen = seen
        self.initial["seen"] = seen
        if enquiry.relation_id is None:
            del self.fields["topic"]
        else:
            self.fields["topic"].choices = [
                (NOTHING, _("Nothing. It is a general answer.")),
                *(
                    (topic.value, topic.label)
                    for topic in Topic
                    if topic in open_topics
                ),
            ]
        if enquiry.sender_user:
            del self.fields["told_by"]

    def answers(self):
        answers = super().answers()
        topic = answers.pop("topic", NOTHING)
        told_by = answers.pop("told_by", EnquiryMessage.ToldBy.PORTAL)
        return {
            **answers,
            "topic": "" if topic == NOTHING else topic,
            "told_by": told_by,
        }

    def answered_meanwhile(self):
        """Nothing is sent; the next press knows what has come."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = self.now_seen
        self.add_error(
            None,
            _(
                "Somebody has written in it since you opened the page. Read it above. "
                "Your text is still here: send it, if it is still needed."
            ),
        )

    def closed(self):
        self.add_error(
            "topic",
            _(
                "The resident does not share this with them. Nothing is sent. Answer in "
                "general, or ask the resident first."
            ),
        )


class EscalateForm(KeptForm):
    why = forms.CharField(
        label=gettext_lazy("What is the manager to decide, and why?"),
        help_text=gettext_lazy("Only staff read it."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write what is to be decided.")},
    )


class AssignForm(KeptForm):
    to = forms.ChoiceField(
        label=gettext_lazy("Who sees to it?"),
        error_messages={"required": gettext_lazy("Choose a colleague.")},
    )

    def __init__(self, *args, colleagues, **kwargs):
        self.colleagues = {str(one.uuid): one for one in colleagues}
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [
            ("", _("Choose")),
            *((uuid, str(one)) for uuid, one in self.colleagues.items()),
        ]

    @property
    def chosen(self):
        return self.colleagues[self.cleaned_data["to"]]


class LetInForm(KeptForm):
    """Who else takes part, when everybody has said yes."""

    relation = forms.ChoiceField(
        label=gettext_lazy("Who is to take part too?"),
        help_text=gettext_lazy(
            "Only those with whom the resident shares what it is about."
        ),
        error_messages={"required": gettext_lazy("Choose who is to take part.")},
    )
    agreed = forms.BooleanField(
        label=gettext_lazy(
            "I have asked both. They agree that each learns that the other takes part."
        ),
        error_messages={"required": gettext_lazy("Ask both of them first.")},
    )

    def __init__(self, *args, relations, **kwargs):
        self.relations = {str(one.uuid): one for one in relations}
        super().__init__(*args, **kwargs)
        self.fields["relation"].choices = [
            ("", _("Choose")),
            *((uuid, str(one)) for uuid, one in self.relations.items()),
        ]

    @property
    def chosen(self):
        return self.relations[self.cleaned_data["relation"]]
