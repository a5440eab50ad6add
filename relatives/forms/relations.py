from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import DateField, KeptForm
from relatives import representing
from relatives.forms.people import RelativeForm
from relatives.models import Relation, Relative, Representation
from residents.topics import Topic


class RelationForm(KeptForm):
    """Who the person is to the resident, and what the law lets them hear of."""

    kind = forms.ChoiceField(
        choices=[("", _("Choose")), *Relation.Kind.choices],
        error_messages={"required": _("Choose who it is.")},
    )
    law = forms.ChoiceField(choices=Representation.Kind, required=False)
    topics = forms.MultipleChoiceField(
        label=_("What does it cover?"),
        help_text=_("Only for personal guardianship and power of attorney."),
        choices=Topic,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    document = forms.CharField(
        label=_("Which document have you seen?"),
        help_text=_("For example: Certificate of guardianship."),
        max_length=200,
        required=False,
    )
    document_date = DateField(label=_("The date on the document"), required=False)

    def __init__(self, *args, resident, **kwargs):
        self.resident = resident
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = _("Who is it to %(name)s?") % {
            "name": resident.short_name
        }
        law = self.fields["law"]
        law.label = _("Guardianship or power of attorney")
        if resident.is_minor:
            law.label = _("Custody")
            del self.fields["topics"]
        law.choices = [
            ("", _("None")),
            *(
                (kind.value, kind.label)
                for kind in Representation.Kind
                if (kind in Representation.CUSTODY) == resident.is_minor
            ),
        ]

    def check_law(self, *, born_on, person):
        """Whether the person can stand in for this resident. Adds errors to the form.

        `person` is their uuid: what they hold already clashes with nothing.
        """
        kind = self.cleaned_data.get("law")
        if not kind:
            return
        if Relative(born_on=born_on).is_minor:
            self.add_error("law", _("Somebody under 18 cannot represent the resident."))
        answers = self.cleaned_data
        for field, why in [
            *representing.about(kind, self._topics(kind)),
            *representing.shown(kind, answers),
        ]:
            self.add_error(field, why)
        if kind in Representation.CUSTODY and self._clashes(kind, person):
            self.add_error(
                "law",
                _(
                    "Somebody else is registered with custody, and sole custody has one holder only."
                ),
            )

    def _clashes(self, kind, person):
        held = set(
            Representation.objects.filter(
                relation__resident=self.resident,
                relation__ended_at=None,
                kind__in=Representation.CUSTODY,
                ends_on=None,
            )
            .exclude(relation__relative__uuid=person)
            .values_list("kind", flat=True)
        )
        sole = Representation.Kind.SOLE_CUSTODY
        return sole in held or (kind == sole and bool(held))

    def representation(self):
        """What the law lets the person hear of, as the actions take it."""
        kind = self.cleaned_data.get("law")
        if not kind:
            return None
        return {
            "kind": kind,
            "topics": self._topics(kind),
            "document": self.cleaned_data["document"],
            "document_date": self.cleaned_data["document_date"],
        }

    def _topics(self, kind):
        named = kind in representing.NAMED
        return self.cleaned_data.get("topics", []) if named else []


class NewRelativeForm(RelationForm, RelativeForm):
    """A person whom the home does not know yet."""

    field_order = ["given_name", "family_name", "kind", "phone", "email", "born_on"]

    def __init__(self, *args, resident, **kwargs):
        super().__init__(
            *args, resident=resident, home=resident.department.home, **kwargs
        )

    def clean(self):
        answers = super().clean()
        self.check_law(born_on=answers.get("born_on"), person=self.number)
        return answers


class ConnectForm(RelationForm):
    """Somebody we know from another resident."""

    relative = forms.ModelChoiceField(
        label=_("Who?"),
        queryset=Relative.objects.none(),
        to_field_name="uuid",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose a person."),
            "invalid_choice": _("Choose one of the persons shown."),
        },
    )

    field_order = ["relative", "kind"]

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["relative"].queryset = found

    def clean(self):
        answers = super().clean()
        person = answers.get("relative")
        if person:
            self.check_law(born_on=person.born_on, person=person.uuid)
        return answers
