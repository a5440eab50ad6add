"""House news and glimpses of everyday life, for the search in all that one may see.

What can be seen in a picture, and what a file is called, are words like others.
"""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from news.models import Attachment, DiaryEntry, DiaryPhoto, NewsItem, NewsPicture
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

    yield Kind(
        "photos",
        _("Photos from everyday life"),
        DiaryPhoto.objects.visible_to(user)
        .current()
        # Where the entry has gone, its page has too, also for staff.
        .filter(entry__replaced_at=None, entry__recalled_at=None)
        .select_related("resident", "entry")
        .order_by("-entry__recorded_at", "-pk"),
        ("alt",),
        _of_photo,
        order=12,
    )
    current = NewsItem.objects.visible_to(user).current()
    for slug, label, model, order in (
        ("pictures", _("Pictures in the news"), NewsPicture, 21),
        ("files", _("Papers with the news"), Attachment, 22),
    ):
        yield Kind(
            slug,
            label,
            model.objects.filter(Exists(current.filter(pk=OuterRef("item"))))
            .select_related("item")
            .order_by("-item__shown_from", "-pk"),
            ("name",),
            _of_file,
            about=None,
            order=order,
        )


def _of_news(item):
    meta = [day(item.shown_from), place(item)]
    return Row(
        item.title,
        reverse("news:news-item", args=[item.address]),
        " · ".join(part for part in meta if part),
        # An excerpt is of the words that were found, also where the easy ones say them.
        " ".join(part for part in (item.text, item.easy_text) if part),
    )


def _of_photo(photo):
    meta = [photo.resident.short_name, date_format(photo.entry.happened_on)]
    return Row(
        photo.says,
        reverse("news:entry", args=[photo.entry.address]),
        " · ".join(meta),
    )


def _of_file(file):
    return Row(
        file.name,
        reverse("news:news-item", args=[file.item.address]),
        f"{file.item.title} · {day(file.item.shown_from)}",
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
