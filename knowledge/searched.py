"""The library, for the search in all that one may read."""

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge import prose
from knowledge.models import Article, Association, Word
from knowledge.prose import anchor
from portal.rooms import Row
from portal.searching import Kind


def kinds(user):
    yield Kind(
        "articles",
        _("Knowledge"),
        Article.objects.visible_to(user).order_by("title", "pk"),
        ("title", "summary", "text", "easy"),
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
        order=60,
    )
    yield Kind(
        "associations",
        _("Associations"),
        Association.objects.visible_to(user).order_by("name", "pk"),
        ("name", "about"),
        _of_association,
        about=None,
        order=70,
    )


def _of_article(article):
    where = reverse("knowledge:article", args=[article.address])
    # As it is read, without the marks of headings and lists.
    lines = [
        line
        for text in (article.text, article.easy)
        for _kind, some in prose.blocks(text)
        for line in some
    ]
    return Row(article.title, where, "", " ".join([article.summary, *lines]))


def _of_word(word):
    return Row(
        word.term, f"{reverse('knowledge:words')}#{anchor(word)}", "", word.meaning
    )


def _of_association(one):
    return Row(one.name, reverse("knowledge:associations"), "", one.about)
