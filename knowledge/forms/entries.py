from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import KeptForm
from portal.house_forms import PhoneField


def _lines(rows):
    return forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})


class _EntryForm(KeptForm):
    """Of a home's own version. `others` are the names that are taken already."""

    named_by: str
    taken = _("It stands in the list already.")

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = {other.casefold() for other in others}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get(self.named_by, "").casefold() in self.others:
            self.add_error(self.named_by, self.taken)
        return cleaned


class WordForm(_EntryForm):
    named_by = "term"

    term = forms.CharField(label=_("Word"), max_length=60)
    meaning = forms.CharField(
        label=_("What it means"),
        max_length=400,
        widget=_lines(3),
        help_text=_("As you would say it to somebody who hears it for the first time."),
    )


class AssociationForm(_EntryForm):
    named_by = "name"

    name = forms.CharField(label=_("Name"), max_length=100)
    about = forms.CharField(
        label=_("What they help with"), max_length=400, widget=_lines(3)
    )
    url = forms.URLField(
        label=_("Web address"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("For example: www.example.dk"),
    )
    phone = PhoneField(label=_("Telephone"), required=False)

    def clean_url(self):
        url = self.cleaned_data["url"]
        if url and not url.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Write an address of a page on the web."))
        return url
