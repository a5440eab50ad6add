"""The days on which something may open or close by itself: by date arithmetic alone.

Only where to look. What truly changes then, consent.ahead.forecast asks the views.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from consent.models import Consent
from portal import clock
from relatives.models import Representation
from residents.models import Resident

A_DAY = dt.timedelta(days=1)
# Soon enough to have the talk in peace.
SOON = dt.timedelta(days=60)


@dataclass(frozen=True, order=True)
class Turn:
    """Something that happens on a day without anybody doing anything."""

    day: dt.date
    resident_id: int
    kind: str
    why: str

    @property
    def is_birthday(self):
        return self.kind in ("turns_15", "turns_18")


def birthdays(residents, first, last):
    """Those who turn 15 or 18 between two days, both included."""
    for resident in residents:
        for age in (15, 18):
            day = clock.birthday(resident.born_on, age)
            if first <= day <= last:
                why = {
                    15: _(
                        "%(name)s turns 15, and from then on decides about their own health."
                    ),
                    18: _("%(name)s turns 18. Custody ends."),
                }[age]
                yield Turn(
                    day,
                    resident.pk,
                    f"turns_{age}",
                    why % {"name": resident.short_name},
                )


def representations(residents):
    """What the law opens about these residents."""
    return (
        Representation.objects.not_in_error()
        .filter(relation__resident__in=residents, relation__ended_at=None)
        .select_related("relation__relative")
    )


def of_law(representations, first, last):
    """Custody, guardianships and powers that begin or end between two days."""
    for row in representations:
        what = {"who": row.relation.relative, "kind": row.get_kind_display()}
        days = [(row.starts_on, "law_begins", _("%(who)s: %(kind)s begins.") % what)]
        if row.ends_on:
            why = _("%(who)s: %(kind)s ends.") % what
            days.append((row.ends_on + A_DAY, "law_ends", why))
        for day, kind, why in days:
            if first <= day <= last:
                yield Turn(day, row.relation.resident_id, kind, why)


def of_consents(residents, first, last):
    """Each yes that begins or ends between two days."""
    rows = Consent.objects.standing().filter(
        relation__resident__in=residents,
        relation__ended_at=None,
        answer=Consent.Answer.YES,
        ends_at__gt=clock.now(),
    )
    for row in rows.select_related("relation__relative"):
        who = {"who": row.relation.relative}
        days = [
            (row.starts_at, "consent_begins", _("A yes to %(who)s begins.") % who),
            (row.ends_at, "consent_ends", _("A yes to %(who)s runs out.") % who),
        ]
        for instant, kind, why in days:
            day = instant.astimezone(clock.DENMARK).date()
            if instant > clock.now() and first <= day <= last:
                yield Turn(day, row.relation.resident_id, kind, why)


def of_moving(residents, first, last):
    for resident in residents:
        day = resident.moved_out_on
        if day and first <= day <= last:
            why = _("%(name)s moves out.") % {"name": resident.short_name}
            yield Turn(day, resident.pk, "moves_out", why)


def turns(residents, last):
    """Everything that may open or close for these residents, until that day."""
    first = clock.today()
    found = {
        *birthdays(residents, first, last),
        *of_law(representations(residents), first, last),
        *of_consents(residents, first, last),
        *of_moving(residents, first, last),
    }
    return sorted(found)


def soon_by_law(residents, representations, within=SOON):
    """What the law alone changes soon: birthdays, and what begins or ends."""
    first, last = clock.today(), clock.today() + within
    young = [resident for resident in residents if resident.is_minor]
    return sorted(
        {*birthdays(young, first, last), *of_law(representations, first, last)}
    )


def residents_of_interest(user):
    """Whose changes the user prepares: a manager those of the departments, others those
    whose contact person they are."""
    cared_for = Resident.objects.cared_for_by(user).living_here()
    if any(job.is_manager for job in user.employments_in_force):
        return cared_for
    return cared_for.filter(contact_person=user)


def with_a_turn(residents):
    """Those for whom the law alone may change anything: the young, and the represented."""
    represented = Representation.objects.not_in_error().filter(
        relation__resident=OuterRef("pk"), relation__ended_at=None
    )
    # A few days too many: who is how old is not counted here.
    young = Q(born_on__gt=clock.today() - dt.timedelta(days=18 * 366))
    return residents.filter(young | Exists(represented))
