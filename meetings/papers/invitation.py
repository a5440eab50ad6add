"""The invitation to a conversation as a letter to one relative."""

from django.utils import translation
from django.utils.dates import WEEKDAYS
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from meetings import preparing
from meetings.papers import days
from meetings.papers.preparation import asked_sections
from portal import clock

TEMPLATE = "pdf/invitation.html"
# As much as there is to think over beforehand.
QUESTIONS = 3


def words(participant, *, by):
    """The letter as it would be given now. `participant` is a relative who is invited."""
    conversation = participant.conversation
    resident = conversation.resident
    home = resident.department.home
    now = localtime(clock.now())
    with translation.override("da"):
        return {
            "home": home.name,
            "department": resident.department.name,
            "home_address": home.address,
            "phone": home.phone,
            "hours": _sentence(home.opening_hours),
            "day": days.day(now),
            "to": _to(participant.relation.relative),
            "resident": resident.short_name,
            "has_moved_in": resident.has_moved_in,
            "by_law": participant.by_law,
            "interpreter": participant.relation.relative.interpreter,
            "when": _when(conversation.planned_at),
            "place": conversation.place,
            "from": str(conversation.chair or by),
            "sections": [
                str(section)
                for section in asked_sections(conversation.template)
                if not section.minors_only or resident.is_minor
            ],
            "questions": [
                str(asked.text)
                for asked in preparing.asked_of(participant.relation_id)[:QUESTIONS]
            ],
            "written": now.isoformat(timespec="seconds"),
        }


def _to(relative):
    return {
        "name": str(relative),
        "given_name": relative.given_name,
        "lines": relative.envelope_lines,
    }


def _sentence(text):
    text = text.strip()
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def _when(moment):
    weekday = WEEKDAYS[localtime(moment).weekday()]
    return _("%(weekday)s %(moment)s") % {
        "weekday": weekday,
        "moment": days.moment(moment),
    }
