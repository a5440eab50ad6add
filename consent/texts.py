"""What the resident is asked and told, word for word. Kept with every answer as it was shown.

A changed wording is a new version; an old one is in the answers that were given to it.
The same words stand on the resident's page, on paper, and in the form that staff fill in.
"""

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relatives.models import Relation
from residents.topics import Topic

VERSION = "2026-11-22"
Kind = Relation.Kind

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

# The pictogram of each relative: whoever cannot read knows the card by it.
FACES = {
    Kind.LEGAL_GUARDIAN: "law",
    Kind.NETWORK: "people",
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


def face(relation):
    """The name of the pictogram that stands for the relative: a mother, a friend."""
    return FACES.get(relation.kind, str(relation.kind))


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


def page(topic, relative, *, last_day=None, why_not=""):
    """One question as the resident's page asks it, in the order of the page.

    Without a last day there is no yes to give, and `why_not` says why.
    """
    said = {"question": question(topic, relative), "example": example(topic)}
    if why_not:
        said["why_not"] = why_not
    if last_day:
        said["yes_means"] = yes_means(relative, last_day)
    return said


def receipt(consent, relative):
    """What holds after an answer or a stop, as a resident would say it."""
    words = {"name": relative, "what": ABOUT[Topic(consent.topic)]}
    return str(_NOW[_what_happened(consent), consent.topic == Topic.PHOTOS]) % words


def _what_happened(consent):
    if consent.closed_at:
        return "no more"
    earlier = consent.replaces
    if consent.answer == "no" and earlier and earlier.answer == "yes":
        return "no more"
    return str(consent.answer)


# By what happened, and whether it is about something to look at.
_NOW = {
    ("yes", False): gettext_lazy("Now %(name)s may know about %(what)s."),
    ("yes", True): gettext_lazy("Now %(name)s may see %(what)s."),
    ("no", False): gettext_lazy("Now %(name)s may not know about %(what)s."),
    ("no", True): gettext_lazy("Now %(name)s may not see %(what)s."),
    ("no more", False): gettext_lazy("Now %(name)s may no longer know about %(what)s."),
    ("no more", True): gettext_lazy("Now %(name)s may no longer see %(what)s."),
    ("not_yet", False): gettext_lazy(
        "You do not know yet. So %(name)s may not know about %(what)s."
    ),
    ("not_yet", True): gettext_lazy(
        "You do not know yet. So %(name)s may not see %(what)s."
    ),
}


def by_law(topic, relative):
    """That the law opens the topic, whatever the resident answers."""
    return _("The law says that %(name)s may know about %(what)s.") % {
        "name": relative,
        "what": ABOUT[Topic(topic)],
    }


def others_answer(names):
    """Whose yes it takes besides the resident's own. `names` may be empty."""
    if not names:
        return _("The law says that an adult must answer this with you.")
    return _("The law says that %(names)s must answer this with you.") % {
        "names": get_text_list(names, _("and"))
    }


def is_at_work(relative):
    """The relative is the one who sits there and asks."""
    return _("%(name)s works here. So somebody else must ask you about %(name)s.") % {
        "name": relative
    }


def besides(consent, relative):
    """What a yes to something else than seeing lets happen."""
    words = {"name": relative, "what": ABOUT[Topic(consent.topic)]}
    if consent.action == "be_contacted":
        return _("The staff may call %(name)s about %(what)s.") % words
    if consent.action == "take_part":
        if consent.topic == Topic.MEETINGS:
            return _("%(name)s may take part in meetings about you.") % words
        return _("%(name)s may take part when we meet about %(what)s.") % words
    return _("The staff may tell %(name)s about %(what)s.") % words


def answered_meanwhile():
    return _(
        "There is a newer answer to this question. Look at it. You can still change it."
    )
