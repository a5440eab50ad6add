from django.urls import include, path

from news.views import (
    drafting,
    entries,
    files,
    items,
    newsletter_papers,
    newsletters,
    photos,
    writing,
)

app_name = "news"

urlpatterns = [
    path("", include("news.events.urls")),
    path("news/", items.news_list, name="news"),
    path("news/earlier/", items.news_archive, name="news-archive"),
    path("news/write/", drafting.news_write, name="news-write"),
    path("news/drafts/<uuid:uuid>/", drafting.news_draft, name="news-draft"),
    path("news/drafts/<uuid:uuid>/edit/", drafting.news_edit, name="news-edit"),
    path("news/drafts/<uuid:uuid>/attach/", drafting.news_attach, name="news-attach"),
    path("news/drafts/<uuid:uuid>/ask/", drafting.news_ask, name="news-ask"),
    path("news/drafts/<uuid:uuid>/return/", drafting.news_return, name="news-return"),
    path(
        "news/drafts/<uuid:uuid>/publish/", drafting.news_publish, name="news-publish"
    ),
    path(
        "news/drafts/<uuid:uuid>/discard/", drafting.news_discard, name="news-discard"
    ),
    path("news/files/<uuid:uuid>/", files.news_attachment, name="news-attachment"),
    path(
        "news/pictures/<uuid:uuid>/<str:key>/", files.news_picture, name="news-picture"
    ),
    path("news/files/<uuid:uuid>/remove/", files.news_detach, name="news-detach"),
    path("news/<uuid:address>/", items.news_item, name="news-item"),
    path("news/<uuid:address>/correct/", items.news_correct, name="news-correct"),
    path("news/<uuid:address>/recall/", items.news_recall, name="news-recall"),
    path("news/<uuid:address>/read/", items.news_read, name="news-read"),
    path("newsletters/", newsletters.newsletter_list, name="newsletters"),
    path("newsletters/write/", newsletters.newsletter_write, name="newsletter-write"),
    path("newsletters/<uuid:uuid>/", newsletters.newsletter, name="newsletter"),
    path(
        "newsletters/<uuid:uuid>/edit/",
        newsletters.newsletter_edit,
        name="newsletter-edit",
    ),
    path(
        "newsletters/<uuid:uuid>/send/",
        newsletters.newsletter_send,
        name="newsletter-send",
    ),
    path(
        "newsletters/<uuid:uuid>/stop/",
        newsletters.newsletter_stop,
        name="newsletter-stop",
    ),
    path(
        "newsletters/<uuid:uuid>/go-on/",
        newsletters.newsletter_go_on,
        name="newsletter-go-on",
    ),
    path(
        "newsletters/<uuid:uuid>/discard/",
        newsletters.newsletter_discard,
        name="newsletter-discard",
    ),
    path(
        "newsletters/<uuid:uuid>/up/<uuid:address>/",
        newsletters.newsletter_move,
        name="newsletter-move",
    ),
    path(
        "newsletters/<uuid:uuid>/paper/<uuid:department>/",
        newsletter_papers.newsletter_paper,
        name="newsletter-paper",
    ),
    path(
        "newsletters/<uuid:uuid>/addresses/<uuid:department>/",
        newsletter_papers.newsletter_addresses,
        name="newsletter-addresses",
    ),
    path("everyday/", entries.everyday, name="everyday"),
    path("everyday/write/", entries.everyday_choose, name="everyday-choose"),
    path("everyday/photos/<uuid:uuid>/", photos.photo, name="photo"),
    path(
        "everyday/photos/<uuid:uuid>/small/",
        photos.photo,
        {"size": "small"},
        name="photo-small",
    ),
    path(
        "everyday/photos/<uuid:uuid>/recall/", photos.photo_recall, name="photo-recall"
    ),
    path("everyday/<uuid:address>/photos/", photos.entry_photos, name="entry-photos"),
    path(
        "everyday/<uuid:address>/photos/words/", photos.photo_words, name="photo-words"
    ),
    path("everyday/<uuid:address>/", entries.entry, name="entry"),
    path(
        "everyday/<uuid:address>/correct/", entries.entry_correct, name="entry-correct"
    ),
    path("everyday/<uuid:address>/recall/", entries.entry_recall, name="entry-recall"),
    path("residents/<uuid:uuid>/everyday/", entries.everyday_of, name="everyday-of"),
    path(
        "residents/<uuid:uuid>/everyday/write/", writing.entry_write, name="entry-write"
    ),
]
