"""Seeing the portal through somebody else's eyes: what is left of that person.

Whoever looks works with one resident, or is that resident. The person they look as may
also be a friend of another resident, be employed, or have a resident's log-in of their
own. None of it is shown: a person with a Sight has what one resident shares, no job,
and nothing else. `User`, `Grant.objects.of` and `Department.objects.of_work` honour it.
"""

from dataclasses import dataclass

from residents.models import Resident
from residents.topics import Topic


@dataclass(frozen=True)
class Sight:
    """The number of the only resident there is, and the topics that may be shown."""

    resident: int
    topics: frozenset[str]

    def allows(self, perm, obj):
        """Whether guardian may be asked: has_perm() of the person seen as."""
        codename = perm.rpartition(".")[2]
        return (
            isinstance(obj, Resident)
            and obj.pk == self.resident
            and codename in {Topic(topic).codename for topic in self.topics}
        )


def narrowed(user, *, resident, topics=None):
    """The user with a Sight: a person to draw pages for, who cannot be saved.

    `user` must be read for this alone, for it is changed. `topics` are all of them,
    unless whoever looks may see less than that.
    """
    user.sight = Sight(
        resident.pk, frozenset(Topic.values if topics is None else topics)
    )
    user.is_superuser = False
    user.jobs_today = user.employments_in_force = []
    # A relative who is a resident too is not that resident here.
    user._meta.get_field("resident").set_cached_value(user, None)
    return user
