from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.audience import Audience
from knowledge.models import Article, Subject
from knowledge.models.articles import in_a_year
from portal import clock
from portal.forms import DateField, KeptForm
from portal.plain import PlainForm

HOW = _(
    "An empty line parts paragraphs. A line that begins with ## is a heading, and lines "
    "that begin with - are a list."
)


def _many(rows):
    return forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})


class ArticleForm(KeptForm):
    title = forms.CharField(label=_("Headline"), max_length=120)
    summary = forms.CharField(
        label=_("In short"),
        max_length=300,
        widget=_many(2),
        help_text=_("One or two sentences. They stand in the list and on top."),
    )
    text = forms.CharField(
        label=_("Text"), max_length=20_000, widget=_many(18), help_text=HOW
    )
    easy = forms.CharField(
        label=_("Easy to read"),
        max_length=10_000,
        required=False,
        widget=_many(10),
        help_text=_(
            "The same in short sentences and everyday words. Residents see it."
        ),
    )
    subject = forms.ChoiceField(label=_("Where it stands"), choices=Subject)
    audience = forms.ChoiceField(
        label=_("Who is it for?"), choices=Audience, widget=forms.RadioSelect
    )
    source = forms.CharField(
        label=_("The law behind it"),
        max_length=300,
        required=False,
        help_text=_("Law and paragraph, so that the next one can check it."),
    )
    check_on = DateField(
        label=_("To be looked through again by"),
        help_text=_("Then it stands on your start page."),
        initial=in_a_year,
    )

    @classmethod
    def filled_with(cls, request, article, **kwargs):
        """For a new version the next look is a year away again."""
        names = [name for name in cls.base_fields if name not in ("slip", "check_on")]
        initial = {name: getattr(article, name) for name in names}
        if article.published_at is None:
            initial["check_on"] = article.check_on
        return cls.of(request, initial=initial, **kwargs)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("audience", Audience.EVERYBODY)

    def clean_check_on(self):
        day = self.cleaned_data["check_on"]
        if day <= clock.today():
            raise forms.ValidationError(_("Choose a day that has not come yet."))
        return day


class RecallForm(PlainForm):
    """Why a text is taken back."""

    reason = forms.CharField(
        label=_("Why is it taken back?"),
        max_length=Article._meta.get_field("recall_reason").max_length,
        help_text=_("Only the centre manager sees this."),
    )
