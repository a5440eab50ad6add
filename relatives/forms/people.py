import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.forms import DateField, KeptForm
from relatives.models import Relative


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
