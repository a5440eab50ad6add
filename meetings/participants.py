"""Whom one may invite: those the resident has accepted, and who works with the resident."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.timezone import localdate

from consent.models import Consent
from portal import clock
from portal.models import Employment
from relatives.models import Relation, Representation


@dataclass(frozen=True)
class Acceptance:
    """What the resident has said to one relative's taking part in meetings."""

    relation: Relation
    consent: Consent | None = None
    by_law: bool = False
    said_no: bool = False

    @property
    def must_be_asked(self):
        return not (self.consent or self.by_law or self.said_no)

    def ground(self, accepted_on):
        """What an invitation rests on (actions.planning.choose_participants)."""
        if self.by_law:
            return {"by_law": True}
        if self.consent:
            given = localdate(self.consent.given_at)
            return {"consent": self.consent, "accepted_on": given}
        return {"accepted_on": accepted_on}


def acceptances(user, resident):
    """One for each of the resident's own people. Three queries."""
    answers = {}
    for answer in Consent.objects.standing().filter(
        relation__resident=resident,
        action=Consent.Action.TAKE_PART,
        starts_at__lte=clock.now(),
        ends_at__gt=clock.now(),
    ):
        answers.setdefault(answer.relation_id, []).append(answer)
    custody = _holders_of_custody(resident)
    relations = (
        Relation.objects.visible_to(user)
        .filter(resident=resident)
        .standing()
        .select_related("relative")
    )
    return [
        Acceptance(
            relation=relation,
            consent=_first(answers.get(relation.pk, []), Consent.Answer.YES),
            said_no=bool(_first(answers.get(relation.pk, []), Consent.Answer.NO)),
            by_law=relation.pk in custody,
        )
        for relation in relations
    ]


def colleagues(department):
    """Those who work in the department today or lead the home, each once, with a job."""
    leads = Q(home=department.home_id, role=Employment.Role.CENTRE_MANAGER)
    return _with_a_job(Q(department=department) | leads)


def colleagues_at(places):
    """The same for several places: departments, or whole homes."""
    there = Q(pk__in=[])
    for place in places:
        home = getattr(place, "home_id", None)
        leads = Q(home=home, role=Employment.Role.CENTRE_MANAGER)
        there |= Q(department=place.pk) | leads if home else Q(home=place)
    return _with_a_job(there)


def _with_a_job(where):
    jobs = Employment.objects.in_force().filter(where).select_related("user")
    return {job.user: job for job in jobs}


def _first(answers, kind):
    return next((answer for answer in answers if answer.answer == kind), None)


def _holders_of_custody(resident):
    """While the resident is a child, they take part by law."""
    if not resident.is_minor:
        return set()
    today = clock.today()
    return set(
        Representation.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=today),
            relation__resident=resident,
            kind__in=Representation.CUSTODY,
            starts_on__lte=today,
            in_error_at=None,
        ).values_list("relation", flat=True)
    )
