"""A relative is forgotten, as far as the law lets the home forget."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from portal import audit, clock, erasing, walls
from relatives.actions.people import end_relation
from relatives.models import Relative, Representation


class StillNeeded(Exception):
    """Somebody acts for a resident by law: that must end before they can be erased."""


def acts_by_law(relative):
    """The custody and guardianships that the relative has today."""
    return [
        row
        for row in Representation.objects.filter(
            relation__relative=relative, relation__ended_at=None
        )
        if row.holds_today
    ]


@transaction.atomic
def erase_relative(relative, *, by):
    """Erase who the relative is. What the residents' records hold stays, without them.

    Raises StillNeeded; OSError if the ledger cannot be written, and then nothing is done.
    """
    relative = Relative.objects.select_for_update().get(pk=relative.pk)
    if relative.erased_at is not None:
        return relative
    if acts_by_law(relative):
        raise StillNeeded
    user, word = relative.user, erased_word()
    is_more = user is not None and (
        user.employments.exists() or hasattr(user, "resident")
    )
    needles = _needles(relative, None if is_more else user)
    residents = list(relative.relations.values_list("resident", flat=True))
    called = relative.given_name
    for relation in relative.relations.standing():
        end_relation(relation, by=by)
    with walls.set_aside():
        if is_more:
            # Who works here too keeps their log-in for that.
            relative.user = None
        elif user is not None:
            erasing.close(user, name=word)
        erasing.take_out(
            needles, word, residents=residents, relative=relative.pk, called=called
        )
        _empty(relative, word)
    audit.record("relative.erased", by=by, about=relative)
    erasing.enter(relative)
    return relative


def erased_word():
    """What stands in place of the name, in the home's own language."""
    with translation.override("da"):
        return _("Relative (erased)")


def _needles(relative, user):
    known = [str(relative), relative.email, relative.phone]
    if user:
        known += [user.name, user.email]
    return [one for one in dict.fromkeys(known) if one.strip()]


def _empty(relative, word):
    relative.given_name, _space, relative.family_name = word.partition(" ")
    for name in ("email", "phone", "address", "postcode", "city", "language"):
        setattr(relative, name, "")
    relative.born_on = None
    relative.interpreter = relative.protected_address = False
    relative.register_id = f"erased-{relative.uuid.hex[:12]}"
    relative.erased_at = clock.now()
    relative.save()
