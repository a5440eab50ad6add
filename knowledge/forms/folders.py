from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.forms import KeptForm

MOST = 8


class FolderForm(KeptForm):
    """The welcome, and which articles follow it in which order: a choice for each place."""

    welcome = forms.CharField(
        label=_("Welcome"),
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        help_text=_(
            "The first that somebody new reads from you. An empty line parts paragraphs."
        ),
    )

    def __init__(self, *args, articles, chosen=(), **kwargs):
        super().__init__(*args, **kwargs)
        options = [("", gettext("None"))]
        options += [(key, str(article)) for key, article in articles.items()]
        for place in range(MOST):
            self.fields[f"place_{place}"] = forms.ChoiceField(
                label=gettext("Article number %(number)s") % {"number": place + 1},
                choices=options,
                required=False,
                initial=chosen[place] if place < len(chosen) else "",
            )
        self._fill_in_again()

    def answers(self):
        answers = super().answers()
        places = [answers[f"place_{place}"] for place in range(MOST)]
        # Chosen twice it stands in its first place.
        chosen = list(dict.fromkeys(one for one in places if one))
        return {"welcome": answers["welcome"], "articles": chosen}
