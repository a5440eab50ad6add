"""The agreements of a conversation, as rows of its paper."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meetings.papers import days
from relatives.models import Agreement, Doer, Part, Review

# What is shorter is not broken over two pages.
SHORT = 400


def of(conversation, *, by):
    """The agreements made, each as it reads today, with who helps and how it went."""
    made = list(conversation.agreements_made.values_list("agreement", flat=True))
    everyone = Agreement.objects.filter(resident=conversation.resident)
    older = dict(everyone.filter(replaces__isnull=False).values_list("pk", "replaces"))
    newer = {before: after for after, before in older.items()}
    newest = {}
    for number in made:
        latest = number
        while latest in newer:
            latest = newer[latest]
        newest[number] = latest
    rows = (
        everyone.with_too_much(by)
        .select_related("responsible_relative", "resident__contact_person")
        .in_bulk(newest.values())
    )
    helpers, results = _helpers(rows, by=by), _results(older, rows)
    return [
        _row(rows[latest], first)
        | {"helpers": helpers.get(latest, []), "results": results.get(latest, [])}
        for first, latest in newest.items()
    ]


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
        "area": capfirst(str(agreement.get_topic_display())),
        "at": agreement.recorded_at.isoformat(),
        "text": agreement.text,
        "goal": agreement.goal,
        "responsible": _name(
            agreement,
            agreement.responsible,
            agreement.responsible_relative,
            other=agreement.responsible_other,
            handed_back=agreement.handed_back,
        ),
        "relative": agreement.responsible_relative_id,
        "due": days.short(agreement.due_on) or _("ongoing"),
        "follow_up": days.short(agreement.follow_up_on) or "–",
        "state": state,
        "short": len(agreement.text) <= SHORT,
    }


def _helpers(agreements, *, by):
    """An agreement's number: who helps, with what."""
    found = {}
    parts = Part.objects.filter(agreement__in=agreements).with_too_much(by)
    for part in parts.select_related("relative"):
        agreement = agreements[part.agreement_id]
        who = _name(agreement, part.who, part.relative, handed_back=part.handed_back)
        found.setdefault(part.agreement_id, []).append(
            {"who": who, "task": part.task, "relative": part.relative_id}
        )
    return found


def _results(older, agreements):
    """An agreement's number: how it went, also when it still read otherwise."""
    latest = {}
    for number in agreements:
        version = number
        while version:
            latest[version] = number
            version = older.get(version)
    found = {}
    looks = Review.objects.filter(agreement__in=latest).order_by("recorded_at", "pk")
    for look in looks:
        found.setdefault(latest[look.agreement_id], []).append(
            {
                "day": days.day(look.recorded_at),
                "kept": str(look.get_was_kept_display()),
                "why": look.why,
                "outcome": str(look.get_outcome_display()),
                "next": days.day(look.next_on) if look.next_on else "",
                # Of the version that stands, whose topic and day the row has.
                "is_of_this": look.agreement_id == latest[look.agreement_id],
            }
        )
    return found


def _name(agreement, who, relative, *, other="", handed_back=False):
    """Who does it, with every name: the paper is decided about afterwards."""
    if handed_back:
        return capfirst(_("the home, for now"))
    if who == Doer.RELATIVE:
        return str(relative)
    if who == Doer.RESIDENT:
        return agreement.resident.short_name
    if who == Doer.OTHER and other:
        return other
    contact_person = agreement.resident.contact_person
    if who == Doer.CONTACT_PERSON and contact_person:
        named = _("the contact person, %(name)s") % {"name": contact_person}
        return capfirst(named)
    return capfirst(str(Doer(who).label))
