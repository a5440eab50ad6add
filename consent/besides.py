"""What may be asked besides what a relative sees in the portal: three more ways in.

Each way has one list to choose from a topic: not asked, no, does not know yet, or yes to
one of the degrees that fit the way (Consent.DEGREES).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import texts
from consent.models import Consent
from residents.topics import Topic

Action, Answer = Consent.Action, Consent.Answer
WAYS = (Action.BE_TOLD, Action.BE_CONTACTED, Action.TAKE_PART)

QUESTIONS = {
    Action.BE_TOLD: gettext_lazy("May the staff tell %(name)s about %(what)s?"),
    Action.BE_CONTACTED: gettext_lazy("May the staff call %(name)s about %(what)s?"),
    Action.TAKE_PART: gettext_lazy(
        "May %(name)s take part when we meet about %(what)s?"
    ),
}
# The same without the topic, over the list of topics.
HEADINGS = {
    Action.BE_TOLD: gettext_lazy("May the staff tell %(name)s about it?"),
    Action.BE_CONTACTED: gettext_lazy("May the staff call %(name)s about it?"),
    Action.TAKE_PART: gettext_lazy("May %(name)s take part when we meet about it?"),
}


@dataclass(frozen=True)
class Said:
    """One answer to one question about a relative, as it was given."""

    topic: str
    answer: str
    action: str = Action.SEE.value
    degree: str = Consent.Degree.ONGOING.value

    @property
    def field(self):
        """What the form calls the question."""
        return field_of(self.topic, self.action)


def field_of(topic, action):
    if action == Action.SEE:
        return f"answer_{Topic(topic).value}"
    return f"{Action(action).value}_{Topic(topic).value}"


def choices(way):
    """What can be answered: an answer, or a yes with its degree."""
    yield "", _("Not asked")
    for degree in Consent.DEGREES[way]:
        words = _("Yes: %(degree)s") % {"degree": Consent.Degree(degree).label}
        yield f"{Answer.YES}-{degree}", words
    yield Answer.NO.value, _("No")
    yield Answer.NOT_YET.value, _("Does not know yet")


def said(topic, way, chosen):
    """What was chosen, as an answer."""
    answer, _dash, degree = chosen.partition("-")
    first = Consent.DEGREES[Action(way)][0]
    return Said(topic, answer, str(way), degree or str(first))


def heading(way, relative):
    return str(HEADINGS[way]) % {"name": relative}


def question(topic, action, relative):
    """The question word for word, in whatever way it is about."""
    if action == Action.SEE:
        return f"{texts.question(topic, relative)} {texts.example(topic)}"
    if action == Action.TAKE_PART and topic == Topic.MEETINGS:
        return _("May %(name)s take part in meetings about you?") % {"name": relative}
    about = {"name": relative, "what": texts.ABOUT[Topic(topic)]}
    return str(QUESTIONS[Action(action)]) % about


def shown(answers, relative):
    """The whole text as it was put to the resident, for these answers."""
    lines = [question(one.topic, one.action, relative) for one in answers]
    return "\n".join([texts.introduction(relative), *lines])
