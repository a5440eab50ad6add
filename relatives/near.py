"""Where somebody belongs who does not work here: where their own live, or they themselves."""

from django.db.models import Q

from relatives.models import Relation
from residents.models import Resident


def own_relations(user):
    """The user's, as a relative. Most who ask are none or known, so no table is joined."""
    relative = getattr(user, "relative", None)
    found = Relation.objects.order_by()
    return found.filter(relative=relative) if relative else found.none()


def near(user):
    """Those living here who are the user's own, also if they share nothing, or the user.

    Asked by number: a condition across the tables reads every resident there is.
    """
    own = own_relations(user).filter(ended_at=None)
    oneself = Resident.objects.order_by().of(user)
    theirs = Q(pk__in=own.values("resident")) | Q(pk__in=oneself.values("pk"))
    return Resident.objects.order_by().in_sight_of(user).living_here().filter(theirs)
