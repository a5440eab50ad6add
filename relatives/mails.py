"""Whether this app's mails may still leave. See portal.mail."""

from relatives import reminding
from relatives.models import Agreement, AgreementReply


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
