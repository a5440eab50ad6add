"""How every form in the portal looks and behaves."""

from django import forms
from django.core import signing
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from portal import drafts
from portal.plain import PlainForm

CLASSES = (
    (forms.CheckboxInput, "form-checkbox"),
    (forms.CheckboxSelectMultiple, "form-checkbox"),
    (forms.RadioSelect, "form-radio"),
    (forms.Select, "form-select"),
    (forms.Textarea, "form-input"),
    (forms.widgets.Input, "form-input"),
)


class DesignedField(BoundField):
    """A field in Det Fælles Designsystem's clothes."""

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        for kind, name in CLASSES:
            # Chips are drawn by us: the design system would draw a circle over the words.
            if isinstance(widget, kind) and not isinstance(widget, Chips | ManyChips):
                own = widget.attrs.get("class", "")
                attrs["class"] = f"{own} {name}".strip()
                break
        return attrs

    @property
    def is_group(self):
        return isinstance(
            self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple
        )

    @property
    def is_chips(self):
        return isinstance(self.field.widget, Chips | ManyChips)

    @property
    def is_checkbox(self):
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_optional(self):
        """May be left empty; not so what is only asked after certain answers.

        Of chips one is always pressed, or none yet: "optional" would puzzle.
        """
        depending = getattr(self.form, "depending", ())
        return not (self.field.required or self.is_chips or self.name in depending)

    @property
    def first_id(self):
        """Where the error summary leads: the first choice of a group."""
        return f"{self.auto_id}_0" if self.is_group else self.id_for_label


class Renderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = DesignedField


class Chips(forms.RadioSelect):
    """A few choices as large buttons: one tap each, and radio buttons all the same."""


class ManyChips(forms.CheckboxSelectMultiple):
    """The same, when several may be pressed: checkboxes all the same."""


class DateField(forms.DateField):
    """A day, from the browser's own calendar or written as Danes write it.

    Years beyond 1900-2100 are slips of the finger and would break date arithmetic.
    """

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        )
        super().__init__(**kwargs)

    def to_python(self, value):
        day = super().to_python(value)
        if day is not None and not 1900 <= day.year <= 2100:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class KeptForm(PlainForm):
    """A form that people write in: it keeps what they write, and saves it once.

    Its hidden slip (portal.drafts) gives the new row its uuid, so that pressing the
    button twice makes one row. What was kept as a draft is filled in again.
    """

    # What in the query string makes it another form, with a draft of its own.
    kept_apart_by: tuple[str, ...] = ()

    slip = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, by, path, kept=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.path = by, path
        self.draft = None if self.is_bound or kept else drafts.of(by, path)
        if self.draft:
            kept = self.draft.fields
        self._kept = kept
        self._fill_in_again()
        self.initial["slip"] = drafts.new_slip(by)
        # A form from a GET has no number until it is sent.
        self.number = None

    @classmethod
    def of(cls, request, **kwargs):
        """The form of this page, with what was sent or what was kept.

        A button called "reload" draws it again as it stands and finds no faults: for an
        answer on which the choices below depend.
        """
        kwargs |= {"by": request.user, "path": cls._path(request)}
        if request.method != "POST":
            return cls(**kwargs)
        if "reload" in request.POST:
            return cls(kept=dict(request.POST.lists()), **kwargs)
        if request.FILES:
            kwargs["files"] = request.FILES
        return cls(request.POST, **kwargs)

    @classmethod
    def _path(cls, request):
        asked = {
            name: request.GET[name] for name in cls.kept_apart_by if name in request.GET
        }
        return f"{request.path}?{urlencode(asked)}" if asked else request.path

    def forget(self):
        """It is saved: the draft goes, and whatever autosave still has on the way."""
        drafts.forget(self.by, self.path, self.number)

    def _fill_in_again(self):
        """For forms that add fields of their own after they have been made."""
        if self._kept:
            self._fill_in(self._kept)

    def _fill_in(self, kept):
        data = QueryDict(mutable=True)
        for name, values in kept.items():
            data.setlist(name, values)
        for name, field in self.fields.items():
            key = self.add_prefix(name)
            # A box without its tick is not in what was sent, and was taken off all the same.
            if name != "slip" and not field.widget.value_omitted_from_data(
                data, {}, key
            ):
                self.initial[name] = field.widget.value_from_datadict(data, {}, key)

    def clean_slip(self):
        try:
            author, self.number = drafts.read_slip(self.cleaned_data["slip"])
        except (signing.BadSignature, ValueError, TypeError):
            author = None
        if author != self.by.pk:
            self.renew_slip()
            raise forms.ValidationError(
                _("The page had been open for too long. Look it over and save again."),
                code="slip",
            )
        return self.cleaned_data["slip"]

    def renew_slip(self):
        """Drawn again it is a form of its own; what was written stays in it."""
        self.data = self.data.copy()
        self.data[self.add_prefix("slip")] = drafts.new_slip(self.by)

    def answers(self):
        """What was filled in, without the slip: for an action's keywords."""
        return {name: v for name, v in self.cleaned_data.items() if name != "slip"}
