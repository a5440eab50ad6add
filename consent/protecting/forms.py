"""What to look up in the logs, and why."""

import datetime as dt

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock
from portal.forms import KeptForm
from residents import lookups
from residents.models import AccessEvent, Lookup
from residents.topics import Topic

A_WEEK = dt.timedelta(days=7)
FORMAT = "%Y-%m-%dT%H:%M"
ANY = [("", gettext_lazy("All"))]


class When(forms.DateTimeField):
    """A day and an hour, as a browser or a Dane writes them."""

    def __init__(self, **kwargs):
        kwargs["widget"] = forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format=FORMAT
        )
        super().__init__(
            input_formats=[
                FORMAT,
                "%Y-%m-%d %H:%M",
                "%d.%m.%Y %H:%M",
                "%d-%m-%Y %H:%M",
            ],
            **kwargs,
        )

    def to_python(self, value):
        at = super().to_python(value)
        if at is not None and not 2000 <= at.year <= 2100:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return at


class LookupForm(KeptForm):
    """One question to the logs. `kind` decides which fields it has."""

    depending = ("which",)

    name = forms.CharField(
        label=gettext_lazy("The resident's name"),
        help_text=gettext_lazy("The whole name or some of it."),
        max_length=100,
        error_messages={"required": gettext_lazy("Write the name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    which = forms.CharField(
        label=gettext_lazy("Which of them?"), required=False, widget=forms.RadioSelect
    )
    from_at = When(
        label=gettext_lazy("From"),
        error_messages={"required": gettext_lazy("Write day and time.")},
    )
    until_at = When(
        label=gettext_lazy("Until"),
        error_messages={"required": gettext_lazy("Write day and time.")},
    )
    topic = forms.ChoiceField(
        label=gettext_lazy("Topic"), choices=ANY + Topic.choices, required=False
    )
    way = forms.ChoiceField(
        label=gettext_lazy("In which way"),
        choices=ANY + AccessEvent.Way.choices,
        required=False,
    )
    why = forms.CharField(
        label=gettext_lazy("Why do you look it up?"),
        help_text=gettext_lazy("It is kept. Write no names and nothing about health."),
        max_length=300,
        error_messages={"required": gettext_lazy("Write why you look it up.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, kind, home, **kwargs):
        self.kind, self.home = Lookup.Kind(kind), home
        super().__init__(*args, **kwargs)
        if self.kind == Lookup.Kind.LOOKED:
            self.fields["name"].label = _("The name of the employee or relative")
        if self.kind == Lookup.Kind.COULD:
            self.fields["from_at"].label = _("At what time?")
            del self.fields["until_at"], self.fields["way"]
        self.fields["from_at"].initial = clock.now() - A_WEEK
        if "until_at" in self.fields:
            self.fields["until_at"].initial = clock.now()
        # Only asked when a name is that of several.
        self.offered = self._called(self.data.get("which") and self.data.get("name"))
        self._offer(self.offered if self.data.get("which") else {})

    def _called(self, words):
        if not words:
            return {}
        ask = (
            lookups.people_called
            if self.kind == Lookup.Kind.LOOKED
            else lookups.residents_called
        )
        return ask(self.home, words.replace("\x00", ""))

    def _offer(self, found):
        self.fields["which"].choices = list(found.items())
        if not found:
            self.fields["which"].widget = forms.HiddenInput()
        else:
            self.fields["which"].widget = forms.RadioSelect(choices=list(found.items()))

    def clean(self):
        said = super().clean()
        if "name" in said:
            self.whom = self._chosen(said)
        begins, ends = said.get("from_at"), said.get("until_at")
        if begins and ends and ends <= begins:
            self.add_error("until_at", _("It ends before it begins."))
        return said

    def _chosen(self, said):
        found = self._called(said["name"])
        which = said.get("which") or ""
        if which.isdecimal() and int(which) in found:
            return int(which)
        if len(found) == 1:
            return next(iter(found))
        if not found:
            self.add_error("name", _("Nobody is called that. Write another name."))
            return None
        if self.kind != Lookup.Kind.LOOKED:
            lookups.about(self.by, found)
        self._offer(found)
        self.add_error("which", _("Several are called that. Choose one."))
        return None

    def asked(self):
        """For residents.lookups.look()."""
        said = self.cleaned_data
        whom = "person_id" if self.kind == Lookup.Kind.LOOKED else "resident_id"
        return {
            whom: self.whom,
            "from_at": said["from_at"],
            "until_at": said.get("until_at") or said["from_at"],
            "way": said.get("way", ""),
            "topic": said["topic"],
            "why": said["why"],
        }
