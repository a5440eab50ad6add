"""What comes next with a conversation, so that nobody must know the way beforehand."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings import policy, sheet
from portal import clock


@dataclass(frozen=True)
class Step:
    """One thing to do, and the button that does it."""

    text: str
    label: str
    url: str
    # The button sends something, and does not only lead on.
    sends: bool = False


def of(user, conversation, *, pages, participants, printouts):
    """The next step for this user, or None if it is somebody else's.

    `printouts`: the latest first, each with `handed`, how many have got it.
    """
    if conversation.status == conversation.Status.HELD:
        return _afterwards(user, conversation, printouts)
    if not participants and policy.can_choose_participants(user, conversation):
        return Step(
            _("Ask %(name)s who is to be there. Then choose who takes part.")
            % {"name": conversation.resident.short_name},
            _("Choose participants"),
            reverse("meetings:participants", args=[conversation.uuid]),
        )
    if not policy.can_write(user, conversation):
        return None
    return _talking(user, conversation, pages)


def _talking(user, conversation, pages):
    if conversation.planned_at > clock.now() and not sheet.count(pages)[0]:
        return Step(
            _("Prepare %(name)s for it, in easy words and in good time.")
            % {"name": conversation.resident.short_name},
            _("Prepare together with the resident"),
            reverse("meetings:prepare-together", args=[conversation.uuid]),
        )
    missing = sheet.missing(pages)
    if not missing and policy.can_finish(user, conversation):
        return Step(
            _("Everything that must be answered is. Talk on, or finish."),
            _("Finish the conversation"),
            reverse("meetings:finish", args=[conversation.uuid]),
        )
    page = next((page for page in pages if not page.is_complete), None)
    if page is None:
        return None
    return Step(
        _("Answer the sections together. Those marked must be answered, the rest may.")
        if missing
        else _("Everything that must be answered is."),
        _("Go on with: %(section)s") % {"section": page.section},
        reverse("meetings:section", args=[conversation.uuid, page.section.key]),
    )


def _afterwards(user, conversation, printouts):
    if not policy.can_print(user, conversation):
        return None
    if not printouts:
        return Step(
            _(
                "Print the record. It is kept as version 1, and those who were there sign it."
            ),
            _("Print the record (PDF)"),
            reverse("meetings:record-print", args=[conversation.uuid]),
            sends=True,
        )
    latest = printouts[0]
    if not latest.handed:
        return Step(
            _("Version %(number)s is printed. Who is to have it, or an extract of it?")
            % {"number": latest.number},
            _("Sign it and hand it out"),
            reverse("meetings:version", args=[latest.uuid]),
        )
    return Step(
        _(
            "The record is handed out. See whether the relatives agree to the agreements."
        ),
        _("See the agreements"),
        reverse("relatives:resident-agreements", args=[conversation.resident.uuid]),
    )
