"""What the resident is asked, word for word. Kept with every answer as it was shown.

A changed wording is a new version; an old one is in the answers that were given to it.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from residents.topics import Topic

VERSION = "2026-12-01"

# Each topic in the words a resident knows, with what it may be.
ABOUT = {
    Topic.DAILY: gettext_lazy("your days: what you do, eat and like"),
    Topic.PHOTOS: gettext_lazy("photos of you"),
    Topic.GOALS: gettext_lazy("your goals: what you practise and hope for"),
    Topic.MEETINGS: gettext_lazy("meetings about you, and what was said there"),
    Topic.HEALTH: gettext_lazy("your health: illness, doctor and hospital"),
    Topic.TREATMENT: gettext_lazy("your medicine and treatment"),
    Topic.SOCIAL: gettext_lazy("troubles you have with others or with yourself"),
    Topic.SUBSTANCE: gettext_lazy("alcohol and drugs"),
    Topic.OFFENCES: gettext_lazy("trouble with the police"),
    Topic.ECONOMY: gettext_lazy("your money: what you earn, buy and save"),
}


def introduction(relative):
    """What is said before the questions. `relative` is a name."""
    return _(
        "You decide what %(name)s may know. You can say yes or no to each thing. You can"
        " change your mind at any time. Saying no changes nothing in the help you get."
    ) % {"name": relative}


def question(topic, relative):
    return _("May %(name)s know about %(what)s?") % {
        "name": relative,
        "what": ABOUT[Topic(topic)],
    }


def shown(topics, relative):
    """The whole text as it stood before the resident, for these topics."""
    return "\n".join(
        [introduction(relative), *(question(topic, relative) for topic in topics)]
    )
