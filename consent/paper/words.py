"""What stands on the paper twin of the resident's page: plain words, kept as printed."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consent import texts
from consent.paper import codes
from residents.topics import Topic


def questions(relation, topics, *, code, at, by):
    """The whole paper, in Danish whoever prints it: the resident reads it."""
    name = relation.relative.given_name
    department = relation.resident.department
    with translation.override("da"):
        return {
            "home": department.home.name,
            "department": department.name,
            "resident": str(relation.resident),
            "name": name,
            "relation": str(relation),
            "face": texts.face(relation),
            "introduction": texts.introduction(name),
            "yes_means": yes_means(name),
            "questions": [
                {
                    "topic": Topic(topic).value,
                    "heading": str(texts.NAMES[Topic(topic)]),
                    "question": texts.question(topic, name),
                    "example": texts.example(topic),
                }
                for topic in topics
            ],
            "code": codes.shown(code),
            "version": texts.VERSION,
            "printed_at": date_format(localtime(at), "DATETIME_FORMAT"),
            "printed_by": str(by),
            "written": localtime(at).isoformat(timespec="seconds"),
            "blank": True,
        }


def yes_means(name):
    """What a yes opens, for a paper that nobody knows the day of."""
    return _(
        "If you say yes: %(name)s may also know what is written already. The yes holds"
        " for one year at most. Then we ask you again."
    ) % {"name": name}


def shown(content, topics):
    """What stood before the resident, for the questions that were answered."""
    lines = [
        f"{one['question']} {one['example']}"
        for one in content["questions"]
        if one["topic"] in topics
    ]
    return "\n".join([content["introduction"], content["yes_means"], *lines])
