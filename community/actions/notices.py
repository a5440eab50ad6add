"""Mails that say that something waits in the portal, and never what."""

from community.matters import MANAGER
from portal import clock, notices
from portal.models import Employment
from relatives.actions.notices import looking_after, managers_of


def tell_staff(enquiry, message, *, desk):
    """Whoever sees to it; else those who know about it. Never before the desk opens."""
    notices.tell(
        "enquiries",
        to=_who_answers(enquiry),
        about=f"received:{message.pk}",
        template="enquiry-received",
        not_before=desk.read_at(clock.now()),
        enquiry=enquiry.pk,
    )


def tell_manager(enquiry, event, *, desk):
    """That a decision is asked for."""
    notices.tell(
        "enquiries",
        to=managers_of(enquiry.resident),
        about=f"escalated:{event.pk}",
        template="enquiry-received",
        not_before=desk.read_at(clock.now()),
        enquiry=enquiry.pk,
    )


def tell_owner(enquiry, event):
    """That a colleague gave it to them."""
    notices.tell(
        "enquiries",
        to=[enquiry.owner],
        about=f"assigned:{event.pk}",
        template="enquiry-received",
        enquiry=enquiry.pk,
    )


def tell_sender(enquiry, message):
    """That there is an answer; and so those who take part by name."""
    users = {enquiry.sender_user} | {
        part.relation.relative.user
        for part in enquiry.participants.filter(
            left_at=None, relation__ended_at=None
        ).select_related("relation__relative__user")
    }
    notices.tell(
        "answers",
        to=list(users - {None}),
        about=message.pk,
        template="enquiry-answered",
        message=message.pk,
    )


def tell_participant(participant):
    """To somebody who takes part from now on, and to the sender: both know of it."""
    enquiry = participant.enquiry
    notices.tell(
        "answers",
        to=[
            user
            for user in (participant.relation.relative.user, enquiry.sender_user)
            if user
        ],
        about=f"let-in:{participant.pk}",
        template="enquiry-answered",
        message=enquiry.messages.first().pk,
    )


def _who_answers(enquiry):
    if enquiry.owner and enquiry.owner.works_in(enquiry.resident.department):
        return [enquiry.owner]
    if enquiry.routed_to == MANAGER:
        return managers_of(enquiry.resident)
    knowing = Employment.objects.in_force().filter(
        department=enquiry.resident.department_id, profession=enquiry.routed_to
    )
    people = list(knowing.people().filter(is_active=True))
    return people or looking_after(enquiry.resident)
