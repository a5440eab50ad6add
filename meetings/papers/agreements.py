"""The agreements of a conversation, as rows of its paper."""

from django.utils.translation import gettext as _

from meetings.papers import days
from relatives.models import Agreement

# What is shorter is not broken over two pages.
SHORT = 400


def of(conversation):
    """The agreements made, each as it reads today."""
    made = list(conversation.agreements_made.values_list("agreement", flat=True))
    everyone = Agreement.objects.filter(resident=conversation.resident)
    newer = dict(everyone.filter(replaces__isnull=False).values_list("replaces", "pk"))
    newest = {}
    for number in made:
        latest = number
        while latest in newer:
            latest = newer[latest]
        newest[number] = latest
    rows = everyone.select_related("responsible_relative").in_bulk(newest.values())
    return [_row(rows[latest], first) for first, latest in newest.items()]


def _row(agreement, first):
    if agreement.ended_on:
        state = _("Ended")
    elif agreement.done_on:
        state = _("Done")
    else:
        state = _("Agreed")
    return {
        # Its first version: what it is recognised by when it has been changed.
        "agreement": first,
        "topic": agreement.topic,
        "at": agreement.recorded_at.isoformat(),
        "text": agreement.text,
        "responsible": responsible(agreement),
        "relative": agreement.responsible_relative_id,
        "due": days.short(agreement.due_on) or _("ongoing"),
        "follow_up": days.short(agreement.follow_up_on) or "–",
        "state": state,
        "short": len(agreement.text) <= SHORT,
    }


def responsible(agreement):
    """Who sees to it, with every name."""
    kind = agreement.Responsible
    if agreement.responsible == kind.RELATIVE:
        return str(agreement.responsible_relative)
    if agreement.responsible == kind.RESIDENT:
        return agreement.resident.short_name
    if agreement.responsible == kind.OTHER:
        return agreement.responsible_other
    word = agreement.get_responsible_display()
    return word[:1].upper() + word[1:]
