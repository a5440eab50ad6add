"""What is known of a telling before it is recorded: from the contact it was told in."""

from uuid import UUID

from relatives.models import Contact
from residents.topics import Topic


def asked(request, resident):
    """First answers for the form, from what the link says; what is strange is left out.

    The link holds numbers and topics, no names: `contact` is an entry of the log,
    `relation` one of the resident's own.
    """
    known = {"topics": [t for t in request.GET.getlist("topic") if t in Topic.values]}
    if relation := _number(request.GET.get("relation")):
        known["relation"] = relation
    contact = (
        Contact.objects.visible_to(request.user)
        .filter(resident=resident, uuid=_number(request.GET.get("contact")))
        .first()
    )
    if contact:
        known |= {
            "happened_at": contact.happened_at,
            "recipient": contact.other_person,
            "relation": _relation_of(contact),
        }
    return known


def _relation_of(contact):
    theirs = contact.resident.relations.standing().filter(relative=contact.relative_id)
    return theirs.values_list("uuid", flat=True).first()


def _number(text):
    try:
        return UUID(text or "")
    except ValueError:
        return None
