from django import forms
from django.utils.translation import gettext_lazy as _

from portal import viruses
from portal.plain import PlainForm
from relatives.register.reading import MOST_BYTES

MOST_FILES = 10
MOST_BYTES_TOGETHER = 2 * MOST_BYTES


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several at once, as a list."""

    widget = FilesInput(attrs={"accept": ".csv,.txt,.xlsx"})

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) and data else [data or None]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("Choose at most %(most)s files at a time.") % {"most": MOST_FILES}
            )
        files = [super(FilesField, self).clean(file, initial) for file in files]
        for file in files:
            if file.size > MOST_BYTES:
                raise forms.ValidationError(
                    _("%(file)s is larger than 10 MB. Divide it into several.")
                    % {"file": file.name}
                )
        if sum(file.size for file in files) > MOST_BYTES_TOGETHER:
            raise forms.ValidationError(
                _("The files are larger than 20 MB together. Bring them in in turn.")
            )
        for file in files:
            viruses.refuse(file)
        return files


class UploadForm(PlainForm):
    """The files of one register. Not a kept form: a browser gives no file twice."""

    home = forms.ModelChoiceField(queryset=None, label=_("Home"), to_field_name="uuid")
    files = FilesField(
        label=_("Files from the care system"),
        help_text=_(
            "CSV or XLSX. Choose all the lists at once: departments, employees, residents "
            "and relatives. Nothing is written before you have seen what will happen."
        ),
        # Empty files are told about with the rest of what is wrong.
        allow_empty_file=True,
        error_messages={"required": _("Choose at least one file.")},
    )

    def __init__(self, *args, homes, **kwargs):
        super().__init__(*args, **kwargs)
        self.homes = homes
        if len(homes) == 1:
            del self.fields["home"]
        else:
            model = type(homes[0])
            self.fields["home"].queryset = model.objects.filter(
                pk__in=[home.pk for home in homes]
            )

    def home_chosen(self):
        return self.cleaned_data.get("home") or self.homes[0]

    def contents(self):
        return [(file.name, file.read()) for file in self.cleaned_data["files"]]
