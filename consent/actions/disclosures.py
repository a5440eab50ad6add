"""What was told without consent, and the duty to tell the resident of it."""

from django.db import transaction

from consent.models import DutyMet, UnconsentedDisclosure
from portal import audit
from residents.models import Resident
from residents.topics import HEALTH_TOPICS


class OvertakenDisclosure(Exception):
    """Somebody has corrected it meanwhile, or has told the resident of it."""


@transaction.atomic
def record_disclosure(*, resident, uuid, by, corrects=None, **said):
    """Record one disclosure that no consent covers. It opens no access to anybody.

    The same uuid is the same row. `corrects` is the version that this one puts right.
    Raises ValueError if the ground does not fit the topics or the relation is another
    resident's, and OvertakenDisclosure if somebody has corrected it first.
    """
    # Two at once come one after the other.
    Resident.objects.select_for_update().get(pk=resident.pk)
    known = UnconsentedDisclosure.objects.filter(uuid=uuid, resident=resident).first()
    if known:
        return known
    relation = said.get("relation")
    if relation and relation.resident_id != resident.pk:
        raise ValueError("The relative is another resident's.")
    if not said["topics"] or not _fits(said["ground"], said["topics"]):
        raise ValueError("The ground does not fit the topics.")
    if corrects and UnconsentedDisclosure.objects.filter(corrects=corrects).exists():
        raise OvertakenDisclosure
    row = UnconsentedDisclosure.objects.create(
        resident=resident, uuid=uuid, corrects=corrects, recorded_by=by, **said
    )
    audit.record(
        "disclosure.corrected" if corrects else "disclosure.recorded",
        by=by,
        about=row,
        topics=row.topics,
        ground=row.ground,
    )
    return row


def _fits(ground, topics):
    """Health rests on the Health Act, all else on another; a mistake on nothing."""
    if ground == UnconsentedDisclosure.Ground.MISTAKE:
        return True
    of_health = ground in UnconsentedDisclosure.OF_HEALTH
    return of_health == bool(set(topics) & set(HEALTH_TOPICS))


@transaction.atomic
def meet_duty(disclosure, *, kind, how, told_on=None, by):
    """The resident was told on that day; or the law lets us not, for this reason.

    Once: said again by a second press it is the same. Raises OvertakenDisclosure if it
    has been corrected, or met otherwise, meanwhile.
    """
    UnconsentedDisclosure.objects.select_for_update().get(pk=disclosure.pk)
    if UnconsentedDisclosure.objects.filter(corrects=disclosure).exists():
        raise OvertakenDisclosure
    met, created = DutyMet.objects.get_or_create(
        disclosure=disclosure,
        defaults={"kind": kind, "how": how, "told_on": told_on, "recorded_by": by},
    )
    if created:
        audit.record("disclosure.told", by=by, about=disclosure, kind=kind)
    elif (met.kind, met.how, met.told_on) != (kind, how, told_on):
        raise OvertakenDisclosure
    return met
