"""What the resident is asked and told, word for word. Kept with every answer as it was shown.

A changed wording is a new version; an old one is in the answers that were given to it.
The same words stand on the resident's page, on paper, and in the form that staff fill in.
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from residents.topics import Topic

VERSION = "2026-12-08"

# The topics as a resident would say them: beside a pictogram, in a word or two.
NAMES = {
    Topic.DAILY: gettext_lazy("My days"),
    Topic.PHOTOS: gettext_lazy("Photos of me"),
    Topic.GOALS: gettext_lazy("My goals"),
    Topic.MEETINGS: gettext_lazy("Meetings about me"),
    Topic.HEALTH: gettext_lazy("My health"),
    Topic.TREATMENT: gettext_lazy("My medicine"),
    Topic.SOCIAL: gettext_lazy("What is hard for me"),
    Topic.SUBSTANCE: gettext_lazy("Alcohol and drugs"),
    Topic.OFFENCES: gettext_lazy("The police and me"),
    Topic.ECONOMY: gettext_lazy("My money"),
    Topic.FORCE: gettext_lazy("When I was held"),
}

# What one may know of, in a question.
ABOUT = {
    Topic.DAILY: gettext_lazy("your days"),
    Topic.PHOTOS: gettext_lazy("photos of you"),
    Topic.GOALS: gettext_lazy("your goals"),
    Topic.MEETINGS: gettext_lazy("meetings about you"),
    Topic.HEALTH: gettext_lazy("your health"),
    Topic.TREATMENT: gettext_lazy("your medicine"),
    Topic.SOCIAL: gettext_lazy("what is hard for you"),
    Topic.SUBSTANCE: gettext_lazy("you and alcohol or drugs"),
    Topic.OFFENCES: gettext_lazy("you and the police"),
    Topic.ECONOMY: gettext_lazy("your money"),
    Topic.FORCE: gettext_lazy("times when the staff held you"),
}

EXAMPLES = {
    Topic.DAILY: gettext_lazy("For example: what you do, eat and like."),
    Topic.PHOTOS: gettext_lazy("For example: a photo of you on a trip."),
    Topic.GOALS: gettext_lazy("For example: something that you practise."),
    Topic.MEETINGS: gettext_lazy("For example: what we talked about at a meeting."),
    Topic.HEALTH: gettext_lazy("For example: illness, doctor and hospital."),
    Topic.TREATMENT: gettext_lazy("For example: which pills you take, and why."),
    Topic.SOCIAL: gettext_lazy(
        "For example: that you are sad, or cross with somebody."
    ),
    Topic.SUBSTANCE: gettext_lazy("For example: beer, wine, hash or pills."),
    Topic.OFFENCES: gettext_lazy("For example: that the police talked with you."),
    Topic.ECONOMY: gettext_lazy("For example: what you earn, buy and save."),
    Topic.FORCE: gettext_lazy("For example: that somebody held you or locked a door."),
}


def introduction(relative):
    """What is said before the questions. `relative` is a name."""
    return _(
        "You decide what %(name)s may know. You can say yes or no to each thing. You can"
        " change your mind at any time. Saying no changes nothing in the help you get."
    ) % {"name": relative}


def question(topic, relative):
    words = {"name": relative, "what": ABOUT[Topic(topic)]}
    if topic == Topic.PHOTOS:
        return _("May %(name)s see %(what)s?") % words
    return _("May %(name)s know about %(what)s?") % words


def example(topic):
    """What the topic may be, in the resident's own world."""
    return str(EXAMPLES[Topic(topic)])


def yes_means(relative, last_day):
    """What a yes opens, and until when: said before it is given."""
    return _(
        "If you say yes: %(name)s may also know what is written already. The yes holds"
        " until %(day)s. Then we ask you again."
    ) % {"name": relative, "day": date_format(last_day, "DATE_FORMAT")}


def shown(topics, relative):
    """The whole text as it stood before the resident, for these topics."""
    return "\n".join(
        [
            introduction(relative),
            *(f"{question(topic, relative)} {example(topic)}" for topic in topics),
        ]
    )
