"""Who can see one thing that a resident shares, and why; and who cannot, and why not.

Asked of the gate (residents.access.opening): what is said here is what is so. For the
resident and for staff; one relative never learns of another.
"""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consent.models import Consent
from portal import clock
from relatives.models import Relation, Representation
from residents.access import opening, topic_grants
from residents.models import Grant, Resident


@dataclass(frozen=True)
class Reader:
    """One of the registered relatives, and in words why they see it, or do not."""

    relation: Relation
    why: list[str]


@dataclass(frozen=True)
class Readers:
    resident: Resident
    # Drawn for the resident: in words for them.
    to_resident: bool
    see: list[Reader] = field(default_factory=list)
    do_not: list[Reader] = field(default_factory=list)


def of(row, *, to_resident):
    """Every standing relative of the row's resident, on one side or the other."""
    grounds = _grounds(opening(row))
    later = dict(
        topic_grants(row.resident, row.topic)
        .filter(since__gt=row.recorded_at)
        .values_list("user", "since")
    )
    words = _Words(grounds, to_resident=to_resident)
    known = Readers(row.resident, to_resident)
    for relation in (
        row.resident.relations.standing()
        .select_related("relative__user")
        .order_by("relative__given_name", "relative__family_name", "pk")
    ):
        user = relation.relative.user_id
        if user in grounds:
            known.see.append(Reader(relation, words.why(grounds[user])))
        else:
            why_not = _why_not(relation.relative, later.get(user), row)
            known.do_not.append(Reader(relation, [why_not]))
    return known


def _grounds(grants):
    """User's number to the grounds that open it: (ground, number of its row)."""
    grounds = {}
    for user, *ground in grants.values_list("user", "ground", "ground_id"):
        grounds.setdefault(user, set()).add(tuple(ground))
    return grounds


class _Words:
    """The grounds in words, all their rows read at once."""

    def __init__(self, grounds, *, to_resident):
        every = set().union(*grounds.values())
        consents = [pk for ground, pk in every if ground == Grant.Ground.CONSENT]
        laws = [pk for ground, pk in every if ground != Grant.Ground.CONSENT]
        self.consents = Consent.objects.in_bulk(consents)
        self.laws = Representation.objects.in_bulk(laws)
        self.to_resident = to_resident

    def why(self, grounds):
        return [
            self._consent(self.consents[pk])
            if ground == Grant.Ground.CONSENT
            else self._law(self.laws[pk])
            for ground, pk in sorted(grounds)
        ]

    def _consent(self, consent):
        day = {"day": date_format(consent.last_day)}
        if self.to_resident:
            return _("You have said yes, until and including %(day)s.") % day
        return _("consent until and including %(day)s") % day

    def _law(self, representation):
        kind = {"kind": representation.get_kind_display()}
        if self.to_resident:
            return _("The law says so: %(kind)s.") % kind
        if representation.ends_on:
            kind["day"] = date_format(representation.ends_on)
            return _("%(kind)s until and including %(day)s") % kind
        return kind["kind"]


def _why_not(relative, later, row):
    if getattr(row, "recalled_at", None):
        return _("taken back")
    if later:
        day = date_format(later.astimezone(clock.DENMARK))
        return _("sees only what was written from %(day)s on") % {"day": day}
    if relative.user is None or not relative.user.is_active:
        return _("has no log-in")
    if relative.confidentiality_accepted_at is None:
        return _("has not read about confidentiality yet")
    return _("it is not shared with them")
