"""What was handed out, and what would be, in words for the staff."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent.models import Consent
from meetings.papers import extract
from residents.models import Grant
from residents.topics import Topic

# Of what is no answer to a question.
HEADINGS = {
    "": gettext_lazy("Agreements"),
    extract.WISHES: gettext_lazy("What we expect of each other"),
    extract.TALKS: gettext_lazy("The first hundred days"),
}


@dataclass(frozen=True)
class Line:
    """One hand-out."""

    row: object
    # What it rested on, one sentence each.
    why: list[str]


def lines(version):
    """Who got the version, the latest first. Two queries."""
    found = list(
        version.hand_outs.select_related(
            "relation__relative", "resident", "handed_by", "closed_by"
        )
    )
    numbers = {
        number
        for one in found
        for _topic, ground, number in one.grounds
        if ground == Grant.Ground.CONSENT
    }
    given = dict(Consent.objects.filter(pk__in=numbers).values_list("pk", "given_at"))
    return [Line(one, _why(one, given)) for one in found]


def _why(hand_out, given):
    if hand_out.law:
        return [hand_out.law]
    if hand_out.kind == hand_out.Kind.RESIDENT:
        return [_("It is the resident's own.")]
    grounds = {}
    for topic, ground, number in hand_out.grounds:
        topics = grounds.setdefault((ground, number), [])
        topics.append(str(Topic(topic).label))
    return [
        f"{_ground(ground, number, given)}: {', '.join(sorted(set(topics)))}"
        for (ground, number), topics in grounds.items()
    ]


def _ground(ground, number, given):
    if ground == Grant.Ground.CONSENT and number in given:
        day = date_format(localtime(given[number]), "DATE_FORMAT")
        return _("Consent of %(day)s") % {"day": day}
    return capfirst(Grant.Ground(ground).label)


def by_section(items):
    """(heading, what is in it) for what the relative would get."""
    sections = {}
    for item in items:
        heading = HEADINGS.get(item.section, item.section)
        words = item.content
        sections.setdefault(str(heading), []).append(
            words.get("question") or words.get("when") or words["text"]
        )
    return list(sections.items())


def reasons(items):
    """(why, how many) for what is left out."""
    counts = {}
    for item in items:
        if item.is_about_others:
            why = _("About other relatives: whom we call, and who may know what")
        elif item.is_the_relatives:
            why = _("What relatives said at the conversation")
        elif item.is_one_partys:
            why = _("What others wish, and the answers to it")
        else:
            why = _("Not shared with them: %(topic)s") % {
                "topic": Topic(item.topic).label
            }
        counts[why] = counts.get(why, 0) + 1
    return list(counts.items())
