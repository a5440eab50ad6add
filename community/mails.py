"""What this app tells, and whether its mails may still leave. See portal.mail."""

from django.utils.translation import gettext_lazy as _

from community.models import Enquiry, EnquiryMessage, Idea
from portal.kinds import Kind
from portal.mail_times import When
from residents.policy import any_job

KINDS = [
    Kind(
        "answers",
        _("Answers to you"),
        _("When we have answered what you have written to us."),
        usual=When.AT_ONCE,
        offered=lambda user: hasattr(user, "relative") or hasattr(user, "resident"),
        order=15,
    ),
    Kind(
        "enquiries",
        _("Enquiries"),
        _("When a relative or a resident writes, and you are the one who answers."),
        usual=When.AT_ONCE,
        may_be_never=False,
        offered=lambda user: any_job(user) is not None,
        order=21,
    ),
    Kind(
        "ideas",
        _("Ideas"),
        _("When there is an answer to your idea, or an idea for you to answer."),
        usual=When.WEEKLY,
        order=60,
    ),
]


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


def idea_suggested(message):
    """Only to a manager whose answer it waits for."""
    found = Idea.objects.to_answer(message.to).filter(pk=message.facts["idea"])
    return {} if found.exists() else None


def idea_answered(message):
    """To whoever had it."""
    found = Idea.objects.own(message.to).filter(pk=message.facts["idea"])
    return {} if found.exists() else None
