"""Where somebody belongs when they have an idea: at work, as a relative, as a resident."""

from community.models import Idea
from residents.models import Resident

Capacity = Idea.Capacity


def place_of(user):
    """Home, department and capacity, for the action; None if the user is nobody here.

    Whoever works here has their idea as an employee.
    """
    if jobs := user.employments_in_force:
        return _place(jobs[0].home, jobs[0].department, Capacity.STAFF)
    theirs = Resident.objects.living_here().select_related("department__home")
    if getattr(user, "relative", None):
        found = theirs.in_sight_of(user).filter(
            relations__relative__user=user, relations__ended_at=None
        )
        capacity = Capacity.RELATIVE
    else:
        found, capacity = theirs.of(user), Capacity.RESIDENT
    resident = found.order_by("pk").first()
    if resident is None:
        return None
    return _place(resident.department.home, resident.department, capacity)


def _place(home, department, capacity):
    return {"home": home, "department": department, "capacity": capacity}
