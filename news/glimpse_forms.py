"""Forms in which a glimpse of everyday life is written down, with photographs."""

from django import forms
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news import audience
from news.forms import EntryForm
from news.photo_forms import PhotoFields
from portal.forms import ManyChips
from residents.topics import Topic


class GlimpseForm(EntryForm, PhotoFields):
    """What staff write: about one resident, or about several at once."""

    others = forms.MultipleChoiceField(
        label=_("Who else is it about?"), widget=ManyChips, required=False
    )
    pictured = forms.MultipleChoiceField(
        label=_("Who can be recognised in the photos?"),
        widget=ManyChips,
        required=False,
    )
    kept_apart_by = ("several",)

    def __init__(self, *args, neighbours=(), **kwargs):
        super().__init__(*args, **kwargs)
        by_uuid = {str(one.uuid): one for one in neighbours}
        self.fields["others"].choices = [
            (uuid, str(one)) for uuid, one in by_uuid.items()
        ]
        chosen = (
            self.data.getlist("others")
            if self.is_bound
            else self.initial.get("others", ())
        )
        self.together = [one for uuid, one in by_uuid.items() if uuid in chosen]
        for one in self.together:
            self.fields[self._field(one)] = forms.CharField(
                label=_("What happened, told about %(name)s")
                % {"name": one.short_name},
                max_length=5_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
                help_text=_("Leave it empty if the text above names nobody."),
            )
        self._ask_who_is_pictured()
        if not by_uuid:
            del self.fields["others"]
        self._fill_in_again()

    def _ask_who_is_pictured(self):
        if not self.together:
            del self.fields["pictured"]
            return
        everybody = [
            (str(one.uuid), one.short_name) for one in (self.resident, *self.together)
        ]
        self.fields["pictured"].choices = everybody
        self.initial.setdefault("pictured", [uuid for uuid, _name in everybody])

    @staticmethod
    def _field(one):
        return f"text_{one.uuid}"

    @property
    def own_texts(self):
        return [self[self._field(one)] for one in self.together]

    @property
    def photo_audiences(self):
        """Of each whom it is about: who would see photographs with all of them in it."""
        everybody = [self.resident, *self.together]
        return [
            audience.of_photos(one, also=[two for two in everybody if two != one])
            for one in everybody
        ]

    def others_in(self, written, *, about):
        """Named in any of the texts. Whom it is about as well is not asked but refused."""
        everybody = [self.resident, *self.together]
        return [
            other for other in self._named_about(*everybody) if other not in everybody
        ]

    def _named_about(self, *several):
        """Everybody who is named in what is told about one of these."""
        named = {}
        for one in several:
            for _field, text in self._told_about(one):
                named |= dict.fromkeys(super().others_in(text, about=one))
        return list(named)

    def _told_about(self, one):
        """What the relatives of one read: pairs of a field and its text."""
        title = self.cleaned_data.get("title", "")
        field = self._field(one) if one in self.together else "text"
        yield field, f"{title}\n{self._text_about(one, self.cleaned_data)}"
        alt = self.cleaned_data.get("alt")
        chosen = self.cleaned_data.get("pictured")
        if alt and (not chosen or str(one.uuid) in chosen):
            yield "alt", alt

    def clean(self):
        cleaned = super().clean()
        everybody = [self.resident, *self.together]
        # All are looked at first: a text that has a fault is no longer there to look at.
        named = [
            (one, field, [two for two in found if two in everybody])
            for one in everybody
            for field, text in self._told_about(one)
            if (found := super(GlimpseForm, self).others_in(text, about=one))
        ]
        for one, field, others in named:
            if others:
                self._refuse(one, field, others)
        # Sent without having been asked, everybody is in them.
        was_asked = self.together and "pictured-asked" in self.data
        if was_asked and cleaned.get("photos") and not cleaned.get("pictured"):
            self.add_error("pictured", gettext("Say who is in the photos."))
        return cleaned

    def _refuse(self, one, field, others):
        """What the relatives of one read names none of the others whom it is about."""
        self.add_error(
            field,
            gettext(
                "The relatives of %(name)s would read of %(others)s. Write it "
                "without the name, or give each a text of their own."
            )
            % {
                "name": one.short_name,
                "others": get_text_list(
                    [other.short_name for other in others], gettext("and")
                ),
            },
        )

    def _text_about(self, one, cleaned):
        own = cleaned.get(self._field(one)) if one in self.together else ""
        return own or cleaned.get("text", "")

    def answers(self):
        answers = super().answers()
        chosen = answers.pop("pictured", [])
        answers.pop("others", None)
        everybody = [self.resident, *self.together]
        answers["texts"] = {
            one: self._text_about(one, self.cleaned_data) for one in everybody
        }
        for name in ("text", *(self._field(one) for one in self.together)):
            answers.pop(name)
        answers["pictured"] = [one for one in everybody if str(one.uuid) in chosen]
        answers["pictured"] = answers["pictured"] or None
        return answers


class OwnGlimpseForm(EntryForm, PhotoFields):
    """What a relative or the resident writes. It asks about no names: a question about
    a name would tell who else lives here."""

    field_order = ("text", "photos", "alt", "happened_on", "topic")

    def __init__(self, *args, topics, is_oneself, **kwargs):
        super().__init__(*args, seers={}, **kwargs)
        for name in ("title", "names_others", "is_good"):
            del self.fields[name]
        if Topic.PHOTOS not in topics:
            del self.fields["photos"], self.fields["alt"]
        choices = [
            (topic.value, capfirst(topic.label))
            for topic in Topic
            if topic in topics and topic != Topic.PHOTOS
        ]
        self.fields["topic"].label = _("What is it about?")
        self.fields["topic"].choices = choices
        if Topic.DAILY not in topics:
            self.initial["topic"] = next((topic for topic, _label in choices), None)
        if is_oneself:
            del self.fields["topic"]
            self.fields["photos"].help_text = _("You can choose 10.")
            self.fields["alt"].help_text = _("You can write it or leave it.")

    def others_in(self, written, *, about):
        return []

    def answers(self):
        answers = super().answers()
        answers.pop("names_others", None)
        text = answers.pop("text")
        return (
            {"topic": Topic.DAILY, "title": ""}
            | answers
            | {"texts": {self.resident: text}}
        )
