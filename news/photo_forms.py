"""Photographs of a glimpse in forms, and what is said of them."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from news import mentions, photos
from news.forms import AsksAboutNames, names_field
from portal.forms import KeptForm
from portal.picture_forms import PicturesField
from portal.plain import PlainForm


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
            "the kitchen and holds up a tray of buns."
        ),
    )


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
        field.help_text = ngettext(
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
