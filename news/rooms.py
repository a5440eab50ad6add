from django.urls import reverse
from django.utils.translation import gettext as _

from news import policy, rows
from news import searched as in_search
from news.models import DiaryEntry, NewsItem
from portal.limited import Lists
from portal.rooms import Card, Door, Found, Tab

ENTRIES, ITEMS = 4, 3


def _belongs_to_somebody(user):
    """A relative or a resident: somebody with whom something may be shared."""
    return bool(getattr(user, "relative", None) or getattr(user, "resident", None))


def doors(user):
    if user.is_employed or _belongs_to_somebody(user):
        yield Door(_("News"), reverse("news:news"), order=60)
    if policy.can_write_entries(user) or _belongs_to_somebody(user):
        yield Door(_("From everyday life"), reverse("news:everyday"), order=62)


def searched(user):
    return in_search.kinds(user)


def tabs(user, resident):
    yield Tab(
        _("Everyday life"),
        reverse("news:everyday-of", args=[resident.uuid]),
        order=60,
    )


def cards(user):
    if _belongs_to_somebody(user):
        yield _shared(user)
    if user.is_employed or _belongs_to_somebody(user):
        yield from _house(user)
    if user.is_employed:
        yield from _unread(user)


def _shared(user):
    """The newest of what residents share: the heart of a relative's start page."""
    entries = (
        DiaryEntry.objects.current().select_related("resident").newest(user, ENTRIES)
    )
    about = {entry.resident for entry in entries}
    heading = _("From everyday life")
    if len(about) == 1:
        (resident,) = about
        heading = _("News about %(name)s") % {"name": resident.short_name}
        if resident.user_id == user.pk:
            heading = _("From your everyday life")
    return Card(
        heading=heading,
        rows=list(rows.of_entries(entries, user, named=len(about) > 1)),
        empty=_(
            "There is nothing to read here right now. Each resident decides what to "
            "share. A lot, a little and nothing are all fine."
        ),
        more=(_("Read more from everyday life"), reverse("news:everyday"))
        if entries
        else None,
        order=40,
    )


def _unread(user):
    """Important news that somebody at work has not yet said to have read."""

    def cards(items):
        yield Card(
            heading=_("Important: please read"),
            rows=list(rows.of_news(items, user, words=25)),
            order=30,
        )

    reading = NewsItem.objects.readable_by(user).current().unread_by(user)
    yield Found(reading.with_places()[:ENTRIES], cards)


def _house(user):
    drafts, told = _drafts_and_told(user)
    waiting = list(rows.of_drafts(drafts))
    if waiting:
        # To a manager it is a task; to its author it only waits.
        manages = any(job.is_manager for job in user.employments_in_force)
        yield Card(
            heading=_("News not yet published"),
            rows=waiting,
            order=45 if manages else 75,
        )
    yield Card(
        heading=_("News from the house"),
        rows=list(rows.of_news(told, user, words=25)),
        empty=_("There is no news yet. What the house tells everybody is shown here."),
        more=(_("All news"), reverse("news:news")),
        order=70,
    )


def _drafts_and_told(user):
    """The newest of both, in one question. Drafts only to those who write news."""
    news, lists = NewsItem.objects.visible_to(user), Lists()
    writes = policy.can_write_news(user)
    if writes:
        lists.add(news.drafts()[:ENTRIES])
        lists.add(news.current()[:ITEMS])
    else:
        lists.add(NewsItem.objects.current_for(user)[:ITEMS])
    found = NewsItem.objects.filter(pk__in=lists.numbers() if lists else [])
    # A draft names its author.
    items = list((found.select_related("author") if writes else found).with_places())
    return (
        [item for item in items if item.published_at is None],
        [item for item in items if item.published_at],
    )
