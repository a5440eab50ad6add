import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.forms import DateField, KeptForm
from relatives.models import Relation, Relative, Representation
from residents.topics import Topic


class RelativeForm(KeptForm):
    """What the home needs to know about a relative to reach them."""

    given_name = forms.CharField(
        label=_("Given name"),
        max_length=100,
        error_messages={"required": _("Write the given name.")},
    )
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=100,
        error_messages={"required": _("Write the family name.")},
    )
    phone = forms.CharField(
        label=_("Telephone"),
        help_text=_(
            "Danish numbers as they are. Foreign ones with + and country code."
        ),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Needed if the relative is to be invited to the portal."),
        required=False,
        error_messages={
            "invalid": _("Write an e-mail address, for example anna@example.dk.")
        },
    )
    born_on = DateField(
        label=_("Born"),
        help_text=_("Those under 18 are looked after specially."),
        required=False,
    )
    protected_address = forms.BooleanField(
        label=_("Protected address: it is not kept here"), required=False
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    city = forms.CharField(label=_("Town"), max_length=100, required=False)
    language = forms.CharField(
        label=_("Language at home"),
        help_text=_("If it is not Danish."),
        max_length=50,
        required=False,
    )
    interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)

    def __init__(self, *args, home, relative=None, **kwargs):
        self.home, self.relative = home, relative
        if relative:
            kwargs["initial"] = {
                name: getattr(relative, name) for name in self.base_fields_of_person()
            }
            if relative.protected_address:
                kwargs["initial"].update(address="", postcode="", city="")
        super().__init__(*args, **kwargs)

    @staticmethod
    def base_fields_of_person():
        return [name for name in RelativeForm.base_fields if name != "slip"]

    def person(self):
        """The fields of Relative that were filled in."""
        return {name: self.cleaned_data[name] for name in self.base_fields_of_person()}

    def clean_phone(self):
        written = self.cleaned_data["phone"]
        if not written:
            return ""
        try:
            number = phonenumbers.parse(written, "DK")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            raise forms.ValidationError(
                _("This cannot be a telephone number. A Danish one has 8 digits."),
                code="phone",
            )
        national = number.country_code == 45
        style = phonenumbers.PhoneNumberFormat
        return phonenumbers.format_number(
            number, style.NATIONAL if national else style.INTERNATIONAL
        )

    def clean_born_on(self):
        day = self.cleaned_data["born_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("The day lies ahead."), code="ahead")
        return day

    def clean(self):
        answers = super().clean()
        if answers.get("protected_address"):
            answers.update(address="", postcode="", city="")
        if answers.get("email") and self._is_known(answers["email"]):
            self.add_error(
                "email",
                _(
                    "A relative with this e-mail is already known here. Find them with “Connect somebody we know”."
                ),
            )
        return answers

    def _is_known(self, email):
        """Of somebody else than the person the form is about, or has just made."""
        own = self.relative.uuid if self.relative else self.number
        others = Relative.objects.filter(home=self.home, email__iexact=email)
        return others.exclude(uuid=own).exists() if own else others.exists()


# Those that are about the topics they name; the others are about what the law says.
NAMED = (Representation.Kind.PERSONAL, Representation.Kind.FUTURE_POWER)


class RelationForm(KeptForm):
    """Who the person is to the resident, and what the law lets them hear of."""

    kind = forms.ChoiceField(
        choices=[("", _("Choose")), *Relation.Kind.choices],
        error_messages={"required": _("Choose who it is.")},
    )
    law = forms.ChoiceField(choices=Representation.Kind, required=False)
    topics = forms.MultipleChoiceField(
        label=_("What is the guardianship about?"),
        help_text=_("Only for personal guardianship and power of attorney."),
        choices=Topic,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    document = forms.CharField(
        label=_("Which document have you seen?"),
        help_text=_("For example: Certificate of guardianship, 3 March 2026."),
        max_length=200,
        required=False,
    )

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
        if kind not in Representation.CUSTODY and not self.cleaned_data.get("document"):
            self.add_error("document", _("Write which document you have seen."))
        if kind in NAMED and not self.cleaned_data.get("topics"):
            self.add_error("topics", _("Choose what the guardianship is about."))
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
        topics = self.cleaned_data.get("topics", []) if kind in NAMED else []
        return {
            "kind": kind,
            "topics": topics,
            "document": self.cleaned_data["document"],
        }


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
