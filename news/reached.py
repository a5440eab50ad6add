"""Who will read a piece of house news, by name, as far as the asker knows them."""

from dataclasses import dataclass, field

from django.db.models import Q

from news import audience
from portal.models import Employment
from relatives.models import Relation
from residents import ledger
from residents.models import Resident


@dataclass
class Group:
    """The readers of one department; without one, those who belong to the whole home."""

    department: str
    relatives: list[str] = field(default_factory=list)
    residents: list[str] = field(default_factory=list)
    staff: list[str] = field(default_factory=list)


def by_name(item, user):
    """The readers who can log in, department by department.

    Colleagues all; residents and relatives only where the user works, for who lives
    elsewhere and who is near them is not theirs to know. The numbers of
    `audience.readers` count the others too.
    """
    groups = {}

    def group(department):
        name = department.name if department else ""
        return groups.setdefault(name, Group(name))

    lives = Resident.objects.cared_for_by(user).living_here()
    there = audience.living_there(item).filter(pk__in=lives.order_by().values("pk"))
    residents = list(_residents(item, there))
    relations = list(_relations(item, there))
    ledger.read(user, {*residents, *(one.resident for one in relations)})
    for one in residents:
        group(one.department).residents.append(str(one))
    for one in relations:
        names = group(one.resident.department).relatives
        # Near two who live here, yet one reader.
        if str(one.relative) not in names:
            names.append(str(one.relative))
    for job in _jobs(item):
        names = group(job.department).staff
        if str(job.user) not in names:
            names.append(str(job.user))
    return [groups[name] for name in sorted(groups, key=lambda name: (not name, name))]


def _residents(item, there):
    if not item.for_residents:
        return []
    return there.filter(user__is_active=True).select_related("department")


def _relations(item, there):
    if not item.for_relatives:
        return []
    return (
        Relation.objects.standing()
        .filter(
            resident__in=there.order_by().values("pk"), relative__user__is_active=True
        )
        .select_related("relative", "resident__department")
        .order_by("relative__given_name", "relative__family_name", "pk")
    )


def _jobs(item):
    jobs = Employment.objects.in_force().filter(home=item.home, user__is_active=True)
    if not item.whole_home:
        jobs = jobs.filter(Q(department__in=item.places) | Q(department=None))
    return jobs.select_related("user", "department").order_by("user__name", "pk")
