"""What is open to a relative, why, and since when: for the relative, and for `portal.rooms`."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal import rooms
from relatives.models import Representation
from residents import ledger
from residents.access import topics_shared_with
from residents.models import Grant, Resident
from residents.topics import Topic


def to(user):
    """(who shares what, and why; the residents by number). It is logged."""
    shared = topics_shared_with(user)
    residents = Resident.objects.visible_to(user).in_bulk(
        {resident for resident, _topic, _ground in shared}
    )
    ledger.read(user, residents.values())
    return shared, residents


def reasons(resident, shared, said_yes):
    """(why, topics) for each ground on which this resident's topics are open."""
    order = list(Topic)
    why = {
        Grant.Ground.CONSENT: _("%(name)s has decided this.")
        % {"name": resident.short_name},
        Grant.Ground.CUSTODY: _("You have custody."),
        Grant.Ground.REPRESENTATION: _("You represent %(name)s by law.")
        % {"name": resident.short_name},
    }
    mine = [(Topic(topic), ground) for r, topic, ground in shared if r == resident.pk]
    return [
        (
            sentence,
            [
                _named(topic, ground, said_yes.get((resident.pk, topic)))
                for topic in sorted(
                    {t for t, g in mine if g == ground}, key=order.index
                )
            ],
        )
        for ground, sentence in why.items()
        if any(g == ground for _t, g in mine)
    ]


def _named(topic, ground, day):
    if ground != Grant.Ground.CONSENT or day is None:
        return topic.label
    return _("%(topic)s (since %(day)s)") % {
        "topic": topic.label,
        "day": date_format(day, "DATE_FORMAT"),
    }


def stands_as(user):
    """A relative, or one for whom the law opens something today."""
    relative = getattr(user, "relative", None)
    if not relative:
        return []
    rows = Representation.objects.filter(
        relation__relative=relative, relation__ended_at=None
    ).select_related("relation__resident")
    acts = any(row.holds_today for row in rows)
    return ["representative" if acts else "relative"]


def opens(user):
    """For the first page after logging in: (the resident's name, sentences)."""
    if not getattr(user, "relative", None):
        return
    shared, residents = to(user)
    said_yes = rooms.said_yes(user)
    for resident in sorted(residents.values(), key=str):
        yield (
            resident.short_name,
            [
                _("You may see: %(topics)s. %(why)s")
                % {"topics": ", ".join(map(str, topics)), "why": why}
                for why, topics in reasons(resident, shared, said_yes)
            ],
        )
