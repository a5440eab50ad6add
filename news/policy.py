"""Who may write, publish and recall. What a person may *read* is visible_to().

Care workers write news for their department and a manager publishes it: house news goes
to every family at once and cannot be unread, so two people look at it. About a resident
they write on their own, for only those whom the resident has chosen read it.
"""

from portal.models import Employment
from residents import policy as residents

WRITERS = (
    Employment.Role.CARE,
    Employment.Role.MANAGER,
    Employment.Role.CENTRE_MANAGER,
)


def can_write_news(user):
    return any(job.role in WRITERS for job in user.employments_in_force)


def can_write_news_for(user, home, department):
    """For one's department; for the whole home only as its centre manager."""
    return user.works_in(department) if department else user.runs(home)


def can_publish_news(user, item):
    """Also correct it, and recall it."""
    if item.department:
        return user.manages(item.department)
    return user.runs(item.home)


def can_write_entry(user, resident):
    return residents.cares_for(user, resident)


def can_write_entries(user):
    """About somebody: whoever works with residents at all."""
    return any(job.role in WRITERS for job in user.employments_in_force)
