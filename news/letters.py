"""One reader's letter of a newsletter: what that reader may read at this instant.

Who may read the same has the same letter but for the name, so the news are drawn once
for all of them and not five thousand times. Published news never change (a correction is
a row of its own), so their numbers say what was drawn.
"""

from collections import OrderedDict

from django.template.loader import render_to_string
from django.utils.translation import get_language

from news.models import NewsItem

# As many different letters as are kept at once: a home has few kinds of readers.
MOST = 50
_drawn: OrderedDict = OrderedDict()


def items_for(letter, user):
    """What this person reads in it now, in its order."""
    chosen = list(letter.chosen.values_list("address", flat=True))
    items = NewsItem.objects.readable_by(user).current().filter(address__in=chosen)
    places = {address: place for place, address in enumerate(chosen)}
    return sorted(items, key=lambda item: places[item.address])


def drawn(letter, items):
    """The news of a letter, as (plain text, HTML)."""
    key = (letter.pk, letter.edited_at, get_language(), *(item.pk for item in items))
    if key not in _drawn:
        facts = {"letter": letter, "items": items}
        _drawn[key] = (
            render_to_string("mail/_newsletter.txt", facts).strip(),
            render_to_string("mail/_newsletter.html", facts),
        )
        while len(_drawn) > MOST:
            _drawn.popitem(last=False)
    return _drawn[key]
