from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import HandOut
from portal.forms import Chips, KeptForm


class HandOutForm(KeptForm):
    """How one relative gets the extract."""

    how = forms.ChoiceField(
        label=gettext_lazy("How do they get it?"),
        choices=HandOut.How,
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose how they get it.")},
    )

    def __init__(self, *args, can_log_in, **kwargs):
        super().__init__(*args, **kwargs)
        if not can_log_in:
            field = self.fields["how"]
            field.choices = [
                one for one in HandOut.How.choices if one[0] != HandOut.How.PORTAL
            ]
            field.help_text = _("They cannot log in, so they get it on paper.")


class HandWholeForm(KeptForm):
    """The whole record: to the resident, or to somebody whom a law gives it."""

    depending = ("name", "law")

    to = forms.ChoiceField(
        label=gettext_lazy("Who gets it?"),
        choices=[
            (HandOut.Kind.RESIDENT, gettext_lazy("The resident")),
            (HandOut.Kind.OTHER, gettext_lazy("Somebody else, by law")),
        ],
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose who gets it.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Who, and from where?"),
        help_text=gettext_lazy("Only if somebody else gets it."),
        max_length=100,
        required=False,
    )
    law = forms.CharField(
        label=gettext_lazy("On which law?"),
        help_text=gettext_lazy("Only if somebody else gets it."),
        max_length=200,
        required=False,
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How do they get it?"),
        choices=HandOut.How,
        widget=Chips,
        error_messages={"required": gettext_lazy("Choose how they get it.")},
    )

    def clean(self):
        answers = super().clean()
        if answers.get("to") == HandOut.Kind.OTHER:
            if not answers.get("name"):
                self.add_error("name", _("Write who gets it."))
            if not answers.get("law"):
                self.add_error("law", _("Write the law and the paragraph."))
            if answers.get("how") == HandOut.How.PORTAL:
                self.add_error("how", _("Others get it on paper, not in the portal."))
        return answers


class CloseForm(KeptForm):
    """Why a relative may no longer open what was handed out in the portal."""

    why = forms.CharField(
        label=gettext_lazy("Why is it closed?"),
        help_text=gettext_lazy("Managers can read it. The relative cannot."),
        max_length=300,
        error_messages={"required": gettext_lazy("Write why.")},
    )
