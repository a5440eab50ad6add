"""What one person may read of enquiries, made ready for a page, and written in the log."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from community.models import Enquiry, EnquiryMessage
from residents import ledger
from residents.models import Resident


@dataclass
class Thread:
    """One enquiry as one person may read it now."""

    enquiry: Enquiry
    messages: list = field(default_factory=list)
    # How many of our answers the person may not read, or may not read any more.
    hidden: int = 0

    @property
    def last(self):
        return self.messages[-1] if self.messages else None


def thread(user, enquiry):
    """What the user reads of it. Two queries."""
    messages = list(
        EnquiryMessage.objects.visible_to(user)
        .filter(enquiry=enquiry)
        .select_related("recorded_by", "relation__relative", "resident")
    )
    answers = [one for one in messages if not one.is_question]
    _read(user, enquiry, messages)
    return Thread(enquiry, messages, max(0, enquiry.answers - len(answers)))


def _read(user, enquiry, messages):
    """Staff read about the resident; a relative what is told, not what they wrote."""
    if user.works_in(enquiry.resident.department):
        ledger.read(user, [enquiry], purpose=ledger.Purpose.CONTACT)
        return
    own = getattr(user, "relative", None)
    others = [
        one
        for one in messages
        if one.topic and not (own and one.relation and one.relation.relative == own)
    ]
    ledger.read(user, others)


def named(user, enquiries):
    """Each enquiry with the name of its resident, as far as the user may know it.

    Whoever is let in on nothing reads nobody's name, also not of their own brother.
    """
    enquiries = list(enquiries)
    residents = {one.resident_id for one in enquiries}
    known = {
        one.pk: one
        for one in Resident.objects.visible_to(user).filter(pk__in=residents)
    }
    ledger.read(user, known.values())
    for one in enquiries:
        resident = known.get(one.resident_id)
        one.whose = resident.short_name if resident else ""
        one.title = title_for(user, one)
        # To the resident, who may know of everybody that asks about them.
        one.writer = one.sender if one.resident.user_id == user.pk else ""
    return enquiries


def title_for(user, enquiry):
    """Its subject; to the resident not the words that a relative kept for themselves."""
    if enquiry.between_us and enquiry.resident.user_id == user.pk:
        return _("About: %(matter)s") % {"matter": enquiry.get_matter_display()}
    return enquiry.subject


def to_write_about(user):
    """(relation, how the relative knows whom it is) of each resident one may ask about."""
    relations = [
        one
        for one in user.relative.relations.standing().select_related(
            "resident__department__home"
        )
        if not one.resident.has_moved_out
    ]
    known = {
        one.pk: one
        for one in Resident.objects.visible_to(user).filter(
            pk__in=[one.resident_id for one in relations]
        )
    }
    ledger.read(user, known.values())
    return [
        (
            one,
            known[one.resident_id].short_name
            if one.resident_id in known
            else _("Whom I am %(kind)s to, in %(department)s")
            % {"kind": one.get_kind_display(), "department": one.resident.department},
        )
        for one in relations
    ]
