from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import KeptForm
from portal.house_forms import PhoneField
from portal.picture_forms import PictureField


class PresentForm(KeptForm):
    phone = PhoneField(label=_("Telephone"), required=False)
    hours = forms.CharField(
        label=_("When you answer the telephone"),
        max_length=200,
        required=False,
        help_text=_("For example: weekdays 8-9, and Wednesdays 15-17."),
    )
    words = forms.CharField(
        label=_("What one can ask you about"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    picture = PictureField(
        label=_("Your picture"),
        help_text=_("Everybody who belongs to the home sees it. Look into the camera."),
    )
    without_picture = forms.BooleanField(
        label=_("Show no picture of me"), required=False
    )

    def __init__(self, *args, has_picture=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_picture:
            del self.fields["without_picture"]


class GuideForm(KeptForm):
    authority = forms.CharField(
        label=_("Who decides on the place"),
        max_length=100,
        help_text=_("For example: the municipality and the name of its office."),
    )
    phone = PhoneField(label=_("Telephone"), required=False)
    hours = forms.CharField(
        label=_("When the telephone is answered"), max_length=200, required=False
    )
    url = forms.URLField(
        label=_("Web address"), max_length=200, required=False, assume_scheme="https"
    )
    complaints = forms.CharField(
        label=_("How one complains"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("Besides what stands in the article on complaints."),
    )
