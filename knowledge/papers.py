"""The welcome folder: what a home hands to somebody new, from its own words."""

from django.utils import translation
from django.utils.formats import date_format

from knowledge import glossary, library_files, prose, turning
from knowledge.audience import Audience
from knowledge.models import Article, Association, Folder
from portal import clock, typography

TEMPLATE = "pdf/welcome_folder.html"
# What stands in it until the home has chosen.
FIRST = (
    "being-a-relative",
    "self-determination",
    "confidentiality",
    "guardianship",
    "complaints",
)


def choices(home):
    """The articles that may stand in the folder: none that is for staff alone."""
    articles = Article.objects.in_homes([home.pk]).exclude(audience=Audience.STAFF)
    return {str(article.address): article for article in articles}


def chosen(home, folder=None):
    """The addresses in the folder, in order; of a first one, those that we suggest."""
    if folder:
        return folder.articles
    return [str(library_files.address("Article", key)) for key in FIRST]


def folder(home, departments):
    """The words of the folder, for somebody who belongs to these departments."""
    written = Folder.objects.of(home)
    there = choices(home)
    day = clock.today()
    with translation.override("da"):
        articles = [there[one] for one in chosen(home, written) if one in there]
        return {
            "public": True,
            "home": home.name,
            "address": home.address,
            "phone": home.phone,
            "hours": home.opening_hours,
            "email": home.email,
            "answer_days": home.answer_days,
            "welcome": written.welcome if written else home.about,
            "written": f"{day.isoformat()}T12:00:00+01:00",
            "day": date_format(day),
            "steps": _steps(home, departments),
            "articles": [
                {
                    "title": article.title,
                    "summary": article.summary,
                    "source": article.source,
                    "body": prose.html(_on_paper(article.text), level=3),
                }
                for article in articles
            ],
            "associations": [
                {
                    "name": one.name,
                    "about": one.about,
                    "reach": " · ".join(
                        part for part in (one.phone, _short(one.url)) if part
                    ),
                }
                for one in glossary.in_order(Association.objects.in_homes([home.pk]))
            ],
        }


def _steps(home, departments):
    """Each level with names and numbers. No contact person: the paper is for everybody."""
    return [
        {
            "heading": step.heading,
            "about": step.about,
            "people": [
                {
                    "name": person.name,
                    "what": person.what,
                    "reach": [part for part in (person.phone, person.hours) if part],
                }
                for person in step.people
            ],
        }
        for step in turning.of_home(home, departments)
    ]


def _on_paper(text):
    """Signs that no font of ours has are boxes; empty lines stay where they are."""
    return "\n".join(typography.on_paper(line) for line in text.splitlines())


def _short(url):
    return (
        url.removeprefix("https://")
        .removeprefix("http://")
        .removeprefix("www.")
        .rstrip("/")
    )
