"""The forms in which a home writes sections and questions of its own."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings import readers
from meetings.models import Question
from meetings.models.questions import OWN
from portal.forms import Chips, KeptForm

MOST_CHOICES, LONGEST_CHOICE = 12, 60
# The common sections that belong at the end.
LAST = ("follow-up", "checklist")


class WordsForm(KeptForm):
    """Words that everybody will read: on one line each, with nothing unseen in them."""

    use_required_attribute = False
    # What it looked like when it was opened.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def show_theirs(self, mark):
        """Draw it again beside theirs; saving once more puts ours in its place."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = mark

    def _refuse_twin(self, name, rows, said):
        text = self.cleaned_data.get(name, "").casefold()
        # The row of a first press of this very button is no twin.
        others = (row for row in rows if row.key != self.key)
        if text and any(getattr(row, name).casefold() == text for row in others):
            self.add_error(name, said)

    @property
    def key(self):
        """Of the new row: the number of the slip, so that a second press is the same."""
        return self.number and f"{OWN}{self.number.hex}"

    def words(self):
        """What the row says, for the action."""
        return {name: v for name, v in self.answers().items() if name != "seen"}


class SectionWordsForm(WordsForm):
    """A section of the home's own."""

    title = forms.CharField(
        label=gettext_lazy("Title of the section"),
        max_length=100,
        error_messages={"required": gettext_lazy("Write a title.")},
    )
    intro = forms.CharField(
        label=gettext_lazy("A few words before the questions"),
        help_text=gettext_lazy("They stand on the page and on the empty form."),
        max_length=300,
        required=False,
    )
    minors_only = forms.BooleanField(
        label=gettext_lazy("Only when the resident is under 18"), required=False
    )
    after = forms.ChoiceField(label=gettext_lazy("Where should it stand?"))

    def __init__(self, *args, sections, section=None, **kwargs):
        self.others = [row for row in sections if row.key != (section and section.key)]
        super().__init__(*args, **kwargs)
        if section:
            del self.fields["after"]
            return
        self.fields["after"].choices = [
            (row.key, _("After “%(title)s”") % {"title": row})
            for row in self.others
            if not row.left_out
        ]
        before_last = [row.key for row in self.others if row.key not in LAST]
        self.initial.setdefault("after", before_last[-1] if before_last else "")

    def clean(self):
        answers = super().clean()
        said = _("There is already a section with this title.")
        self._refuse_twin("title", self.others, said)
        return answers


class QuestionForm(WordsForm):
    """A question of the home's own, and who may read the answer later."""

    depending = ("choices",)

    text = forms.CharField(
        label=gettext_lazy("The question"),
        help_text=gettext_lazy("One thing at a time, in words the resident uses."),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the question.")},
    )
    help = forms.CharField(
        label=gettext_lazy("Help for whoever writes the answer"),
        max_length=300,
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is the answer like?"),
        choices=Question.Kind,
        widget=Chips,
        initial=Question.Kind.TEXT,
    )
    choices = forms.CharField(
        label=gettext_lazy("What there is to choose between"),
        help_text=gettext_lazy("Only for “one of several”. One on each line."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    readers = forms.ChoiceField(
        label=gettext_lazy("Who may read the answer later?"),
        help_text=gettext_lazy(
            "Staff and the resident always may, unless it is for staff only. A relative "
            "reads it in an extract, if the resident lets them hear about the topic."
        ),
        error_messages={"required": gettext_lazy("Choose who may read the answer.")},
    )
    ask_before = forms.ChoiceField(
        label=gettext_lazy("Who is asked beforehand, when they prepare?"),
        choices=Question.Before,
        widget=Chips,
        required=False,
    )
    lines = forms.IntegerField(
        label=gettext_lazy("Lines to write on, on paper"),
        initial=2,
        min_value=1,
        max_value=12,
        error_messages={"required": gettext_lazy("Write a number from 1 to 12.")},
    )

    def __init__(self, *args, section, questions, question=None, **kwargs):
        self.others = [row for row in questions if row != question]
        super().__init__(*args, **kwargs)
        self.fields["readers"].choices = [("", _("Choose")), *readers.choices()]
        if section.key in readers.ABOUT_OTHERS:
            self.fields["readers"].help_text = _(
                "Answers in this section tell about the other relatives. So an answer "
                "about a topic is in no relative’s extract."
            )

    def clean(self):
        answers = super().clean()
        said = _("This question is in the section already.")
        self._refuse_twin("text", self.others, said)
        self._clean_choices(answers)
        if answers.get("readers") == "staff" and answers.get("ask_before"):
            self.add_error(
                "ask_before",
                _("What is for staff only cannot be asked of others beforehand."),
            )
        return answers

    def _clean_choices(self, answers):
        lines = [
            " ".join(one.split()) for one in answers.get("choices", "").split("\n")
        ]
        self.ways = list(filter(None, lines))
        if answers.get("kind") != Question.Kind.CHOICE:
            self.ways = []
        elif "choices" in self.errors:
            return
        elif not 2 <= len(self.ways) <= MOST_CHOICES:
            self.add_error(
                "choices", _("Write between 2 and 12 choices, one on each line.")
            )
        elif len({way.casefold() for way in self.ways}) < len(self.ways):
            self.add_error("choices", _("The same choice stands there twice."))
        elif max(map(len, self.ways)) > LONGEST_CHOICE:
            self.add_error("choices", _("A choice has at most 60 characters."))

    def words(self):
        """What the question says, for the action."""
        answers = self.cleaned_data
        return {
            "text": answers["text"],
            "help": answers["help"],
            "kind": answers["kind"],
            "choices": [
                {"value": str(number), "da": way, "en": ""}
                for number, way in enumerate(self.ways, start=1)
            ],
            "ask_before": answers["ask_before"],
            "lines": answers["lines"],
            **readers.chosen(answers["readers"]),
        }

    @staticmethod
    def written(question):
        """What stands in the form when the question is changed."""
        return {
            "text": question.text,
            "help": question.help,
            "kind": question.kind,
            "choices": "\n".join(choice["da"] for choice in question.choices),
            "readers": readers.of(question),
            "ask_before": question.ask_before,
            "lines": question.lines,
        }
