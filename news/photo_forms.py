"""Photographs of a glimpse in forms, and what is said of them."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from news import photos
from news.forms import AsksAboutNames, names_field
from portal.forms import KeptForm
from portal.picture_forms import PicturesField
from portal.plain import PlainForm
from residents import mentions


class PhotoFields(PlainForm):
    """Photographs, and words for those who cannot see them."""

    photos = PicturesField(
        most=photos.MOST,
        label=_("Photos"),
        help_text=_(
            "Up to 10, from the gallery or the camera. The place and the camera are "
            "removed from them."
        ),
    )
    alt = forms.CharField(
        label=_("What can be seen in the photos?"),
        max_length=200,
        required=False,
        help_text=_(
            "One sentence, for those who have it read aloud. For example: Bo stands in "
            "the kitchen and holds up a tray of buns. If there are several photos, you "
            "can describe each when they are saved."
        ),
    )


class PhotoWordsForm(AsksAboutNames, KeptForm):
    """What can be seen in each photograph, told beside it.

    Staff are asked about names of others; of those who write about themselves or their
    own nobody asks, for the question would tell who else lives here.
    """

    names_others = names_field()

    def __init__(self, *args, resident, shown, asks, **kwargs):
        self.resident, self.shown, self.asks = resident, shown, asks
        super().__init__(*args, **kwargs)
        for number, one in enumerate(shown, start=1):
            said = one.photo.alt
            self.fields[self._name(one)] = forms.CharField(
                label=_("What can be seen in photo %(number)d?") % {"number": number},
                max_length=200,
                required=False,
                initial="" if said == one.photo.UNSAID else said,
            )
        if self.data.get(self.add_prefix("names_others")):
            self.ask_about_names()
        self._fill_in_again()

    @staticmethod
    def _name(one):
        return f"words-{one.photo.uuid}"

    @property
    def pairs(self):
        return [(one, self[self._name(one)]) for one in self.shown]

    def words(self):
        """Each photo's uuid to what was written beside it."""
        return {
            one.photo.uuid: self.cleaned_data.get(self._name(one), "")
            for one in self.shown
        }

    def clean(self):
        cleaned = super().clean()
        said = "\n".join(filter(None, self.words().values()))
        home = self.resident.department.home
        named = (
            mentions.named_in(said, home, about=self.resident)
            if said and self.asks
            else []
        )
        self.is_answered(cleaned, named)
        return cleaned


class PhotosForm(AsksAboutNames, KeptForm, PhotoFields):
    """More photographs for a glimpse that stands there already."""

    names_others = names_field()

    def __init__(self, *args, resident, left, **kwargs):
        super().__init__(*args, **kwargs)
        self.resident = resident
        if self.data.get(self.add_prefix("names_others")):
            self.ask_about_names()
        field = self.fields["photos"]
        field.most, field.required = left, True
        field.help_text = self.room_for(left)

    @staticmethod
    def room_for(left):
        return ngettext(
            "There is room for %(count)s more.",
            "There is room for %(count)s more.",
            left,
        ) % {"count": left}

    def clean(self):
        cleaned = super().clean()
        home = self.resident.department.home
        said = cleaned.get("alt", "")
        self.is_answered(
            cleaned, mentions.named_in(said, home, about=self.resident) if said else []
        )
        return cleaned

    def answers(self):
        answers = super().answers()
        answers.pop("names_others")
        return answers
