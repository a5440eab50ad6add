from django.urls import include, path

from news.views import entries, items, photos, writing

app_name = "news"

urlpatterns = [
    path("", include("news.events.urls")),
    path("news/", items.news_list, name="news"),
    path("news/write/", items.news_write, name="news-write"),
    path("news/drafts/<uuid:uuid>/", items.news_draft, name="news-draft"),
    path("news/drafts/<uuid:uuid>/edit/", items.news_edit, name="news-edit"),
    path("news/drafts/<uuid:uuid>/publish/", items.news_publish, name="news-publish"),
    path("news/drafts/<uuid:uuid>/discard/", items.news_discard, name="news-discard"),
    path("news/<uuid:address>/", items.news_item, name="news-item"),
    path("news/<uuid:address>/correct/", items.news_correct, name="news-correct"),
    path("news/<uuid:address>/recall/", items.news_recall, name="news-recall"),
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
