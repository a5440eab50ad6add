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

    Never both in one condition across the tables: it would read every resident there is.
    """
    here = Resident.objects.order_by().in_sight_of(user).living_here()
    oneself = here.of(user)
    relative = getattr(user, "relative", None)
    if relative is None:
        return oneself
    theirs = here.filter(relations__relative=relative, relations__ended_at=None)
    if oneself.query.is_empty():
        return theirs
    return here.filter(Q(pk__in=theirs.values("pk")) | Q(pk__in=oneself.values("pk")))
