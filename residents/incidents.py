"""Something went wrong with people's data: the report, what is done about it, and the clock.

GDPR art. 33: the authority is told within 72 hours of the discovery, unless a risk to the
people is unlikely; and everything is documented.
"""

import datetime as dt

from django.db import transaction

from portal import audit, clock, outbox
from portal.models import Employment, User
from residents.models import Incident, IncidentStep

# Reminded of when so many hours are left, as long as nothing has been decided.
REMINDED = (24, 6, 0)


def home_of(user):
    """The home in which the user may report something: where they work, or protect data."""
    if user.employments_in_force:
        return user.employments_in_force[0].home
    return next(iter(user.homes_protected), None)


def can_decide(user, incident):
    """Whoever protects the home's data; and whoever runs it, for they answer for it."""
    return incident.home in user.homes_protected or user.runs(incident.home)


@transaction.atomic
def report(*, uuid, home, by, **said):
    """Something went wrong. The same uuid is the same report."""
    incident, is_new = Incident.objects.get_or_create(
        uuid=uuid, defaults={"home": home, "reported_by": by, **said}
    )
    if is_new:
        audit.record("incident.reported", by=by, about=incident)
        _tell(incident, "reported")
    return incident


@transaction.atomic
def add_step(incident, *, uuid, kind, text, by, lookup=None):
    """What was judged or done. The same uuid is the same step."""
    step, is_new = IncidentStep.objects.get_or_create(
        uuid=uuid,
        defaults={
            "incident": incident,
            "kind": kind,
            "text": text,
            "by": by,
            "lookup": lookup,
        },
    )
    if is_new:
        audit.record("incident.step", by=by, about=incident, kind=kind)
    return step


def remind():
    """Tell those who decide that the clock runs, at most once for each mark."""
    now = clock.now()
    for incident in Incident.objects.undecided().select_related("home"):
        for hours in REMINDED:
            if now >= incident.due_at - dt.timedelta(hours=hours):
                last = hours
        if now >= incident.due_at - dt.timedelta(hours=REMINDED[0]):
            _tell(incident, f"left-{last}")


def _tell(incident, mark):
    outbox.post_to_all(
        "incident",
        to=_deciding(incident.home),
        key=f"incident:{incident.pk}:{mark}",
        incident=incident.pk,
    )


def _deciding(home):
    jobs = Employment.objects.protecting() | Employment.objects.in_force().filter(
        role=Employment.Role.CENTRE_MANAGER
    )
    return list(User.objects.filter(pk__in=jobs.filter(home=home).values("user")))
