from django import forms
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.forms import DateField, KeptForm
from relatives import representing
from relatives.models import Relation, Representation
from residents.topics import Topic

# JSON and the views know them by these names.
FIELDS = (
    "kind",
    "topics",
    "other_holder",
    "other_holder_name",
    "starts_on",
    "ends_on",
    "document",
    "document_date",
)


class RepresentationForm(KeptForm):
    """What the law lets one relative hear of, or decide in."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[("", _("Choose")), *Representation.Kind.choices],
        error_messages={"required": _("Choose what it is.")},
    )
    topics = forms.MultipleChoiceField(
        label=_("What does it cover?"),
        help_text=_("As it stands in the document, and no more."),
        choices=Topic,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    other_holder = forms.ModelChoiceField(
        label=_("Who has the other half of the custody?"),
        queryset=Relation.objects.none(),
        to_field_name="uuid",
        empty_label=_("Somebody who is not registered here"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the persons shown.")},
    )
    other_holder_name = forms.CharField(
        label=_("Their name, if they are not registered here"),
        max_length=200,
        required=False,
    )
    starts_on = DateField(
        label=_("From which day?"),
        error_messages={"required": _("Write from which day it holds.")},
    )
    ends_on = DateField(
        label=_("The last day, if it has one"),
        help_text=_("Custody ends by itself when the resident turns 18."),
        required=False,
    )
    document = forms.CharField(
        label=_("Which document have you seen?"),
        help_text=_("For example: Certificate of guardianship."),
        max_length=200,
        required=False,
    )
    document_date = DateField(label=_("The date on the document"), required=False)

    # Asked only after certain answers: the template shows them then.
    depending = (
        "topics",
        "other_holder",
        "other_holder_name",
        "document",
        "document_date",
    )

    def __init__(self, *args, relation, **kwargs):
        self.relation = relation
        super().__init__(*args, **kwargs)
        resident = relation.resident
        self.initial.setdefault("starts_on", clock.today())
        # The others are known too, and told what is wrong with them.
        self.fields["kind"].widget.choices = [
            ("", _("Choose")),
            *(
                (kind.value, kind.label)
                for kind in Representation.Kind
                if resident.is_minor or kind not in Representation.CUSTODY
            ),
        ]
        self.fields["other_holder"].queryset = (
            resident.relations.standing()
            .exclude(pk=relation.pk)
            .select_related("relative")
        )

    def said(self):
        """What was answered, as the actions take it."""
        return {
            name: self.cleaned_data[name]
            for name in FIELDS
            if name in self.cleaned_data
        }

    def clean(self):
        answers = super().clean()
        self.refuse(representing.faults(self.relation, uuid=self.number, **self.said()))
        return answers

    def refuse(self, faults):
        """Say at each field what stands in the way."""
        for field, message in faults:
            self.add_error(field, message)


class EndForm(KeptForm):
    """A representation that ends, and why."""

    last_day = DateField(
        label=_("The last day on which it holds"),
        help_text=_("If it has ended already, the day on which it did."),
        error_messages={"required": _("Write the last day.")},
    )
    why = forms.CharField(
        label=_("Why does it end?"),
        help_text=_(
            "For example: lifted by the Agency of Family Law, letter of 3 March."
        ),
        max_length=200,
        error_messages={"required": _("Write why it ends.")},
    )

    def __init__(self, *args, representation, **kwargs):
        self.representation = representation
        super().__init__(*args, **kwargs)
        self.initial.setdefault("last_day", clock.today())

    def clean_last_day(self):
        day, row = self.cleaned_data["last_day"], self.representation
        if day < row.starts_on:
            raise forms.ValidationError(
                _("It had not begun then. Was it recorded in error?"), code="early"
            )
        said_already = row.ends_on == day and row.ended_by_id == self.by.pk
        if row.ends_on and day >= row.ends_on and not said_already:
            raise forms.ValidationError(
                _("It ends no later than that already."), code="late"
            )
        return day


class InErrorForm(KeptForm):
    """A representation that never was."""

    why = forms.CharField(
        label=_("What was wrong?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": _("Write what was wrong.")},
    )
