from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge import audience, policy
from knowledge import searched as in_search
from knowledge.models import Article, Presentation
from portal.rooms import Card, Door, Found, Row

DUE, LEADERS = 5, 3


def doors(user):
    if policy.can_read(user):
        yield Door(_("Knowledge"), reverse("knowledge:articles"), order=70)


def searched(user):
    yield from in_search.kinds(user)


def cards(user):
    homes = audience.run_by(user)
    if homes:
        due = Article.objects.due_in([home.pk for home in homes]).listed()
        yield Found(due.order_by("check_on", "pk")[:DUE], _due)
    if not user.is_employed and policy.can_read(user):
        leaders = Presentation.objects.of_family(user)
        yield Found(leaders[:LEADERS], _leaders)


def _leaders(presentations):
    """Who leads, on the page that families come to first (000: "synlig")."""
    if presentations:
        whom = reverse("knowledge:whom")
        yield Card(
            heading=_("Those who lead here"),
            rows=[
                Row(
                    str(one.job.user),
                    whom,
                    meta=", ".join(
                        str(part)
                        for part in (one.job.get_role_display(), one.job.department)
                        if part
                    ),
                    text=" · ".join(part for part in (one.phone, one.hours) if part),
                )
                for one in presentations
            ],
            more=(_("Whom do I turn to?"), whom),
            order=95,
        )


def _due(articles):
    if articles:
        prefix = reverse("knowledge:articles")
        yield Card(
            heading=_("Articles to look through"),
            rows=[
                Row(
                    article.title,
                    f"{prefix}{article.address}/",
                    text=_("Does it still hold? Then say so, or correct it."),
                )
                for article in articles
            ],
            order=47,
        )
