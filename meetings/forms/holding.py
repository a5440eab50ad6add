from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.actions.holding import Said, is_untouched
from meetings.models import Answer, Question
from meetings.sheet import Line
from portal.forms import Chips, DateField, KeptForm


@dataclass
class Row:
    """One question of the page, with its fields as they are drawn."""

    line: Line
    fields: dict[str, BoundField]
    # What somebody else has written meanwhile.
    theirs: Answer | None = None

    @property
    def is_open(self):
        """Shows at once what is seldom filled in, when it is."""
        by, skip = self.fields["by"], self.fields["skip"]
        return bool(skip.value() or by.errors or skip.errors)

    @property
    def can_be_agreed(self):
        """Something was said that somebody can do something about."""
        answer = self.line.answer
        return bool(answer and answer.is_given and not answer.not_relevant)


class SectionForm(KeptForm):
    """The questions of one section, each with its answer and the version it replaces."""

    use_required_attribute = False

    answered_by = forms.ChoiceField(
        label=gettext_lazy("Who answered?"),
        help_text=gettext_lazy("Where nothing else is marked at the question."),
        choices=Answer.AnsweredBy,
        widget=Chips,
        required=False,
    )
    rest = forms.CharField(
        label=gettext_lazy("What is still unanswered here is not relevant, because"),
        help_text=gettext_lazy("Marks every question without an answer on this page."),
        max_length=1_000,
        required=False,
    )

    @classmethod
    def of(cls, request, *, page, **kwargs):
        """With the button "take" what somebody has prepared is put into the answer."""
        taken = request.method == "POST" and _taken(page, request.POST)
        if not taken:
            return super().of(request, page=page, **kwargs)
        return cls(kept=taken, page=page, by=request.user, path=request.path, **kwargs)

    def __init__(self, *args, page, **kwargs):
        self.page = page
        self.theirs = {}
        kwargs["initial"] = {}
        for line in page.lines:
            kwargs["initial"] |= _written(line)
        super().__init__(*args, **kwargs)
        for line in page.lines:
            self.fields |= _fields(line)
        # "Optional" at each of ten questions would say nothing.
        self.depending = tuple(self.fields)
        self._fill_in_again()

    @property
    def rows(self):
        names = ("value", "text", "by", "skip", "seen")
        return [
            Row(
                line,
                {
                    name: self[f"{line.question.key}-{name}"]
                    for name in names
                    if f"{line.question.key}-{name}" in self.fields
                },
                self.theirs.get(line.question.pk),
            )
            for line in self.page.lines
        ]

    def clean(self):
        answers = super().clean()
        self.said = []
        for line in self.page.lines:
            said = self._said(line, answers)
            if said.not_relevant and not said.text:
                self.add_error(
                    f"{line.question.key}-text",
                    _("Write why it is not relevant: %(question)s")
                    % {"question": line.question},
                )
            unchanged = line.answer and said.says() == line.answer.says()
            given = said.value or said.text
            if given and not (said.answered_by or said.not_relevant or unchanged):
                self._ask_who_answered()
            self.said.append(said)
        return answers

    def _said(self, line, answers):
        key = line.question.key
        value = answers.get(f"{key}-value") or ""
        # Browsers send the ends of lines in another way than they were stored.
        text = answers.get(f"{key}-text", "").replace("\r\n", "\n")
        by = answers.get(f"{key}-by") or answers.get("answered_by", "")
        skip = answers.get(f"{key}-skip", False)
        seen = answers.get(f"{key}-seen") or 0
        # What somebody else has just answered is not left unanswered.
        if not (value or text) and answers.get("rest") and seen >= line.version:
            text, skip = answers["rest"], True
        if skip:
            value = ""
        if not (value or text):
            by = ""
        if line.answer and (value, text, skip) == (
            line.answer.value,
            line.answer.text,
            line.answer.not_relevant,
        ):
            # A mark for the rest of the page changes nothing that stands already.
            by = answers.get(f"{key}-by") or line.answer.answered_by
        return Said(
            question=line.question,
            seen=seen,
            value=str(value),
            text=text,
            answered_by=by,
            not_relevant=skip,
        )

    def _ask_who_answered(self):
        if "answered_by" not in self.errors:
            self.add_error("answered_by", _("Choose who answered."))

    def show_gap(self, questions):
        """What the minimum standard asks is not emptied after the conversation."""
        for question in questions:
            said = _("Write an answer, or why it is not relevant: %(question)s")
            self.add_error(f"{question.key}-text", said % {"question": question})

    def show_theirs(self, theirs):
        """Draw the page again with both texts; saving once more puts ours in its place.

        Where we have changed nothing, theirs stands in the field.
        """
        self.theirs = theirs
        self.data = self.data.copy()
        for line, said in zip(self.page.lines, self.said, strict=True):
            if answer := theirs.get(line.question.pk):
                self.data[f"{line.question.key}-seen"] = answer.version
            elif said.seen != line.version and is_untouched(said, line.versions):
                self._fill_with(_written(line))

    def _fill_with(self, written):
        for name, value in written.items():
            # A box without a tick is not sent at all.
            if value is False:
                self.data.pop(name, None)
            else:
                self.data[name] = "on" if value is True else value


def _taken(page, data):
    """What was sent, with the prepared words after what stands in the answer already."""
    for line in page.lines:
        for one in line.prepared:
            if str(one.uuid) == data.get("take"):
                kept, key = dict(data.lists()), line.question.key
                before = data.get(f"{key}-text", "").rstrip()
                kept[f"{key}-text"] = ["\n\n".join(filter(None, [before, one.text]))]
                who = Answer.AnsweredBy
                by = who.RELATIVE if one.preparation.relation_id else who.RESIDENT
                kept[f"{key}-by"] = [by.value]
                return kept
    return None


def _fields(line):
    question, key = line.question, line.question.key
    kinds = Question.Kind
    fields = {}
    if question.options:
        fields["value"] = forms.ChoiceField(
            choices=question.options, widget=Chips, required=False
        )
    elif question.kind == kinds.DATE:
        fields["value"] = DateField(required=False)
    fields["text"] = forms.CharField(
        label=_("More about it"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 2 if fields else 3, "autocomplete": "off"}
        ),
    )
    asked = fields.get("value", fields["text"])
    asked.label, asked.help_text = str(question), question.hint
    fields["by"] = forms.ChoiceField(
        label=_("Who answered this question?"),
        choices=[("", _("as the rest of the page")), *Answer.AnsweredBy.choices],
        required=False,
    )
    fields["skip"] = forms.BooleanField(
        label=_("Not relevant. Write the reason in the field above."), required=False
    )
    fields["seen"] = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=10_000
    )
    return {f"{key}-{name}": field for name, field in fields.items()}


def _written(line):
    key, answer = line.question.key, line.answer
    if answer is None:
        return {f"{key}-seen": 0}
    return {
        f"{key}-seen": answer.version,
        f"{key}-value": answer.value,
        f"{key}-text": answer.text,
        f"{key}-by": answer.answered_by,
        f"{key}-skip": answer.not_relevant,
    }
