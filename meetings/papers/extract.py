"""What one relative may have of a version of the record, decided item by item.

Nothing is hidden: what is not permitted is not there. An answer goes by the topic of its
question, an agreement by its own; what everybody who takes part may hear belongs to the
meetings. Other relatives' telephone numbers, consents and tasks are never for a relative,
and of what somebody wished only what that relative wished (as on the page of the wishes).
"""

from dataclasses import dataclass

from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consent.models import Consent
from meetings.models import HandOut, Participant, Question
from meetings.papers import days
from meetings.readers import ABOUT_OTHERS
from residents.models import Grant
from residents.topics import Topic

TEMPLATE = "pdf/extract.html"
AND_WHO_GETS_THE_RECORD = "follow-up/copies"
# What the relatives said at the conversation: those of them who were there heard it.
SAID_BY_THE_RELATIVES = ("expectations/relatives", "expectations/good-life")
# In place of a heading, for what is no answer to a question.
WISHES, TALKS = ":wishes", ":talks"
# Who and where something is, for programs. No word of it is for a reader.
OF_THE_RECORD = ("relative", "relation", "key", "wish", "agreement")


@dataclass(frozen=True)
class Item:
    """An answer or an agreement that could be part of an extract."""

    topic: str
    at: object
    section: str
    content: dict
    # Tells of other relatives by its nature.
    is_about_others: bool = False
    # What one party has said: no other relative than that one may have it.
    is_one_partys: bool = False
    # What some of the relatives have said.
    is_the_relatives: bool = False

    def is_for(self, relation, grants, *, was_there):
        """Whether the relative may have it, who may see so much."""
        if self.is_about_others or self.is_the_relatives and not was_there:
            return False
        if self.is_one_partys and self.content["relation"] != relation.pk:
            return False
        return any(
            topic == self.topic and (since is None or self.at >= since)
            for topic, since, _ground, _number in grants
        )


def opened_to(relation, how):
    """(topic, since, ground, number) of what the relative may see now.

    Also of one without a log-in. What staff hand over on paper they must be allowed to
    tell, too.
    """
    consents = Consent.objects.in_force().filter(
        relation=relation, action=Consent.Action.SEE
    )
    grants = [
        (topic, since, Grant.Ground.CONSENT, number)
        for topic, since, number in consents.values_list("topic", "since", "pk")
    ]
    tellings = list(relation.tellings.values_list("topic", "ground", "ground_id"))
    grants += [
        (topic, None, ground, number)
        for topic, ground, number in tellings
        if ground != Grant.Ground.CONSENT
    ]
    if how == HandOut.How.PORTAL:
        return grants
    told = {topic for topic, _ground, _number in tellings}
    return [grant for grant in grants if grant[0] in told]


def everything(content):
    """All that a version says, as items. Staff's own notes are in no version."""
    for section in content.get("sections", ()):
        for line in section["lines"]:
            yield Item(
                topic=line["topic"] or Topic.MEETINGS,
                at=parse_datetime(line["at"]),
                section=section["title"],
                content=line,
                is_about_others=_tells_of_others(line),
                is_the_relatives=_is_the_relatives(line),
            )
    yield from _together(content)
    for number, row in enumerate(content.get("agreements", ()), start=1):
        yield Item(
            topic=row["topic"],
            at=parse_datetime(row["at"]),
            section="",
            content=row | {"number": number},
        )


def _together(content):
    """What the parties wish, and when they talk again."""
    for row in content.get("wishes", ()):
        yield Item(
            topic=Topic.MEETINGS,
            at=parse_datetime(row["at"]),
            section=WISHES,
            content=row,
            is_one_partys=True,
        )
    for row in content.get("first_talks", ()):
        # Agreed on when the record was written, as far as anybody is told.
        at = parse_datetime(content["written"])
        yield Item(Topic.MEETINGS, at, TALKS, row)


def _tells_of_others(line):
    if line["key"] == AND_WHO_GETS_THE_RECORD:
        return True
    section = line["key"].partition("/")[0]
    return section in ABOUT_OTHERS and line["audience"] == Question.Audience.TOPIC


def _is_the_relatives(line):
    if line["key"] in SAID_BY_THE_RELATIVES:
        return True
    # On a topic it is about the resident, whoever said it.
    return (
        line["audience"] == Question.Audience.EVERYBODY and line.get("of_relatives")
    ) or False


def sorted_out(printout, *, relation, grants):
    """(what the relative gets, what is left out), each a list of items."""
    own = _own_row(printout.conversation, relation)
    was_there = own is not None and own.was_there
    permitted, left_out = [], []
    with translation.override("da"):
        another = _("another relative")
    for item in everything(printout.content):
        if item.is_for(relation, grants, was_there=was_there):
            permitted.append(_without_other_names(item, relation, another))
        else:
            left_out.append(item)
    return permitted, left_out


def _without_other_names(item, relation, another):
    """Who else of the family has a task is not told; it is no less an agreement."""
    words = {k: v for k, v in item.content.items() if k not in OF_THE_RECORD}

    def is_other(person):
        return person and person != relation.relative_id

    if is_other(item.content.get("relative")):
        words["responsible"] = another
    if "helpers" in words:
        words["helpers"] = [
            {
                "who": another if is_other(helper["relative"]) else helper["who"],
                "task": helper["task"],
            }
            for helper in words["helpers"]
        ]
    if "results" in words:
        # Earlier versions may have had a topic that is closed to the relative.
        words["results"] = [one for one in words["results"] if one.get("is_of_this")]
    return Item(item.topic, item.at, item.section, words)


def head(printout, *, at, by, relation=None):
    """What stands around the items. Of the participants only the recipient's own row."""
    whole = printout.content
    words = {
        name: whole.get(name)
        for name in ("home", "phone", "version", "resident", "held_on", "number")
    }
    words |= {
        "recipient": str(relation.relative) if relation else whole.get("resident"),
        "is_whole": relation is None,
        "handed_on": days.day(at),
        "handed_by": str(by),
        "issued_on": days.day(printout.printed_at),
        "written": localtime(at).isoformat(timespec="seconds"),
    }
    own = relation and _own_row(printout.conversation, relation)
    return words | {"attendance": own.get_attendance_display() if own else ""}


def _own_row(conversation, relation):
    rows = Participant.objects.filter(conversation=conversation, relation=relation)
    return rows.exclude(attendance="").first()


def words(hand_out, items):
    """The extract as a paper: what is around it, and the items that may be read now."""
    with translation.override("da"):
        sections = {}
        for item in items:
            sections.setdefault(item.section, []).append(item.content)
        return hand_out.content | {
            "agreements": sections.pop("", []),
            "wishes": sections.pop(WISHES, []),
            "first_talks": sections.pop(TALKS, []),
            "sections": [
                {"title": title, "lines": lines} for title, lines in sections.items()
            ],
        }
