from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from news import policy
from news.models import NewsItem
from news.rows import day
from portal.forms import KeptForm

# As far back as one looks for what to tell once more.
CHOICES = 30


class NewsletterForm(KeptForm):
    title = forms.CharField(label=_("Headline"), max_length=120)
    introduction = forms.CharField(
        label=_("Introduction"),
        max_length=3_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        help_text=_("Everybody who gets the letter reads this. Name no residents."),
    )
    news = forms.MultipleChoiceField(
        label=_("Which news?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each reader gets only what is for them."),
    )
    to_staff = forms.BooleanField(label=_("Send it to the staff too"), required=False)

    def __init__(self, *args, letter=None, **kwargs):
        self.letter = letter
        super().__init__(*args, **kwargs)
        self.fields["news"].choices = [
            (key, f"{item.title} ({day(item.shown_from)})")
            for key, item in self.items.items()
        ]

    @cached_property
    def items(self):
        """What may be sent: news that this manager may publish, and what stands in it."""
        shown = NewsItem.objects.visible_to(self.by).current()
        shown = shown.select_related("home").prefetch_related("departments")
        found = list(shown[:CHOICES])
        if self.letter:
            known = {item.pk for item in found}
            stands = shown.filter(address__in=self.letter.chosen.values("address"))
            found += [item for item in stands if item.pk not in known]
        return {
            f"{item.address}": item
            for item in found
            if policy.can_publish_news(self.by, item)
            and (not self.letter or item.home_id == self.letter.home_id)
        }

    def clean_news(self):
        chosen = [self.items[key] for key in self.cleaned_data["news"]]
        if len({item.home_id for item in chosen}) > 1:
            raise forms.ValidationError(_("A letter holds the news of one home."))
        return chosen

    @classmethod
    def filled_with(cls, request, letter):
        return cls.of(
            request,
            letter=letter,
            initial={
                "title": letter.title,
                "introduction": letter.introduction,
                "news": [f"{one.address}" for one in letter.chosen.all()],
                "to_staff": letter.to_staff,
            },
        )

    def answers(self):
        answers = super().answers()
        items = answers.pop("news")
        return {**answers, "items": items, "home": items[0].home}
