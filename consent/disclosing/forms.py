from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consent.models import DutyMet, UnconsentedDisclosure
from portal import clock
from portal.forms import Chips, DateField, KeptForm
from portal.moments import MomentField
from relatives.models import Relation
from residents.topics import HEALTH_TOPICS, Topic

FIELDS = (
    "relation",
    "recipient",
    "topics",
    "what",
    "ground",
    "why",
    "decided_by",
    "profession",
    "happened_at",
)


class DisclosureForm(KeptForm):
    """One telling that no consent covers: to whom, of what, and why it had to be."""

    relation = forms.ModelChoiceField(
        label=_("Who was told?"),
        queryset=Relation.objects.none(),
        to_field_name="uuid",
        empty_label=_("Somebody else, or an authority"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the persons shown.")},
    )
    recipient = forms.CharField(
        label=_("Name of the person or the authority"), max_length=200, required=False
    )
    happened_at = MomentField(
        label=_("When was it told?"),
        error_messages={"required": _("Write when it was told.")},
    )
    topics = forms.MultipleChoiceField(
        label=_("Which topics was it about?"),
        choices=Topic,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one topic.")},
    )
    what = forms.CharField(
        label=_("What was told, in short?"),
        help_text=_("No more than was told. The resident is told of it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Write in short what was told.")},
    )
    ground = forms.ChoiceField(
        label=_("On which ground?"),
        help_text=_(
            "Health rests on the Health Act, all else on the Public Administration Act. "
            "Was it a slip, say so: then tell your manager today, for it may have to be "
            "reported within 72 hours."
        ),
        choices=UnconsentedDisclosure.Ground,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the ground.")},
    )
    why = forms.CharField(
        label=_("Why was it necessary, and why not with consent?"),
        help_text=_("Of a slip: how it came about, and what you do so that it stops."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Write why it was necessary.")},
    )
    decided_by = forms.CharField(
        label=_("Who decided it?"),
        max_length=200,
        error_messages={"required": _("Write who decided it.")},
    )
    profession = forms.CharField(
        label=_("Their profession"),
        help_text=_("About health, the health professional who knows of it decides."),
        max_length=100,
        required=False,
    )

    depending = ("relation", "recipient", "profession")
    # What is known already: of another contact it is another form.
    kept_apart_by = ("contact", "relation")

    def __init__(self, *args, resident, corrects=None, known=None, **kwargs):
        if corrects:
            known = {name: getattr(corrects, name) for name in FIELDS}
            known["relation"] = corrects.relation and corrects.relation.uuid
        kwargs["initial"] = dict(known or {})
        super().__init__(*args, **kwargs)
        self.resident = resident
        theirs = Q(ended_at=None)
        if corrects:
            # Whoever was told then may be a relative no more.
            theirs |= Q(pk=corrects.relation_id)
        self.fields["relation"].queryset = resident.relations.filter(
            theirs
        ).select_related("relative")
        self.initial.setdefault("happened_at", clock.now())
        self.initial.setdefault("decided_by", self.by.name)

    def clean_happened_at(self):
        moment = self.cleaned_data["happened_at"]
        if moment > clock.now():
            raise forms.ValidationError(_("That is in the future. When was it?"))
        if moment.year < 2000:
            raise forms.ValidationError(_("That is too long ago. When was it?"))
        return moment

    def clean(self):
        said = super().clean()
        if not said.get("relation") and not said.get("recipient"):
            self.add_error("recipient", _("Write who was told."))
        if said.get("relation"):
            said["recipient"] = ""
        self._fit(said)
        return said

    def _fit(self, said):
        """About health decides a health professional, on the grounds of that law."""
        topics, ground = said.get("topics"), said.get("ground")
        if not topics or not ground or ground == UnconsentedDisclosure.Ground.MISTAKE:
            return
        health = bool(set(topics) & set(HEALTH_TOPICS))
        if health != (ground in UnconsentedDisclosure.OF_HEALTH):
            self.add_error(
                "ground",
                _("It was about health: choose a ground of the Health Act.")
                if health
                else _("It was not about health: choose one of the other grounds."),
            )
        if health and not said.get("profession"):
            self.add_error(
                "profession", _("Write which health professional decided it.")
            )

    def said(self):
        return {name: self.cleaned_data[name] for name in FIELDS}


class CorrectionForm(DisclosureForm):
    """The same, as it should have been written."""

    correction_reason = forms.CharField(
        label=_("What was wrong?"),
        max_length=500,
        error_messages={"required": _("Write what was wrong.")},
    )

    def said(self):
        return {
            **super().said(),
            "correction_reason": self.cleaned_data["correction_reason"],
        }


class DutyForm(KeptForm):
    """When and how the resident was told; or why the law lets us not tell."""

    kind = forms.ChoiceField(
        label=_("Was the resident told?"),
        choices=DutyMet.Kind,
        widget=Chips,
        initial=DutyMet.Kind.TOLD,
    )
    told_on = DateField(label=_("On which day?"), required=False)
    how = forms.CharField(
        label=_("How, and what did the resident say?"),
        help_text=_("If not told: which law lets us not tell, and why here."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Write how the resident was told.")},
    )

    depending = ("told_on",)

    def __init__(self, *args, disclosure, may_exempt, **kwargs):
        super().__init__(*args, **kwargs)
        self.disclosure = disclosure
        self.may_exempt = may_exempt
        self.initial.setdefault("told_on", clock.today())
        if not may_exempt:
            # One choice is no question.
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["how"].help_text = _(
                "Shall the resident not be told? Only a manager can decide that."
            )

    def clean_kind(self):
        kind = self.cleaned_data["kind"]
        if kind == DutyMet.Kind.EXEMPT and not self.may_exempt:
            raise forms.ValidationError(
                _("A manager decides that the resident is not told."), code="manager"
            )
        return kind

    def clean(self):
        said = super().clean()
        day = said.get("told_on")
        if said.get("kind") == DutyMet.Kind.EXEMPT:
            said["told_on"] = None
        elif "told_on" in said and day is None:
            self.add_error("told_on", _("Write on which day the resident was told."))
        elif day and day > clock.today():
            self.add_error("told_on", _("The day lies ahead."))
        elif day and day < self.disclosure.happened_at.astimezone(clock.DENMARK).date():
            self.add_error("told_on", _("It had not been told to anybody then."))
        return said
