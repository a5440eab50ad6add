"""The forms of house news. The rare choices have answers that mostly hold."""

from django import forms
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news import policy
from news.forms import CorrectingForm
from news.models import Readership
from portal import clock
from portal.forms import KeptForm
from portal.models import Department
from portal.moments import MomentField
from portal.plain import PlainForm


class NewsForm(KeptForm):
    # Folded away: who is in a hurry needs none of them.
    RARE = ("readers", "important", "shown_from", "shown_until", "easy_text")

    audience = forms.MultipleChoiceField(
        label=_("Who is it for?"), widget=forms.CheckboxSelectMultiple
    )
    title = forms.CharField(label=_("Headline"), max_length=120)
    text = forms.CharField(
        label=_("Text"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
        help_text=_("Leave an empty line between paragraphs. Name no residents."),
    )
    readers = forms.ChoiceField(
        label=_("Who of them reads it?"),
        choices=[(kind.value, capfirst(kind.label)) for kind in Readership],
        initial=Readership.ALL.value,
        widget=forms.RadioSelect,
    )
    important = forms.BooleanField(
        label=_("Mark as important"),
        required=False,
        help_text=_(
            "Only for what everybody needs to know. Staff are asked to say that they "
            "have read it."
        ),
    )
    shown_from = MomentField(
        label=_("Show it from"),
        required=False,
        help_text=_("Left empty, it is shown as soon as it is published."),
    )
    shown_until = MomentField(
        label=_("Show it until"),
        required=False,
        help_text=_("After that it stands among the earlier news."),
    )
    easy_text = forms.CharField(
        label=_("The same, easy to read"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("Short words and short sentences. Residents see this first."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = [
            (key, self._label(home, department))
            for key, (home, department) in self.places.items()
        ]
        self.initial.setdefault("audience", list(self.places)[:1])

    @staticmethod
    def _label(home, department):
        if department:
            return gettext("Everybody in %(department)s") % {"department": department}
        return gettext("The whole of %(home)s") % {"home": home}

    @property
    def is_unfolded(self):
        """Whether one of the rare choices was made, or has to be put right."""
        usual = {"readers": Readership.ALL.value}
        return any(
            self[name].errors or (self[name].value() or "") != usual.get(name, "")
            for name in self.RARE
            if name in self.fields
        )

    @property
    def usual_fields(self):
        return [field for field in self.visible_fields() if field.name not in self.RARE]

    @property
    def rare_fields(self):
        return [field for field in self.visible_fields() if field.name in self.RARE]

    @cached_property
    def places(self):
        """Where the author may write news, by the key of the choice."""
        places = {}
        for job in self.by.employments_in_force:
            if policy.can_write_news_for(self.by, job.home, None):
                places[f"{job.home.uuid}"] = job.home, None
        departments = Department.objects.of_work(self.by).select_related("home")
        for department in departments.distinct():
            places[f"{department.uuid}"] = department.home, department
        return places

    @classmethod
    def filled_with(cls, request, item, **kwargs):
        places = [item.home] if item.whole_home else item.places
        return cls.of(
            request,
            **kwargs,
            initial={
                "audience": [f"{place.uuid}" for place in places],
                "title": item.title,
                "text": item.text,
                "easy_text": item.easy_text,
                "readers": Readership.of(item).value,
                "important": item.important,
                "shown_from": item.shown_from,
                "shown_until": item.shown_until,
            },
        )

    def clean_audience(self):
        chosen = [self.places[key] for key in self.cleaned_data["audience"]]
        homes = {home for home, _department in chosen}
        if len(homes) > 1 or ((None in {place for _h, place in chosen}) and chosen[1:]):
            raise forms.ValidationError(
                _("Choose either the whole home or some of its departments.")
            )
        return self.cleaned_data["audience"]

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("shown_from"), cleaned.get("shown_until")
        if ends and ends <= max(starts or clock.now(), clock.now()):
            self.add_error("shown_until", _("That time is over before it is shown."))
        return cleaned

    def answers(self):
        answers = super().answers()
        places = [self.places[key] for key in answers.pop("audience")]
        reached = Readership(answers.pop("readers")).reached
        (home, first), *_others = places
        return {
            **answers,
            **reached,
            "home": home,
            "departments": [place for _h, place in places] if first else None,
        }


class NewsCorrectionForm(CorrectingForm, NewsForm):
    """The same news again, as it should have been.

    Its readers must not lose what they have before them, so it is shown at once; what
    is not shown yet is shown when the first one was to be.
    """

    def __init__(self, *args, corrects, **kwargs):
        super().__init__(*args, corrects=corrects, **kwargs)
        if not corrects.is_ahead:
            del self.fields["shown_from"]


class ReturnForm(PlainForm):
    """What should be otherwise before it is published."""

    reason = forms.CharField(
        label=_("What should be changed?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Its author reads this. The draft stays as it is."),
    )


class AttachmentForm(PlainForm):
    file = forms.FileField(
        label=_("A PDF or a picture"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*,.heic"}),
        help_text=_("At most 10 MB. Everybody who reads the news can open it."),
        error_messages={
            "empty": _("The file is empty. Choose another."),
            "required": _("Choose a file first."),
        },
    )
    name = forms.CharField(
        label=_("What is it?"),
        max_length=120,
        required=False,
        help_text=_("A few words. Of a picture: what it shows."),
    )
