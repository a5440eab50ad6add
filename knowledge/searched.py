"""The library, for the search in all that one may see."""

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.models import Article, Association, Word
from portal.rooms import Row
from portal.searching import Kind


def kinds(user):
    yield Kind(
        "articles",
        _("Knowledge"),
        Article.objects.visible_to(user).order_by("title", "pk"),
        ("title", "summary", "text"),
        _of_article,
        about=None,
        order=50,
    )
    yield Kind(
        "words",
        _("Explained words"),
        Word.objects.visible_to(user).order_by("term", "pk"),
        ("term", "meaning"),
        _of_word,
        about=None,
        order=51,
    )
    yield Kind(
        "associations",
        _("Associations"),
        Association.objects.visible_to(user).order_by("name", "pk"),
        ("name", "about"),
        _of_association,
        about=None,
        order=52,
    )


def _of_article(article):
    return Row(
        article.title,
        reverse("knowledge:article", args=[article.address]),
        article.get_subject_display(),
        f"{article.summary}\n{article.text}",
    )


def _of_word(word):
    url = f"{reverse('knowledge:words')}#word-{word.address}"
    return Row(word.term, url, text=word.meaning)


def _of_association(association):
    return Row(
        association.name, reverse("knowledge:associations"), text=association.about
    )
