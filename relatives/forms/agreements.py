from django import forms
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.forms import Chips, DateField, KeptForm
from relatives.models import Agreement
from residents.topics import Topic

A_RELATIVE = "relative:"
LONG = 2_000


class PeopleSelect(forms.Select):
    """A list in which those who are not given tasks can be seen and not chosen."""

    disabled = frozenset()

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.disabled:
            option["attrs"]["disabled"] = True
        return option


class AgreementForm(KeptForm):
    """One thing with a verb, about one topic, for one person to keep."""

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

    def __init__(self, *args, resident, relations, agreement=None, **kwargs):
        if agreement:
            kwargs["initial"] = self._written(agreement)
        self.agreement = agreement
        self.relatives = {
            f"{A_RELATIVE}{relation.relative.uuid}": relation.relative
            for relation in relations
        }
        super().__init__(*args, **kwargs)
        field = self.fields["responsible"]
        field.choices = self._people(resident, relations)
        field.widget.disabled = {
            value for value, person in self.relatives.items() if person.is_minor
        }

    def _people(self, resident, relations):
        kind = Agreement.Responsible
        yield "", _("Choose")
        yield kind.STAFF, kind.STAFF.label
        if resident.contact_person:
            yield (
                kind.CONTACT_PERSON,
                _("the contact person, %(name)s") % {"name": resident.contact_person},
            )
        yield kind.RESIDENT, resident.short_name
        for value, relation in zip(self.relatives, relations, strict=True):
            if relation.relative.is_minor:
                yield value, _("%(person)s – under 18") % {"person": relation}
            else:
                yield value, str(relation)
        yield kind.MANAGER, kind.MANAGER.label
        yield kind.OTHER, kind.OTHER.label

    def _written(self, agreement):
        """The version in force, as the form would have it."""
        responsible = agreement.responsible
        if agreement.responsible_relative:
            responsible = f"{A_RELATIVE}{agreement.responsible_relative.uuid}"
        return {
            "text": agreement.text,
            "topic": agreement.topic,
            "responsible": responsible,
            "responsible_other": agreement.responsible_other,
            "due_on": agreement.due_on,
            "follow_up_on": agreement.follow_up_on,
        }

    def clean_responsible(self):
        chosen = self.cleaned_data["responsible"]
        person = self.relatives.get(chosen)
        if person and person.is_minor:
            raise forms.ValidationError(
                _(
                    "%(name)s is under 18. Children and young people are not given tasks in an agreement. Choose an adult."
                )
                % {"name": person.given_name},
                code="minor",
            )
        return chosen

    def clean(self):
        answers = super().clean()
        if answers.get("responsible") == Agreement.Responsible.OTHER:
            if not answers.get("responsible_other"):
                self.add_error("responsible_other", _("Write who sees to it."))
        else:
            answers["responsible_other"] = ""
        if not self.errors and self.agreement:
            written = self._written(self.agreement)
            if all(answers[name] == value for name, value in written.items()):
                raise forms.ValidationError(
                    _("You have not changed anything."), code="unchanged"
                )
        return answers

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
        person = self.relatives.get(answers["responsible"])
        if person:
            answers["responsible"] = Agreement.Responsible.RELATIVE
        return {**answers, "responsible_relative": person}


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
