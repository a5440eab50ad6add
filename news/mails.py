"""What this app tells. Whether it is still for its reader is asked when the mail leaves."""

from django.utils.translation import gettext_lazy as _

from news import letters, newsletters
from news.models import DiaryEntry, NewsItem, Newsletter
from portal import mail
from portal.kinds import Kind
from portal.mail_times import When


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


def newsletter_to_all(messages):
    """What each reader may read of theirs now: of many at once (portal.mail)."""
    numbers = {one.facts["newsletter"] for one in messages}
    letters_of = Newsletter.objects.select_related("home").in_bulk(numbers)
    decided = {}
    for number, letter in letters_of.items():
        some = [one for one in messages if one.facts["newsletter"] == number]
        if until := newsletters.not_before(letter):
            decided |= {one.pk: mail.NotNow(until) for one in some}
        else:
            written = letters.written_to(letter, [one.to for one in some])
            decided |= {one.pk: written.get(one.to_id) for one in some}
    return decided


def newsletter(message):
    """The same of one."""
    facts = newsletter_to_all([message]).get(message.pk)
    if isinstance(facts, mail.NotNow):
        raise facts
    return facts


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
        _("The news of some weeks in one letter, on the day when the house sends it."),
        usual=When.AT_ONCE,
        may_wait=False,
        order=13,
    ),
]
