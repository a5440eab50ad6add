"""Talks to have: what lapses soon, has lapsed, or was to be asked about again.

A consent is never renewed by the portal. It only says, in good time and calmly, whom it
is time to talk with about whom.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Min, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consent.models import Consent
from portal import clock
from relatives.models import Relation
from residents.models import Grant, Resident

WITHIN_DAYS = (7, 30, 60)


@dataclass(frozen=True)
class Talk:
    """What to ask one resident about one relative."""

    relation: Relation
    consents: tuple[Consent, ...]
    topics: str
    # When the first of them ends, or ended, or was to be asked again.
    when: str
    # Since when the oldest of them has held.
    since: str
    badge: str
    badge_kind: str


def due(user, days):
    """The standing answers to talk about within so many days, at the user's work.

    A yes that ends or has ended, also with the right of whoever gave it. And a no or a
    not-yet on the day that was agreed, or, if none was, when a yes would have ended:
    people change their minds.
    """
    now, today = clock.now(), clock.today()
    ends = Q(answer=Consent.Answer.YES) & (
        Q(ends_at__lte=now + dt.timedelta(days=days))
        | Q(holds=False, starts_at__lte=now)
    )
    again = ~Q(answer=Consent.Answer.YES) & (
        Q(ask_again_on__lte=today) | Q(ask_again_on=None, ends_at__lte=now)
    )
    return (
        Consent.objects.visible_to(user)
        # What is about oneself is in sight too, and no work.
        .exclude(relation__resident__user=user)
        .standing()
        .with_holds()
        .filter(
            ends | again,
            Q(relation__resident__moved_out_on=None)
            | Q(relation__resident__moved_out_on__gt=today),
            relation__ended_at=None,
        )
        .order_by("ends_at", "pk")
    )


def residents_of(consents):
    """The numbers of the residents, whoever has the most urgent answer first."""
    return (
        consents.order_by()
        .values("relation__resident")
        .annotate(first=Min("ends_at"))
        .order_by("first", "relation__resident")
        .values_list("relation__resident", flat=True)
    )


def with_people(consents):
    """Ready for talks(): read with those whom they are about."""
    return consents.select_related(
        "relation__relative",
        "relation__resident__department",
        "relation__resident__contact_person",
    )


def talks(consents):
    """One Talk a relation, the most urgent first. `consents` in their order."""
    by_relation = {}
    for consent in consents:
        by_relation.setdefault(consent.relation, []).append(consent)
    return [_talk(relation, found) for relation, found in by_relation.items()]


def _talk(relation, consents):
    when, badge, kind = _most_urgent(consents)
    since = min(consent.given_at for consent in consents).astimezone(clock.DENMARK)
    return Talk(
        relation=relation,
        consents=tuple(consents),
        topics=", ".join(_topics(consents)),
        when=when,
        since=date_format(since.date(), "DATE_FORMAT"),
        badge=badge,
        badge_kind=kind,
    )


def _topics(consents):
    """Once each, though one may be to see and one to be told; with days if they differ."""
    ends = {}
    for consent in consents:
        ends.setdefault(str(consent.get_topic_display()), _end(consent))
    if len(set(ends.values())) < 2:
        return list(ends)
    return [f"{topic} ({end})" if end else topic for topic, end in ends.items()]


def _end(consent):
    if consent.answer != Consent.Answer.YES or not consent.holds:
        return ""
    return date_format(consent.last_day, "DATE_FORMAT")


def _most_urgent(consents):
    """In words: when the first yes ends. If there is none, that it is time to ask."""
    ends = [one for one in consents if one.answer == Consent.Answer.YES]
    if not ends:
        return "", _("Ask again"), "info"
    first = min(ends, key=lambda one: (one.holds, one.ends_at))
    day = date_format(first.last_day, "DATE_FORMAT")
    if first.has_lapsed:
        return day, _("Has run out"), "warning"
    if not first.holds and first.starts_at <= clock.now():
        return "", _("Whoever said yes for them no longer can"), "warning"
    days = (first.last_day - clock.today()).days
    if days < 1:
        return day, _("Runs out today"), "warning"
    left = ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
    return day, left, "warning" if days <= WITHIN_DAYS[0] else "info"


def soon_ends_for(user, days=30):
    """Residents, in sight of this relative, of whose yes to them one soon ends.

    It is told while it holds. That something has ended, is closed or was never open
    reads the same everywhere, and nothing here tells it.
    """
    # By way of what is open to this user: all that is in force anywhere is too much.
    open_now = Grant.objects.of(user).filter(ground=Grant.Ground.CONSENT)
    soon = Consent.objects.filter(
        pk__in=open_now.values("ground_id"),
        ends_at__lte=clock.now() + dt.timedelta(days=days),
    )
    return Resident.objects.visible_to(user).filter(
        pk__in=soon.values("relation__resident")
    )
