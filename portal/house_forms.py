"""The forms in which the home, its departments and its staff are entered."""

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.forms import DateField, KeptForm
from portal.models import Employment, Profession
from portal.plain import PlainForm

ROLE_HELP = _(
    "Care workers and department managers see the residents of one department, centre "
    "managers those of the whole home. Relatives' advisers and system administrators "
    "see no residents."
)


class PhoneField(forms.CharField):
    """A telephone number as people write it, if it can be one."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel"}))
        super().__init__(**kwargs)

    def clean(self, value):
        value = " ".join(super().clean(value).split())
        if value:
            try:
                number = phonenumbers.parse(value, "DK")
                fits = phonenumbers.is_possible_number(number)
            except phonenumbers.NumberParseException:
                fits = False
            if not fits:
                raise forms.ValidationError(
                    _("This is not a telephone number. Write it like 12 34 56 78.")
                )
        return value


class TextsForm(KeptForm):
    """What the home says about itself."""

    name = forms.CharField(
        label=_("Name of the home"),
        max_length=100,
        error_messages={"required": _("Write the name of the home.")},
    )
    phone = PhoneField(
        label=_("Telephone"),
        help_text=_("It stands on every page and in every mail."),
        error_messages={"required": _("Write the telephone number of the home.")},
    )
    opening_hours = forms.CharField(
        label=_("When the telephone is answered"),
        help_text=_("For example: weekdays 8-15."),
        max_length=200,
        required=False,
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Answers to our mails go here."),
        required=False,
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    answer_days = forms.IntegerField(
        label=_("We answer within this many working days"),
        help_text=_("It is promised to relatives when they write to us."),
        min_value=1,
        max_value=30,
        error_messages={"required": _("Write a number of days, for example 3.")},
    )
    about = forms.CharField(
        label=_("About us"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5_000,
        required=False,
    )

    def __init__(self, *args, home, **kwargs):
        self.home = home
        super().__init__(*args, **kwargs)

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = type(self.home).objects.exclude(pk=self.home.pk)
        if others.filter(name=name).exists():
            raise forms.ValidationError(_("Another home has this name."))
        return name


class DepartmentForm(PlainForm):
    name = forms.CharField(
        label=_("Name of the department"),
        max_length=100,
        error_messages={"required": _("Write the name of the department.")},
    )
    phone = PhoneField(
        label=_("Telephone"),
        help_text=_("Only if it is another than the home's."),
        required=False,
    )

    def __init__(self, *args, home, department=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.home, self.department = home, department

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = self.home.departments.all()
        if self.department:
            others = others.exclude(pk=self.department.pk)
        else:
            # Adding the name of a closed department opens it again.
            others = others.open()
        # Not by the database: SQLite takes Å and å for two letters.
        if name.casefold() in {other.name.casefold() for other in others}:
            raise forms.ValidationError(
                _("There is already a department of this name.")
            )
        return name


class JobForm(KeptForm):
    """What somebody works as, where, and from when."""

    role = forms.ChoiceField(label=_("Role"), help_text=ROLE_HELP)
    profession = forms.ChoiceField(label=_("Profession"), choices=Profession)
    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=None,
        required=False,
        empty_label=_("None"),
        help_text=_("For care workers and department managers."),
    )
    starts_on = DateField(
        label=_("First day"),
        initial=clock.today,
        error_messages={"required": _("Choose the first day.")},
    )

    def __init__(self, *args, roles, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, role.label) for role in roles]
        field = self.fields["department"]
        field.queryset = departments
        if len(departments) == 1:
            field.initial = departments[0]
        if len(roles) == 1:
            # The only choice is no question.
            self.fields["role"].widget = forms.HiddenInput()
            self.fields["role"].initial = roles[0]
            field.required, field.empty_label = True, None

    def clean(self):
        answers = super().clean()
        role, department = answers.get("role"), answers.get("department")
        at_a_department = role in Employment.AT_A_DEPARTMENT
        if (
            role
            and at_a_department
            and not department
            and "department" not in self.errors
        ):
            self.add_error("department", _("Choose the department."))
        if role and not at_a_department:
            answers["department"] = None
        return answers


class EmployForm(JobForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        error_messages={"required": _("Write the name.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The invitation is sent here, and the person logs in with it."),
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": _("Write an e-mail address like name@example.dk."),
        },
    )
    invite = forms.BooleanField(
        label=_("Send the invitation now"), initial=True, required=False
    )
    field_order = ["slip", "name", "email"]


class EndForm(PlainForm):
    last_day = DateField(
        label=_("Last day at work"),
        help_text=_("The day after, the job opens nothing any more."),
        initial=clock.today,
        error_messages={"required": _("Choose the last day.")},
    )


class PersonForm(PlainForm):
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        error_messages={"required": _("Write the name.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_(
            "If you change it, the person is logged out and invited at the new address."
        ),
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": _("Write an e-mail address like name@example.dk."),
        },
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self):
        email = self.cleaned_data["email"]
        others = type(self.person).objects.exclude(pk=self.person.pk)
        if others.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Somebody else logs in with this address."))
        return email
