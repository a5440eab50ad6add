"""What went wrong, and what is done about it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent.protecting.forms import When
from portal import clock
from portal.forms import KeptForm
from residents.models import IncidentStep, Lookup


class ReportForm(KeptForm):
    what = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("Write as few names as you can."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write what happened.")},
    )
    discovered_at = When(
        label=gettext_lazy("When was it discovered?"),
        help_text=gettext_lazy("The 72 hours are counted from then."),
        error_messages={"required": gettext_lazy("Write day and time.")},
    )
    whose = forms.CharField(
        label=gettext_lazy("Whose data is it about?"), max_length=300, required=False
    )
    how_many = forms.IntegerField(
        label=gettext_lazy("How many people, about?"),
        required=False,
        min_value=0,
        max_value=1_000_000,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["discovered_at"].initial = clock.now()

    def clean_discovered_at(self):
        at = self.cleaned_data["discovered_at"]
        if at > clock.now():
            raise forms.ValidationError(_("It has not been discovered yet then."))
        return at


class StepForm(KeptForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is done or judged?"),
        choices=IncidentStep.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is done.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Why, and what exactly?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write why.")},
    )
    lookup = forms.ModelChoiceField(
        label=gettext_lazy("Whom it concerns, as the logs say"),
        help_text=gettext_lazy("Something that has been looked up in the logs."),
        queryset=Lookup.objects.none(),
        to_field_name="uuid",
        required=False,
    )

    def __init__(self, *args, incident, **kwargs):
        super().__init__(*args, **kwargs)
        own = Lookup.objects.visible_to(self.by).filter(home=incident.home)
        self.fields["lookup"].queryset = own
        self.fields["lookup"].label_from_instance = lambda one: (
            f"{one.get_kind_display()} {one.why}"
        )
