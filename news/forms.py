from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news.models import DiaryEntry
from portal import clock
from portal.forms import DateField, KeptForm
from portal.plain import PlainForm
from residents import mentions
from residents.topics import Topic

Kind = DiaryEntry.Kind

CORRECTED_MEANWHILE = _(
    "Somebody else has corrected it in the meantime. Their version is shown above. Your "
    "text is here still: save once more if it is to stand."
)


class CorrectingForm(KeptForm):
    """Corrects the version that was on the screen, and no later one unseen."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    is_late = False

    def __init__(self, *args, corrects, **kwargs):
        super().__init__(*args, **kwargs)
        self.corrects = corrects
        self.initial.setdefault("version", str(corrects.uuid))

    def clean(self):
        cleaned = super().clean()
        latest = str(self.corrects.uuid)
        # Pressed twice, the latest version is the one that this form has made.
        if cleaned.pop("version", None) != latest and self.corrects.uuid != self.number:
            self.is_late = True
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = latest
            self.add_error(None, CORRECTED_MEANWHILE)
        return cleaned


class AsksAboutNames:
    """A form with `names_others`: names of other residents are asked about once."""

    def is_answered(self, cleaned, named):
        """Note whether the author says that these names may stay."""
        self.named = named
        cleaned["names_others"] = bool(cleaned.get("names_others") and named)
        if not named or cleaned["names_others"]:
            return
        self.ask_about_names()
        names = ", ".join(mentions.shown_to(self.by, named))
        self.add_error(
            "names_others",
            gettext(
                "The text seems to name another resident: %(names)s. Take the name "
                "out, or tick that it may stay."
            )
            % {"names": names},
        )

    def ask_about_names(self):
        self.fields["names_others"].widget = forms.CheckboxInput()


def names_field():
    return forms.BooleanField(
        label=_("I have looked at it. The text may stay as it is."),
        required=False,
        widget=forms.HiddenInput,
    )


class EntryForm(AsksAboutNames, KeptForm):
    """A glimpse of one resident's life. Each topic says who will see it."""

    text = forms.CharField(
        label=_("What happened?"),
        max_length=5_000,
        widget=forms.Textarea(
            attrs={"rows": 5, "autocomplete": "off", "autofocus": True}
        ),
    )
    title = forms.CharField(label=_("Headline"), max_length=120, required=False)
    happened_on = DateField(label=_("When did it happen?"))
    topic = forms.ChoiceField(
        label=_("What is it about, and who will see it?"), widget=forms.RadioSelect
    )
    is_good = forms.BooleanField(
        label=_("This is a good moment"),
        required=False,
        help_text=_("It gets a mark of its own, so that good days are easy to find."),
    )
    names_others = names_field()

    def __init__(self, *args, resident, seers, **kwargs):
        super().__init__(*args, **kwargs)
        self.resident = resident
        self.named = []
        self.fields["topic"].choices = [
            (topic.value, self._label(topic, seers.get(topic.value)))
            # Photos come with pictures, and with a consent of their own.
            for topic in Topic
            if topic != Topic.PHOTOS
        ]
        self.initial.setdefault("topic", Topic.DAILY.value)
        self.initial.setdefault("happened_on", clock.today())
        if self.data.get(self.add_prefix("names_others")):
            self.ask_about_names()

    @staticmethod
    def _label(topic, names):
        topic = str(topic.label)
        topic = topic[:1].upper() + topic[1:]
        if names:
            return gettext("%(topic)s: can be seen by %(people)s") % {
                "topic": topic,
                "people": ", ".join(names),
            }
        return gettext("%(topic)s: no relatives can see it") % {"topic": topic}

    def clean_happened_on(self):
        day = self.cleaned_data["happened_on"]
        if day > clock.today():
            raise forms.ValidationError(_("The day has not come yet."))
        return day

    def clean(self):
        cleaned = super().clean()
        written = f"{cleaned.get('title', '')}\n{cleaned.get('text', '')}"
        self.is_answered(cleaned, self.others_in(written, about=self.resident))
        return cleaned

    def others_in(self, written, *, about):
        """Other residents whom a text about one of them seems to name."""
        home = self.resident.department.home
        return mentions.named_in(written, home, about=about)

    def answers(self):
        answers = super().answers()
        is_good = answers.pop("is_good", False)
        return answers | {"kind": Kind.GOOD if is_good else Kind.ORDINARY}

    @classmethod
    def filled_with(cls, request, entry, **kwargs):
        return cls.of(
            request,
            initial={
                "text": entry.text,
                "title": entry.title,
                "happened_on": entry.happened_on,
                "topic": entry.topic,
                "is_good": entry.is_good_moment,
            },
            **kwargs,
        )


class EntryCorrectionForm(CorrectingForm, EntryForm):
    """The same glimpse again, as it should have been."""


class RecallForm(PlainForm):
    """Why something is taken back. Staff see it; readers see nothing any more."""

    reason = forms.CharField(
        label=_("Why is it taken back?"),
        max_length=300,
        help_text=_("Only staff see this."),
    )


class TakeBackForm(PlainForm):
    """A relative or a resident takes back what they wrote, and owes nobody a reason."""

    def clean(self):
        return {"reason": gettext("Taken back by who wrote it, or by the resident.")}
