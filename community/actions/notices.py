"""Mails that say that something waits in the portal, and never what."""

from community.matters import MANAGER
from portal import clock, outbox
from portal.models import Employment
from relatives.actions.notices import looking_after, managers_of


def tell_staff(enquiry, message, *, desk):
    """Whoever sees to it; else those who know about it. Never before the desk opens."""
    outbox.post_to_all(
        "enquiry-received",
        to=_who_answers(enquiry),
        key=f"enquiry-received:{message.pk}",
        not_before=desk.read_at(clock.now()),
        enquiry=enquiry.pk,
    )


def tell_manager(enquiry, event, *, desk):
    """That a decision is asked for."""
    outbox.post_to_all(
        "enquiry-received",
        to=managers_of(enquiry.resident),
        key=f"enquiry-escalated:{event.pk}",
        not_before=desk.read_at(clock.now()),
        enquiry=enquiry.pk,
    )


def tell_owner(enquiry, event):
    """That a colleague gave it to them."""
    outbox.post(
        "enquiry-received",
        to=enquiry.owner,
        key=f"enquiry-assigned:{event.pk}",
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
    outbox.post_to_all(
        "enquiry-answered",
        to=sorted(users - {None}, key=lambda user: user.pk),
        key=f"enquiry-answered:{message.pk}",
        message=message.pk,
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
