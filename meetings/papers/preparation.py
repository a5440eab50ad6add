"""The sheet to prepare on, before the conversation: for relatives, or in easy words.

It asks what the portal asks (meetings.preparing), so that what somebody wrote by hand can
be entered there, and what was entered can be taken along on paper.
"""

from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from meetings import preparing
from meetings.models import Question, Template
from meetings.papers import days
from portal import clock

TEMPLATE = "pdf/preparation.html"
RELATIVES, RESIDENT = "relatives", "resident"
# What the staff keep for themselves, and what is asked in another way.
NOT_ASKED = ("checklist", "involvement", "minors")
# Lines under a question that nobody has answered yet.
LINES = {RELATIVES: 4, RESIDENT: 5}


def blank(home, *, who):
    """With room to write, and without a name on it."""
    template = Template.objects.for_home(home)
    own = preparing.own_in(template)
    return _sheet(home, template, who=who, own=own, answers={}) | {
        "blank": True,
        "written": f"{template.dated}T12:00:00+01:00",
    }


def filled(preparation):
    """What one person has prepared, and room for what they have not."""
    conversation = preparation.conversation
    who = RELATIVES if preparation.relation_id else RESIDENT
    answers = {one.key: one.text for one in preparation.answers.all()}
    home = conversation.resident.department.home
    written = preparation.sent_at or preparation.recorded_at
    with translation.override("da"):
        template, own = conversation.template, preparing.own_of(conversation)
        return _sheet(home, template, who=who, own=own, answers=answers) | {
            "blank": False,
            "name": preparation.who,
            "about": conversation.resident.short_name,
            "when": days.moment(conversation.at),
            "place": conversation.place,
            "sent": days.day(written),
            "written": localtime(written or clock.now()).isoformat(timespec="seconds"),
        }


def _sheet(home, template, *, who, own, answers):
    with translation.override("da"):
        return {
            "home": home.name,
            "phone": home.phone,
            "easy": who == RESIDENT,
            "version": template.version or _("draft"),
            "questions": [
                {
                    "text": str(asked.text),
                    "hint": str(asked.hint),
                    "answer": answers.get(asked.key, ""),
                    "lines": LINES[who],
                }
                for asked in preparing.asked_of(who == RELATIVES, own)
            ],
            "topics": [str(section) for section in asked_sections(template)],
        }


def asked_sections(template):
    """What is talked about with the family there."""
    return [
        section
        for section in template.sections.asked()
        if section.key not in NOT_ASKED
        and any(
            question.audience != Question.Audience.STAFF
            for question in section.questions.all()
        )
    ]
