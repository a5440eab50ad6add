"""What this app tells, and whether its mails may still leave. See portal.mail."""

from django.utils.translation import gettext_lazy as _

from portal.kinds import Kind
from portal.mail_times import When
from relatives import reminding
from relatives.models import Agreement, AgreementReply

KINDS = [
    Kind(
        "agreements",
        _("Agreements"),
        _("When an agreement waits for you, or there is something to remember."),
        usual=When.AT_ONCE,
        offered=lambda user: user.is_employed or hasattr(user, "relative"),
        order=20,
    ),
    Kind(
        "wishes",
        _("Wishes from relatives"),
        _("When a relative asks for a change, and you are the one who answers."),
        usual=When.AT_ONCE,
        may_be_never=False,
        offered=lambda user: user.is_employed,
        order=22,
    ),
]


def agreement_waiting(message):
    """Only while the relative has the next word, and may still see the agreement."""
    relative = getattr(message.to, "relative", None)
    waits = relative and (
        Agreement.objects.visible_to(message.to)
        .waiting_for(relative)
        .filter(pk=message.facts["agreement"])
        .exists()
    )
    return {} if waits else None


def agreement_change_asked(message):
    """Only to somebody who cares for the resident today, and until it is answered."""
    waits = (
        AgreementReply.objects.at_work_of(message.to)
        .unanswered()
        .filter(pk=message.facts["reply"])
        .exists()
    )
    return {} if waits else None


def agreement_reminder(message):
    """Only while the day is the same, and to somebody who still sees to it."""
    facts = message.facts
    agreement = Agreement.objects.open().filter(pk=facts["agreement"]).first()
    if agreement is None:
        return None
    days = {what: day.isoformat() for what, day in reminding.deadlines(agreement)}
    waits = days.get(facts["what"]) == facts["day"] and message.to in (
        reminding.recipients(agreement, facts["what"])
    )
    is_own = agreement.responsible_relative_id and hasattr(message.to, "relative")
    return {"is_relative": bool(is_own)} if waits else None
