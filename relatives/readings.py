"""An agreement as one reader sees it: relatives never learn of one another."""

import datetime as dt
from dataclasses import dataclass, field, replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from relatives.models import Agreement, AgreementReply, Doer, Part
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
    # Who helps, by a name that the reader may know, and with what; see with_parts().
    parts: list[tuple[str, Part]] = field(default_factory=list)
    # Whether the reader is a relative who sees to it or helps; see with_parts().
    is_own_task: bool = False

    @property
    def children(self):
        """Relatives with a task who turn out to be below 18: their age was told later."""
        people = [
            self.agreement.responsible_relative,
            *(part.relative for _name, part in self.parts),
        ]
        return [person for person in people if person and person.is_minor]

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
            and self.latest.kind in AgreementReply.ASKING
            and self.latest.answered_at is None
        )

    @property
    def is_too_much(self):
        """The reader has said so, and nobody has talked with them yet."""
        return (
            self.awaits_our_answer and self.latest.kind == AgreementReply.Kind.TOO_MUCH
        )

    @property
    def can_say_too_much(self):
        return self.is_asked and self.is_own_task and not self.is_too_much

    @property
    def is_waiting(self):
        """The reader has the next word."""
        return self.is_asked and not (self.is_confirmed or self.awaits_our_answer)


def responsible_for(agreement, *, user, names):
    """Who sees to it. `names`: whether the reader may know every relative's name."""
    if agreement.responsible == Doer.OTHER:
        return agreement.responsible_other
    if getattr(agreement, "handed_back", False):
        return _("the home, for now")
    return doer(
        agreement,
        agreement.responsible,
        agreement.responsible_relative,
        user=user,
        names=names,
    )


def doer(agreement, who, relative, *, user, names):
    """Somebody with something to do in an agreement, by a name that the reader may know."""
    if who == Doer.RELATIVE:
        if relative.user_id and relative.user_id == user.pk:
            return pgettext("who sees to it", "you")
        return str(relative) if names else _("another relative")
    if who == Doer.RESIDENT:
        return agreement.resident.short_name
    if who == Doer.CONTACT_PERSON and agreement.resident.contact_person:
        return _("the contact person, %(name)s") % {
            "name": agreement.resident.contact_person
        }
    return Doer(who).label


def with_parts(readings, *, user, names):
    """The same with who helps in each: one question for all of them."""
    parts = {}
    of_them = Part.objects.filter(agreement__in=[r.agreement for r in readings])
    for part in of_them.with_too_much(user).select_related("relative"):
        parts.setdefault(part.agreement_id, []).append(part)
    return [
        replace(
            reading,
            parts=[
                (_helper(reading.agreement, part, user=user, names=names), part)
                for part in parts.get(reading.agreement.pk, [])
            ],
            is_own_task=any(
                one and one.user_id == user.pk
                for one in (
                    reading.agreement.responsible_relative,
                    *(part.relative for part in parts.get(reading.agreement.pk, [])),
                )
            ),
        )
        for reading in readings
    ]


def _helper(agreement, part, *, user, names):
    if part.handed_back:
        return _("the home, for now")
    return doer(agreement, part.who, part.relative, user=user, names=names(agreement))


def every_name(agreement):
    """Those at work know every relative of the resident."""
    return True


def names_for(user):
    """A resident knows every one of their own relatives, a relative none but themselves."""
    return lambda agreement: agreement.resident.user_id == user.pk


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
                agreement, user=user, names=names_for(user)(agreement)
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
            _("Who helps"): _helpers(agreement, user=user, names=names),
            _("What it is for"): agreement.goal,
            _("Why"): agreement.reason,
            _("The relatives"): capfirst(agreement.get_involvement_display()),
            _("The resident"): capfirst(agreement.get_participation_display()),
        }

    before, now = rows(old), rows(new)
    return [
        (label, before[label], now[label])
        for label in now
        if before[label] != now[label]
    ]


def _helpers(agreement, *, user, names):
    [reading] = with_parts(
        [Reading(agreement, "")], user=user, names=lambda agreement: names
    )
    return "\n".join(f"{capfirst(name)}: {part.task}" for name, part in reading.parts)


def sorted_by_urgency(agreements):
    """Overdue first, then the nearest day, then those without one."""
    return sorted(agreements, key=lambda a: (a.due_on or dt.date.max, a.pk))
