"""Whether this app's mails may still leave. See portal.mail."""

from community.models import Enquiry, EnquiryMessage


def enquiry_received(message):
    """Only to somebody who has it at work today, and while it waits for something."""
    found = Enquiry.objects.at_work_of(message.to).filter(pk=message.facts["enquiry"])
    enquiry = found.first()
    waits = enquiry and (not enquiry.is_answered or enquiry.escalated_at)
    return {} if waits else None


def enquiry_answered(message):
    """Only while the answer may be read; the words are never in the mail."""
    found = EnquiryMessage.objects.visible_to(message.to).filter(
        pk=message.facts["message"]
    )
    return {} if found.exists() else None
