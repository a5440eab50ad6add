"""What each is asked before the conversation, and beside which question it then stands.

Sources: Aarhus' relatives' policy ("nysgerrige på de pårørendes tanker om deres rolle",
earlier experiences) and Aabenraa's ("ydet meget pleje, ordnet mange praktiske ting eller
tiden kan have været økonomisk udfordrende").
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from meetings import sheet
from meetings.models import Question


@dataclass(frozen=True)
class Asked:
    """One question, and the section and question of the template that it belongs to."""

    key: str
    text: str
    beside: tuple[str, str]
    hint: str = ""


BURDEN = ("expectations", "burden")

OF_RELATIVES = (
    Asked(
        "important", _("What is most important to you?"), ("expectations", "relatives")
    ),
    Asked(
        "good-life",
        _("What is a good life for the resident, as you see it?"),
        ("expectations", "good-life"),
    ),
    Asked(
        "involved",
        _("What would you like to be part of? And what not?"),
        ("tasks", "who-does"),
    ),
    Asked(
        "experience",
        _("What have you met before, good and bad?"),
        BURDEN,
        _("For example at other homes, or with the authorities."),
    ),
    Asked("care", _("The time before: What care have you given?"), BURDEN),
    Asked("practical", _("The time before: What have you taken care of?"), BURDEN),
    Asked("money", _("The time before: What has it meant for your money?"), BURDEN),
)

OF_RESIDENTS = (
    Asked("like", _("What do you like to do?"), ("leisure", "activities")),
    Asked("help", _("What do you want help with?"), ("expectations", "resident")),
    Asked("see", _("Who do you want to see?"), ("visits", "here")),
    Asked("not-like", _("What do you not like?"), ("expectations", "resident")),
    Asked("say", _("What else do you want to say?"), ("expectations", "resident")),
)


def own_of(conversation):
    """The home's own questions that somebody is asked beforehand. One query."""
    return own_in(conversation.template_id, is_young=sheet.is_young(conversation))


def own_in(template, *, is_young=False):
    """The same of whatever conversation is held by this template."""
    found = Question.objects.filter(
        section__template=template,
        section__left_out=False,
        left_out=False,
    ).exclude(ask_before="")
    if not is_young:
        found = found.filter(section__minors_only=False)
    return list(found.select_related("section").order_by("section__number", "number"))


def asked_of(relation, own=()):
    """The questions to a relative, or to the resident if there is no relation.

    `own`: own_of() the conversation.
    """
    before = Question.Before
    who = before.RELATIVES if relation else before.RESIDENT
    common = OF_RELATIVES if relation else OF_RESIDENTS
    return (
        *common,
        *(
            Asked(row.key, str(row), (row.section.key, row.key), row.hint)
            for row in own
            if row.ask_before in (who, before.BOTH)
        ),
    )


def beside(preparations, page, *, is_first, keys, own=()):
    """What was prepared for a page: question's key to rows of Prepared, with `said_by`.

    What belongs to a question that the home does not ask (`keys`: those that it does)
    stands at the first question of the first page, so that it is read.
    """
    found = {}
    for preparation in preparations:
        answers = {answer.key: answer for answer in preparation.answers.all()}
        for asked in asked_of(preparation.relation_id, own):
            place = asked.beside
            if is_first and place not in keys:
                place = page.section.key, page.lines[0].question.key
            if place[0] == page.section.key and asked.key in answers:
                answer = answers[asked.key]
                answer.preparation, answer.asked = preparation, asked.text
                found.setdefault(place[1], []).append(answer)
    return found
