"""Mails that say that something waits in the portal, and never what."""

from portal import notices
from portal.models import Employment
from relatives.models import Agreement
from residents.access import readers
from residents.policy import cares_for


def tell_readers(agreement):
    """To every relative who may see the agreement now, that something is new to them."""
    for user in readers(agreement).filter(relative__isnull=False):
        # Who may see it is asked of the one gate; the sender asks it again.
        if Agreement.objects.visible_to(user).filter(pk=agreement.pk).exists():
            notices.tell(
                "agreements",
                to=[user],
                about=f"waiting:{agreement.pk}",
                template="agreement-waiting",
                agreement=agreement.pk,
            )


def tell_contact_person(reply):
    """To whoever looks after the resident, that a relative asks for something."""
    resident = reply.agreement.resident
    notices.tell(
        "wishes",
        to=looking_after(resident),
        about=reply.pk,
        template="agreement-change-asked",
        reply=reply.pk,
    )


def looking_after(resident):
    """The contact person, if they work with the resident today, else the managers."""
    person = resident.contact_person
    if person and person.is_active and cares_for(person, resident):
        return [person]
    return managers_of(resident)


def managers_of(resident):
    """Those who manage the resident's department today."""
    jobs = Employment.objects.in_force().filter(role=Employment.Role.MANAGER)
    managers = jobs.filter(department=resident.department_id).people()
    return list(managers.filter(is_active=True))


def tell_asker(reply):
    """To the relative who asked for a change, that there is an answer."""
    user = reply.relative.user
    if user and Agreement.objects.visible_to(user).filter(pk=reply.agreement_id):
        notices.tell(
            "agreements",
            to=[user],
            about=f"answered:{reply.pk}",
            template="agreement-waiting",
            agreement=reply.agreement_id,
        )
