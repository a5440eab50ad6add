"""An agreement as one reader sees it: relatives never learn of one another."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from relatives.models import Agreement, AgreementReply
from residents import ledger


@dataclass(frozen=True)
class Reading:
    agreement: Agreement
    # Who sees to it, by a name that the reader may know.
    responsible: str
    # Recorded since the reader's last visit.
    is_new: bool = False
    # What this relative has said to this version, latest first.
    replies: list[AgreementReply] = field(default_factory=list)
    # Whether the reader is asked to say something to it.
    is_asked: bool = False

    @property
    def latest(self):
        return self.replies[0] if self.replies else None

    @property
    def is_confirmed(self):
        return bool(self.latest) and self.latest.kind == AgreementReply.Kind.AGREED

    @property
    def awaits_our_answer(self):
        return (
            bool(self.latest)
            and self.latest.kind == AgreementReply.Kind.CHANGE
            and self.latest.answered_at is None
        )

    @property
    def is_waiting(self):
        """The reader has the next word."""
        return self.is_asked and not (self.is_confirmed or self.awaits_our_answer)


def responsible_for(agreement, *, user, names):
    """Who sees to it. `names`: whether the reader may know every relative's name."""
    kind = Agreement.Responsible
    if agreement.responsible == kind.RELATIVE:
        person = agreement.responsible_relative
        if person.user_id and person.user_id == user.pk:
            return pgettext("who sees to it", "you")
        return str(person) if names else _("another relative")
    if agreement.responsible == kind.OTHER:
        return agreement.responsible_other
    if agreement.responsible == kind.RESIDENT:
        return agreement.resident.short_name
    if (
        agreement.responsible == kind.CONTACT_PERSON
        and agreement.resident.contact_person
    ):
        return _("the contact person, %(name)s") % {
            "name": agreement.resident.contact_person
        }
    return agreement.get_responsible_display()


def is_new_to(user, at):
    """Since the last visit. Who has never been here before finds everything new."""
    return user.previous_login is None or at > user.previous_login


def as_staff(agreements, *, user):
    ledger.read(user, agreements)
    return [
        Reading(
            agreement=agreement,
            responsible=responsible_for(agreement, user=user, names=True),
            is_new=is_new_to(user, agreement.recorded_at)
            and agreement.recorded_by_id != user.pk,
        )
        for agreement in agreements
    ]


def as_relative_or_resident(agreements, *, user):
    """Each with the reader's own words to it. A resident reads every name."""
    agreements = list(agreements)
    ledger.read(user, agreements)
    relative = getattr(user, "relative", None)
    said = {}
    if relative and agreements:
        replies = AgreementReply.objects.filter(
            relative=relative, agreement__in=agreements
        ).select_related("answered_by")
        for reply in replies:
            said.setdefault(reply.agreement_id, []).append(reply)
    return [
        Reading(
            agreement=agreement,
            responsible=responsible_for(
                agreement, user=user, names=agreement.resident.user_id == user.pk
            ),
            is_new=is_new_to(user, agreement.recorded_at),
            replies=said.get(agreement.pk, []),
            is_asked=bool(relative)
            and agreement.resident.user_id != user.pk
            and agreement.is_current
            and agreement.done_on is None,
        )
        for agreement in agreements
    ]


def differences(old, new, *, user, names):
    """What a new version changes: (label, before, now), the text first."""
    if old is None:
        return []

    def rows(agreement):
        return {
            _("What we agree on"): agreement.text,
            _("Topic"): capfirst(agreement.get_topic_display()),
            _("Who sees to it"): capfirst(
                responsible_for(agreement, user=user, names=names)
            ),
            _("No later than"): agreement.due_on,
            _("We look at it again on"): agreement.follow_up_on,
        }

    before, now = rows(old), rows(new)
    return [
        (label, before[label], now[label])
        for label in now
        if before[label] != now[label]
    ]


def sorted_by_urgency(agreements):
    """Overdue first, then the nearest day, then those without one."""
    return sorted(agreements, key=lambda a: (a.due_on or dt.date.max, a.pk))
