"""What staff do in the contact log. Every change goes through here."""

from django.db import IntegrityError, transaction
from django.db.models import Q

from portal import audit, clock
from relatives.models import Contact


class CorrectedMeanwhile(Exception):
    """Somebody else has corrected the same version: `latest` is theirs."""

    def __init__(self, latest):
        self.latest = latest


@transaction.atomic
def log_contact(*, resident, uuid, by, **said):
    """Write one contact down. Returns the entry, and whether it is new.

    The same `uuid` is the same press of the button and gives the same entry.
    """
    contact, is_new = Contact.objects.get_or_create(
        uuid=uuid, defaults={"resident": resident, "recorded_by": by, **said}
    )
    if is_new:
        _recorded("contact.logged", contact, by=by)
    return contact, is_new


def correct_contact(contact, *, uuid, by, **said):
    """Put a version beside the one that was wrong. Both stay.

    Raises CorrectedMeanwhile if `contact` is no longer the latest version.
    """
    try:
        with transaction.atomic():
            return _correct(contact, uuid=uuid, by=by, **said)
    except IntegrityError:
        # Somebody was quicker between our look and our writing.
        made = Contact.objects.filter(uuid=uuid).first()
        if made:
            return made
        raise CorrectedMeanwhile(contact.latest) from None


def _correct(contact, *, uuid, by, **said):
    # In one look: between two, the same press may get through elsewhere.
    there = {
        one.uuid: one
        for one in Contact.objects.filter(Q(uuid=uuid) | Q(corrects=contact))
    }
    if uuid in there:
        return there[uuid]
    if there:
        raise CorrectedMeanwhile(contact.latest)
    correction = Contact(
        uuid=uuid,
        resident=contact.resident,
        corrects=contact,
        first_id=contact.first_id or contact.pk,
        recorded_by=by,
        **said,
    )
    # A new day is a new promise; otherwise what is done stays done.
    if correction.follow_up_on == contact.follow_up_on:
        correction.followed_up_at = contact.followed_up_at
        correction.followed_up_by = contact.followed_up_by
    correction.save(force_insert=True)
    _recorded("contact.corrected", correction, by=by, corrects=contact.pk)
    return correction


@transaction.atomic
def follow_up(contact, *, by):
    """The relative has heard from us as promised. Twice is once."""
    done = Contact.objects.to_follow_up().filter(pk=contact.pk)
    if done.update(followed_up_at=clock.now(), followed_up_by=by):
        audit.record(
            "contact.followed_up", by=by, about=contact, resident=contact.resident_id
        )


def _recorded(verb, contact, *, by, **facts):
    audit.record(
        verb,
        by=by,
        about=contact,
        resident=contact.resident_id,
        relative=contact.relative_id,
        topic=contact.topic,
        **facts,
    )
