"""Who may read the answer to a question later, in words for whoever writes the question."""

from django.utils.translation import gettext as _

from meetings.models import Question
from residents.topics import Topic

# Where the answers tell of the other relatives: they are never in an extract.
ABOUT_OTHERS = ("contact", "involvement")


def choices():
    """(value, words) for each kind of reader that a question can have."""
    return [
        ("everybody", _("Everybody who takes part in the meetings")),
        *(
            (
                topic.value,
                _("Those who may hear about: %(topic)s") % {"topic": topic.label},
            )
            for topic in Topic
            if topic != Topic.MEETINGS
        ),
        ("staff", _("Staff only")),
    ]


def chosen(value):
    """audience and topic of the question for one of the values."""
    if value in Question.Audience.values:
        return {"audience": value, "topic": ""}
    return {"audience": Question.Audience.TOPIC, "topic": value}


def of(question):
    """The value of choices() that the question has."""
    topic = question.audience == Question.Audience.TOPIC
    return question.topic if topic else question.audience


def in_words(question):
    """One sentence."""
    if question.audience == Question.Audience.STAFF:
        return _("Staff only. It is in no record and no extract.")
    if question.audience == Question.Audience.EVERYBODY:
        return _("Staff, the resident, and relatives who may hear about meetings.")
    if question.section.key in ABOUT_OTHERS:
        return _("Staff and the resident. It is in no relative’s extract.")
    return _("Staff, the resident, and relatives who may hear about: %(topic)s.") % {
        "topic": Topic(question.topic).label
    }
