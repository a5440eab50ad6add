"""Who may write of events, publish them and call them off. Reading is visible_to().

As of house news: it goes to every family at once, so a manager looks at it.
"""

from news.policy import WRITERS


def can_write(user):
    return any(job.role in WRITERS for job in user.employments_in_force)


def can_write_for(user, home, department):
    """For one's department; for the whole home only as its centre manager."""
    return user.works_in(department) if department else user.runs(home)


def can_publish(user, event):
    """Also correct it, and call it off."""
    if event.department:
        return user.manages(event.department)
    return user.runs(event.home)


def belongs_somewhere(user):
    """Somebody for whom there may be events at all."""
    belongs = getattr(user, "relative", None) or getattr(user, "resident", None)
    return bool(user.is_employed or belongs)
