"""The readers' letters of a newsletter: of what each may read at this instant.

Who may read the same has the same letter but for the name and the link that says stop, so
it is drawn once for all of them and not five thousand times. Published news never change
(a correction is a row of its own), so their numbers say what was drawn.
"""

from collections import OrderedDict

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language

from news.models import NewsItem
from news.reading_together import read_by_each
from portal import kinds, unsubscribing
from portal.stencils import NAME, STOP, Stencil

KIND = "newsletter"

# As many different letters as are kept at once: a home has few kinds of readers.
MOST = 100
_drawn: OrderedDict = OrderedDict()


def items_for(letter, user):
    """What this person reads in it now, in its order."""
    chosen = list(letter.chosen.values_list("address", flat=True))
    items = NewsItem.objects.readable_by(user).current().filter(address__in=chosen)
    places = {address: place for place, address in enumerate(chosen)}
    return sorted(items, key=lambda item: places[item.address])


def written_to(letter, people):
    """Each one's mail now, by the user's number: facts for portal.mail.

    In as many statements for many as for one. Who reads nothing of it, or wants none, is
    left out.
    """
    items = letter.in_order(letter.items().prefetch_related("departments"))
    newsletter = kinds.all_kinds()[KIND]
    stop_link = unsubscribing.stop_links([KIND])
    written = {}
    for user, theirs, is_guest in read_by_each(people, items):
        if theirs and kinds.wants(user, newsletter):
            written[user.pk] = {
                "stencil": _drawn_for(letter, theirs, user.language, is_guest),
                "stop_link": stop_link(user),
            }
    return written


def _drawn_for(letter, items, language, is_guest):
    """The letter of all who read the same, with marks for what is each one's own."""
    home = letter.home
    key = (
        *(letter.uuid, letter.edited_at, language, is_guest),
        *(home.name, home.phone, home.opening_hours, home.email),
        *(item.pk for item in items),
    )
    if key not in _drawn:
        with translation.override(language):
            _drawn[key] = _draw(letter, items, is_guest)
        while len(_drawn) > MOST:
            _drawn.popitem(last=False)
    return _drawn[key]


def _draw(letter, items, is_guest):
    facts = {"letter": letter, "items": items}
    page = reverse("news:newsletter", args=[letter.uuid])
    words = {
        "person": {"name": NAME, "language": get_language()},
        "home": letter.home,
        "title": letter.title,
        "news": render_to_string("mail/_newsletter.txt", facts).strip(),
        "news_html": render_to_string("mail/_newsletter.html", facts),
        "link": f"{settings.PORTAL_URL}{page}",
        "choices_link": unsubscribing.choices_link(),
        "stop_link": STOP,
        "is_guest": is_guest,
    }
    return Stencil(
        render_to_string("mail/newsletter.txt", words),
        render_to_string("mail/newsletter.html", words),
        home=letter.home,
    )
