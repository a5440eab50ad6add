from django import forms
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news.events import policy
from portal import clock
from portal.forms import KeptForm
from portal.models import Department
from portal.moments import MomentField
from portal.plain import PlainForm

# Who reads of it: the two fields of an event, by the key of the choice.
READERS = {
    "all": (True, True),
    "relatives": (True, False),
    "residents": (False, True),
    "staff": (False, False),
}


class EventForm(KeptForm):
    place_of = forms.ChoiceField(label=_("Where in the house is it for?"))
    readers = forms.ChoiceField(
        label=_("Who reads it?"),
        widget=forms.RadioSelect,
        initial="all",
        help_text=_("Staff always read along, so that they can answer."),
    )
    title = forms.CharField(label=_("What is going to happen?"), max_length=120)
    starts_at = MomentField(label=_("When does it begin?"))
    ends_at = MomentField(label=_("When does it end?"))
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        required=False,
        help_text=_("It stands in people's own calendars. Name no residents."),
    )
    text = forms.CharField(
        label=_("More about it"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        help_text=_(
            "What does it cost, what does one bring, and when must one say yes? "
            "Name no residents."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["readers"].choices = [
            ("all", _("Relatives, residents and staff")),
            ("relatives", _("Relatives and staff")),
            ("residents", _("Residents and staff")),
            ("staff", _("Staff only")),
        ]
        self.fields["place_of"].choices = [
            (key, self._label(home, department))
            for key, (home, department) in self.places.items()
        ]
        self.initial.setdefault("place_of", next(iter(self.places), None))

    @staticmethod
    def _label(home, department):
        if department:
            return str(department)
        return gettext("The whole of %(home)s") % {"home": home}

    @cached_property
    def places(self):
        """Where the author may invite to something, by the key of the choice."""
        places = {}
        for job in self.by.employments_in_force:
            if policy.can_write_for(self.by, job.home, None):
                places[f"{job.home.uuid}"] = job.home, None
        departments = Department.objects.of_work(self.by).select_related("home")
        for department in departments.distinct():
            places[f"{department.uuid}"] = department.home, department
        return places

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and not 2000 <= starts.year <= clock.today().year + 5:
            self.add_error("starts_at", gettext("Look at the year once more."))
        elif starts and ends and ends <= starts:
            self.add_error("ends_at", gettext("It ends before it begins."))
        elif starts and ends and (ends - starts).days > 31:
            self.add_error("ends_at", gettext("It lasts at most a month."))
        return cleaned

    @classmethod
    def filled_with(cls, request, event):
        known = {readers: key for key, readers in READERS.items()}
        return cls.of(
            request,
            initial={
                "place_of": f"{(event.department or event.home).uuid}",
                "readers": known[event.for_relatives, event.for_residents],
                "title": event.title,
                "starts_at": event.starts_at,
                "ends_at": event.ends_at,
                "place": event.place,
                "text": event.text,
            },
        )

    def answers(self):
        answers = super().answers()
        home, department = self.places[answers.pop("place_of")]
        relatives, residents = READERS[answers.pop("readers")]
        return answers | {
            "home": home,
            "department": department,
            "for_relatives": relatives,
            "for_residents": residents,
        }


class CallOffForm(PlainForm):
    """Why it does not happen. Everybody whom it was for reads it."""

    reason = forms.CharField(
        label=_("Why is it called off?"),
        max_length=300,
        help_text=_("Everybody whom it was for reads this. Name no residents."),
    )


def in_words(event):
    """Who reads it, as the form puts it."""
    words = {
        (True, True): gettext("Relatives, residents and staff"),
        (True, False): gettext("Relatives and staff"),
        (False, True): gettext("Residents and staff"),
        (False, False): gettext("Staff only"),
    }
    return capfirst(words[event.for_relatives, event.for_residents])
