"""What this app tells. Whether it is still for its reader is asked when the mail leaves."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from news import letters, newsletters
from news.models import DiaryEntry, NewsItem, Newsletter
from portal import kinds, mail, unsubscribing
from portal.kinds import Kind
from portal.mail_times import When
from portal.models import Notice


def _news_still(user, notices):
    seen = NewsItem.objects.visible_to(user).current()
    return _in_sight(seen, notices)


def _entries_still(user, notices):
    """Only what the resident shares with the reader at this instant."""
    seen = DiaryEntry.objects.visible_to(user).current()
    return _in_sight(seen, notices)


def _in_sight(rows, notices):
    addresses = {one.facts["address"] for one in notices}
    seen = set(
        map(str, rows.filter(address__in=addresses).values_list("address", flat=True))
    )
    return [one for one in notices if one.facts["address"] in seen]


def newsletter(message):
    """What this reader may read of it now; None if that is nothing, or they want none."""
    letter = (
        Newsletter.objects.select_related("home")
        .filter(pk=message.facts["newsletter"])
        .first()
    )
    if letter is None:
        return None
    if letter.stopped_at:
        raise mail.NotNow(newsletters.LATER)
    told = [Notice(kind=newsletters.KIND)]
    items = letters.items_for(letter, message.to)
    if not items or not kinds.wanted(message.to, told):
        return None
    text, html = letters.drawn(letter, items)
    facts = {
        "title": letter.title,
        "news": text,
        "link": f"{settings.PORTAL_URL}{reverse('news:newsletter', args=[letter.uuid])}",
        "is_guest": not message.to.is_employed,
        **unsubscribing.links(message.to, told),
    }
    words = {**facts, "person": message.to, "home": letter.home}
    words["news_html"] = html
    return {**facts, "html": render_to_string("mail/newsletter.html", words)}


KINDS = [
    Kind(
        "important_news",
        _("Important news from the house"),
        _("When something is important to know now."),
        usual=When.AT_ONCE,
        still=_news_still,
        order=10,
    ),
    Kind(
        "news",
        _("News from the house"),
        _("When the house has told something new."),
        still=_news_still,
        order=12,
    ),
    Kind(
        "diary",
        _("From everyday life"),
        _("When there is something new to read about somebody you follow."),
        offered=lambda user: hasattr(user, "relative"),
        still=_entries_still,
        order=14,
    ),
    Kind(
        newsletters.KIND,
        _("The newsletter"),
        _("The news of some weeks in one letter. It leaves at once, or never."),
        usual=When.AT_ONCE,
        order=13,
    ),
]
