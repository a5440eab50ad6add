"""What the law lets be recorded of custody, guardianship and powers of attorney.

Sources: forældreansvarsloven §§ 1-3 (custody), værgemålsloven §§ 5-7 (guardianship), lov om
fremtidsfuldmagter (in force only with the authority's document).
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from portal import clock
from relatives.models import Representation
from residents.topics import Topic

Kind = Representation.Kind
# Those that are about the topics they name; the others are about what the law says.
NAMED = (Kind.PERSONAL, Kind.FUTURE_POWER)


def faults(relation, *, uuid=None, **said):
    """(field, why not) for everything that stands in the way of recording it.

    `said` are the fields of a Representation that could be read; `uuid` is the row that
    it may have become already, by a first press of the button.
    """
    kind = said.get("kind")
    if relation.ended_at:
        yield None, _("%(name)s is no longer a relative here.") % _names(relation)
    if not kind:
        return
    if relation.relative.is_minor:
        yield "kind", _("Somebody under 18 cannot represent the resident.")
    yield from _in_time(relation, **said)
    yield from about(kind, said.get("topics", []))
    yield from shown(kind, said)
    yield from _beside_others(relation, uuid=uuid, **said)


def _names(relation):
    return {
        "name": relation.relative.given_name,
        "resident": relation.resident.short_name,
    }


def _in_time(relation, *, kind, starts_on=None, ends_on=None, **more):
    resident = relation.resident
    grown_up_on = clock.birthday(resident.born_on, 18)
    starts_on = starts_on or clock.today()
    if ends_on and ends_on < starts_on:
        yield "ends_on", _("The last day lies before the first.")
    if kind in Representation.CUSTODY:
        if not resident.is_minor:
            yield (
                "kind",
                _("%(resident)s is 18, so nobody has custody.") % _names(relation),
            )
        elif starts_on >= grown_up_on:
            yield "starts_on", _("%(resident)s is 18 on that day.") % _names(relation)
    elif starts_on < grown_up_on:
        # Below 18 those with custody are the guardians (værgemålsloven § 1).
        yield (
            "starts_on",
            _("%(resident)s is under 18 on that day, and those with custody decide.")
            % _names(relation),
        )


def about(kind, topics):
    """(field, why not): what it would be about, against what the law gives.

    A scope beyond what the law gives is an error, not a wish (R20, R22 of the rules).
    """
    if kind in NAMED:
        if not topics:
            yield "topics", _("Choose what it is about.")
        if kind == Kind.PERSONAL and Topic.ECONOMY in topics:
            yield (
                "topics",
                _(
                    "A personal guardian has nothing to do with the economy. Record an economic guardianship too."
                ),
            )
    elif kind in Representation.CUSTODY and topics:
        yield "topics", _("Custody is about everything. Choose no topics.")
    elif set(topics) - {Topic.ECONOMY}:
        yield "topics", _("This guardianship is about the economy alone.")


def shown(kind, said):
    """Nothing but a document shows a guardianship; custody is what most parents have."""
    dated = said.get("document_date")
    if dated and dated > clock.today():
        yield "document_date", _("The day lies ahead.")
    if kind in Representation.CUSTODY:
        return
    if "document" in said and not said["document"]:
        yield "document", _("Write which document you have seen.")
    if "document_date" in said and not dated:
        yield "document_date", _("Write the date that stands on the document.")


def _beside_others(relation, *, kind, uuid=None, starts_on=None, ends_on=None, **more):
    """What holds for others, or for the same person, in the same days."""
    starts_on = starts_on or clock.today()
    same_days = Representation.objects.not_in_error().filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on),
        relation__resident=relation.resident_id,
        relation__ended_at=None,
    )
    if ends_on:
        same_days = same_days.filter(starts_on__lte=ends_on)
    beside = list(same_days.exclude(uuid=uuid).values_list("relation", "kind"))
    if (relation.pk, kind) in beside:
        yield "kind", _("This is recorded already, for some of the same days.")
        return
    if kind not in Representation.CUSTODY:
        return
    others = [
        held
        for row, held in beside
        if held in Representation.CUSTODY and row != relation.pk
    ]
    if Kind.SOLE_CUSTODY in others or (kind == Kind.SOLE_CUSTODY and others):
        yield (
            "kind",
            _(
                "Somebody else is registered with custody, and sole custody has one holder only."
            ),
        )
    elif len(others) > 1:
        yield "kind", _("Custody is shared by two, and two are registered.")
    if any(
        held in Representation.CUSTODY for row, held in beside if row == relation.pk
    ):
        yield (
            "kind",
            _("%(name)s is registered with the other kind of custody. End that first.")
            % _names(relation),
        )
    other = [more.get("other_holder"), more.get("other_holder_name")]
    if kind == Kind.SHARED_CUSTODY and not any(other):
        yield "other_holder", _("Say who the other holder of custody is.")
