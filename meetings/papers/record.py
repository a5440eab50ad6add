"""The record of a conversation, and the empty form with the same questions.

Whom the home calls and who may know what are papers of their own (relatives.chain_paper,
consent.record): they say what holds today, and a version of the record never changes.
"""

from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from meetings import sheet
from meetings.models import Answer, Question
from meetings.papers import agreements, days, together
from meetings.papers.agreements import SHORT

TEMPLATE = "pdf/move_in.html"
# Empty rows for writing by hand.
BY_HAND = {"participants": 7, "wishes": 5, "agreements": 10, "signers": 5}


def record(conversation, *, by, at):
    """The words of the record, as they read at this moment."""
    with translation.override("da"):
        pages = sheet.of(conversation)
        participants = list(conversation.participants.with_names())
        department = conversation.resident.department
        return _about_the_home(department.home, conversation.template) | {
            "blank": False,
            "department": department.name,
            "resident": str(conversation.resident),
            "held_on": days.day(conversation.held_at),
            "facts": _facts(conversation),
            "participants": [_participant(person) for person in participants],
            "participation": conversation.get_participation_display(),
            "participation_note": conversation.participation_note,
            "prominent": [
                _line(line)
                for page in pages
                for line in page.lines
                if line.question.prominent and _was_said(line)
            ],
            "sections": _sections(pages, _was_said_aloud),
            "untouched": _untouched(pages),
            "wishes": together.wishes(conversation.resident, by=by),
            "agreements": agreements.of(conversation, by=by),
            "first_talks": together.talks(conversation),
            "signers": _signers(conversation, participants),
            "printed_at": days.moment(at),
            "printed_by": str(by),
            "written": localtime(at).isoformat(timespec="seconds"),
        }


def blank(template, home):
    """The words of the empty form, for writing by hand."""
    with translation.override("da"):
        pages = sheet.blank(template)
        return _about_the_home(home, template) | {
            "blank": True,
            "sections": _sections(pages, lambda line: not _is_for_staff(line)),
            "staff_sections": _sections(pages, _is_for_staff),
            "written": f"{template.dated}T12:00:00+01:00",
            **{name: list(range(1, rows + 1)) for name, rows in BY_HAND.items()},
        }


def _about_the_home(home, template):
    return {
        "home": home.name,
        "phone": home.phone,
        "version": template.version or _("draft"),
    }


def _facts(conversation):
    """Two tables: whom it is about, and when and by whom it was held."""
    resident, minutes = conversation.resident, conversation.minutes
    return [
        [
            (_("Resident"), str(resident)),
            (_("Likes to be called"), resident.called),
            (_("Born"), days.day(resident.born_on)),
            (_("Moves in"), days.day(resident.moved_in_on)),
            (_("Contact person"), str(resident.contact_person or "")),
        ],
        [
            (_("Held"), days.moment(conversation.held_at)),
            (_("Place"), conversation.place),
            (_("Lasted"), _("%(count)s minutes") % {"count": minutes or "–"}),
            (_("Chair"), str(conversation.chair or "")),
            (_("Minute taker"), str(conversation.minute_taker or "")),
        ],
    ]


def _participant(person):
    accepted = "–"
    if person.by_law:
        accepted = _("Holds custody")
    elif person.accepted_on:
        accepted = _("Yes, %(day)s") % {"day": days.day(person.accepted_on)}
    return {
        "name": str(person),
        "capacity": person.capacity,
        "accepted": accepted,
        "attendance": person.get_attendance_display().capitalize(),
    }


def _is_for_staff(line):
    return line.question.audience == Question.Audience.STAFF


def _was_said(line):
    return line.is_answered and not line.answer.not_relevant


def _was_said_aloud(line):
    """Staff's notes to themselves stay in the house."""
    return line.is_answered and not _is_for_staff(line)


def _sections(pages, belongs):
    return [
        {
            "title": str(page.section),
            "intro": page.section.introduction,
            "minors_only": page.section.minors_only,
            "lines": [
                _line(line) | {"key": f"{page.section.key}/{line.question.key}"}
                for line in lines
            ],
        }
        for page in pages
        if (lines := [line for line in page.lines if belongs(line)])
    ]


def _line(line):
    """A question with its answer, or with room for one."""
    question, answer = line.question, line.answer
    words = {
        "question": str(question),
        "audience": question.audience,
        "topic": question.topic,
        "options": [str(word) for _value, word in question.options],
        "is_date": question.kind == Question.Kind.DATE,
        # Ticked or dated on the line of the question itself.
        "is_brief": question.kind in (Question.Kind.YES_NO, Question.Kind.DATE),
        "rules": question.lines,
    }
    if answer:
        words |= {
            "at": answer.recorded_at.isoformat(),
            "said": answer.value_in_words,
            "text": answer.text,
            "not_relevant": answer.not_relevant,
            "answered_by": _answered_by(answer),
            "of_relatives": answer.answered_by == Answer.AnsweredBy.RELATIVE,
            "own": answer.answered_by == Answer.AnsweredBy.RESIDENT,
            "short": len(answer.text) <= SHORT,
        }
    return words


def _answered_by(answer):
    return str(answer.get_answered_by_display()) if answer.answered_by else ""


def _untouched(pages):
    """What was not talked about, section by section: a gap that is not hidden."""
    return [
        {
            "title": str(page.section),
            "questions": [str(line.question) for line in lines],
        }
        for page in pages
        if (
            lines := [
                line
                for line in page.lines
                if not line.is_answered and not _is_for_staff(line)
            ]
        )
    ]


def _signers(conversation, participants):
    """The resident, those of the family who were there, and the home."""
    relatives = [
        {"role": person.capacity, "name": str(person)}
        for person in participants
        if person.relation_id and (person.was_there or not person.attendance)
    ]
    return [
        {"role": _("Resident"), "name": str(conversation.resident)},
        *relatives,
        {"role": _("For the home"), "name": str(conversation.chair or "")},
        {"role": _("Minute taker"), "name": str(conversation.minute_taker or "")},
    ]
