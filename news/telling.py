"""Who is told by mail that there is something new. What they see is asked again then."""

from news import audience
from portal import notices
from portal.models import User
from relatives.models import Relation


def tell_news(item):
    """Everybody who reads it, but whoever published it. In the caller's transaction."""
    notices.tell(
        "important_news" if item.important else "news",
        to=audience.people(item).exclude(pk=item.published_by_id),
        about=item.address,
        not_before=item.shown_from,
        address=str(item.address),
    )


def tell_entry(entry):
    """Every other relative of the resident: when the mail leaves, other answers may stand.

    Whoever may not see the entry then is not told. In the caller's transaction.
    """
    relations = Relation.objects.standing().filter(resident=entry.resident)
    notices.tell(
        "diary",
        to=User.objects.filter(relative__in=relations.values("relative")).exclude(
            pk=entry.recorded_by_id
        ),
        about=entry.address,
        address=str(entry.address),
    )
