"""Whether this app's mails may still leave. See portal.mail."""

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
