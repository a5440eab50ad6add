from django import forms
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.forms import Chips, DateField, KeptForm
from relatives.forms.doers import DoersForm, PeopleSelect, chosen, rows_of
from relatives.models import Agreement
from residents.topics import Topic

LONG = 2_000


class AgreementForm(DoersForm):
    """One thing with a verb, about one topic, for one person to keep."""

    template_name = "relatives/_agreement_fields.html"

    text = forms.CharField(
        label=_("What do we agree on?"),
        help_text=_(
            "One thing, with a verb: who does what. Those relatives read it with whom the resident shares the topic. Write no names of other relatives."
        ),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"required": _("Write what you agree on.")},
    )
    topic = forms.ChoiceField(
        label=_("What is it about?"),
        help_text=_("The topic decides which relatives can read the agreement."),
        choices=Topic,
        widget=Chips,
        error_messages={"required": _("Choose what the agreement is about.")},
    )
    responsible = forms.ChoiceField(
        label=_("Who sees to it?"),
        widget=PeopleSelect,
        error_messages={"required": _("Choose who sees to it.")},
    )
    responsible_other = forms.CharField(
        label=_("Name of somebody else"),
        help_text=_("Only if it is somebody else. For example the dentist."),
        max_length=100,
        required=False,
    )
    due_on = DateField(label=_("No later than"), required=False)
    follow_up_on = DateField(label=_("We look at it again on"), required=False)

    goal = forms.CharField(
        label=_("What is it for?"),
        help_text=_("What the resident gets out of it: the goal you share."),
        max_length=300,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why do we do it like this?"),
        help_text=_("The professional reason, in plain words. The relatives read it."),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    involvement = forms.ChoiceField(
        label=_("How much say do the relatives have?"),
        choices=[("", _("Not agreed on")), *Agreement.Involvement.choices],
        required=False,
    )
    participation = forms.ChoiceField(
        label=_("How did the resident take part?"),
        choices=[("", _("Not said yet")), *Agreement.Participation.choices],
        required=False,
    )
    participation_note = forms.CharField(
        label=_("Why could the resident not take part?"),
        max_length=300,
        required=False,
    )

    depending = ("responsible_other", "participation_note")
    # Below the fold: drawn together, open when something is in them.
    MORE = ("goal", "reason", "involvement", "participation", "participation_note")

    def __init__(self, *args, agreement=None, **kwargs):
        if agreement:
            kwargs["initial"] = self._written(agreement)
        self.agreement = agreement
        super().__init__(*args, **kwargs)
        self.offer_people("responsible", nobody=_("Choose"))

    def _written(self, agreement):
        """The version in force, as the form would have it."""
        same = {
            name: getattr(agreement, name)
            for name in (
                "text",
                "topic",
                "responsible_other",
                "due_on",
                "follow_up_on",
                *self.MORE,
            )
        }
        return {
            **same,
            "responsible": chosen(
                agreement.responsible, agreement.responsible_relative
            ),
            **rows_of(agreement.parts.select_related("relative")),
        }

    @property
    def first_fields(self):
        return [
            field
            for field in self.visible_fields()
            if field.name not in self.MORE and not field.name.startswith("part_")
        ]

    @property
    def more_fields(self):
        return [self[name] for name in self.MORE]

    @property
    def more_is_open(self):
        return any(field.value() or field.errors for field in self.more_fields)

    @property
    def parts_are_open(self):
        return len(self.part_rows) > 1 or any(
            field.value() or field.errors for row in self.part_rows for field in row
        )

    def clean_participation_note(self):
        told = self.cleaned_data.get("participation") == Agreement.Participation.NOT
        note = self.cleaned_data["participation_note"]
        if told and not note:
            raise forms.ValidationError(
                _("Write why the resident could not take part.")
            )
        return note if told else ""

    def clean(self):
        answers = super().clean()
        self.check_adult("responsible")
        if answers.get("responsible") == Agreement.Responsible.OTHER:
            if not answers.get("responsible_other"):
                self.add_error("responsible_other", _("Write who sees to it."))
        else:
            answers["responsible_other"] = ""
        if self.agreement:
            self._check_too_much(answers)
        if not self.errors and self.agreement and self._is_as_written(answers):
            raise forms.ValidationError(
                _("You have not changed anything."), code="unchanged"
            )
        return answers

    def _check_too_much(self, answers):
        """A task that is too much is not laid on the same relative again unasked."""
        tired = {reply.relative for reply in self.agreement.replies.too_much()}
        said = _(
            "%(name)s has said that it is too much. Talk together and answer first, or choose somebody else."
        )
        for field in (self["responsible"], *(who for who, _task in self.part_rows)):
            person = self.relatives.get(answers.get(field.name))
            if person in tired:
                self.add_error(field.name, said % {"name": person.given_name})

    def _is_as_written(self, answers):
        written = self._written(self.agreement)
        said = {
            name: value for name, value in answers.items() if value and name != "slip"
        }
        return said == {name: value for name, value in written.items() if value}

    def clean_due_on(self):
        return self._not_before_today("due_on")

    def clean_follow_up_on(self):
        return self._not_before_today("follow_up_on")

    def _not_before_today(self, name):
        """An agreement looks ahead; one that is changed may keep the day it had."""
        day = self.cleaned_data[name]
        kept = self.agreement and getattr(self.agreement, name) == day
        if day and day < clock.today() and not kept:
            raise forms.ValidationError(_("Choose today or a later day."), code="past")
        return day

    def answers(self):
        """As the actions take it: the responsible relative as a row of their own."""
        answers = super().answers()
        doer = self.doer(answers["responsible"], "responsible", "responsible_relative")
        return {**answers, **doer}


class ChangeWishForm(KeptForm):
    """What a relative would like to be different."""

    text = forms.CharField(
        label=_("What should be different?"),
        help_text=_("The staff and the resident can read what you write."),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": _("Write what should be different.")},
    )


class AnswerForm(KeptForm):
    """What staff answer the relative who asked, when the agreement stays as it is."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_(
            "The relative reads it here, and is asked to confirm the agreement."
        ),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": _("Write an answer.")},
    )
