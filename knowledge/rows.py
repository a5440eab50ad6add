"""The library as lines of lists: addresses and labels made once."""

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.models import Subject
from portal.rooms import Row


def of_articles(articles):
    prefix, changed = reverse("knowledge:articles"), _("Our own version")
    for article in articles:
        yield Row(
            title=article.title,
            url=f"{prefix}{article.address}/",
            text=article.summary,
            badge=changed if article.was_changed else "",
        )


def shelves(articles):
    """(subject, rows) in the order of the subjects; none of them is empty."""
    for subject in Subject:
        here = [article for article in articles if article.subject == subject]
        if here:
            yield subject.label, list(of_articles(here))
