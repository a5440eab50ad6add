"""House news and glimpses of everyday life, for the search in all that one may see."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from news.models import DiaryEntry, NewsItem
from news.rows import day, place
from portal.rooms import Row
from portal.searching import Kind
from residents.topics import Topic


def kinds(user):
    yield Kind(
        "news",
        _("News"),
        NewsItem.objects.visible_to(user)
        .current()
        .with_places()
        .order_by("-shown_from", "-pk"),
        ("title", "text", "easy_text"),
        _of_news,
        about=None,
        order=20,
    )
    yield Kind(
        "everyday",
        _("From everyday life"),
        DiaryEntry.objects.visible_to(user)
        .current()
        .select_related("resident")
        .order_by("-recorded_at", "-pk"),
        ("title", "text"),
        _of_entry,
        choices={"topic": Topic.choices},
        order=10,
    )


def _of_news(item):
    meta = [day(item.shown_from), place(item)]
    return Row(
        item.title,
        reverse("news:news-item", args=[item.address]),
        " · ".join(part for part in meta if part),
        item.text,
    )


def _of_entry(entry):
    meta = [
        entry.resident.short_name,
        date_format(entry.happened_on),
        entry.get_topic_display(),
    ]
    return Row(
        entry.headline,
        reverse("news:entry", args=[entry.address]),
        " · ".join(meta),
        entry.text,
    )
