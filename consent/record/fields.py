from django import forms
from django.utils.translation import gettext_lazy as _

from consent.record import scanning
from portal import viruses
from portal.plain import PlainForm


class ScanField(forms.FileField):
    """A signed paper, scanned or photographed: answers a scanning.Scan."""

    widget = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("The signed paper, scanned or photographed"))
        kwargs.setdefault("help_text", _("PDF, JPEG or PNG, at most 10 MB."))
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file:
            return None
        viruses.refuse(file)
        # One byte more than may be: the rest is not worth reading.
        return scanning.read(file.read(scanning.MOST_BYTES + 1))


class ScanForm(PlainForm):
    """The paper of a talk that was recorded before it. No kept form: a browser gives no
    file twice."""

    scan = ScanField()
