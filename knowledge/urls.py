from django.urls import path

from knowledge.views import entries, folders, library, turning, writing

app_name = "knowledge"

urlpatterns = [
    path("knowledge/", library.articles, name="articles"),
    path("knowledge/write/", writing.article_write, name="article-write"),
    path("knowledge/drafts/<uuid:uuid>/", writing.article_draft, name="article-draft"),
    path(
        "knowledge/drafts/<uuid:uuid>/edit/", writing.article_edit, name="article-edit"
    ),
    path(
        "knowledge/drafts/<uuid:uuid>/publish/",
        writing.article_publish,
        name="article-publish",
    ),
    path(
        "knowledge/drafts/<uuid:uuid>/discard/",
        writing.article_discard,
        name="article-discard",
    ),
    path("knowledge/<uuid:address>/", library.article, name="article"),
    path(
        "knowledge/<uuid:address>/correct/",
        writing.article_correct,
        name="article-correct",
    ),
    path(
        "knowledge/<uuid:address>/recall/",
        writing.article_recall,
        name="article-recall",
    ),
    path(
        "knowledge/<uuid:address>/checked/",
        writing.article_checked,
        name="article-checked",
    ),
    path("whom/", turning.whom, name="whom"),
    path("whom/guide/", turning.guide, name="guide"),
    path("whom/people/<uuid:uuid>/", turning.present, name="present"),
    path("whom/portraits/<uuid:uuid>/", turning.portrait, name="portrait"),
    path("folder/", folders.folder_write, name="folder-write"),
    path("folder/<uuid:uuid>/", folders.folder, name="folder"),
    path("words/", entries.words, name="words"),
    path("words/write/", entries.word_write, name="word-write"),
    path("words/<uuid:address>/", entries.word_change, name="word-change"),
    path("words/<uuid:address>/recall/", entries.word_recall, name="word-recall"),
    path("associations/", entries.associations, name="associations"),
    path("associations/write/", entries.association_write, name="association-write"),
    path(
        "associations/<uuid:address>/",
        entries.association_change,
        name="association-change",
    ),
    path(
        "associations/<uuid:address>/recall/",
        entries.association_recall,
        name="association-recall",
    ),
]
