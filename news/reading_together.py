"""What each of many people reads of some house news, in three questions for all of them.

The same rule as audience.read_by(), turned round: where each belongs is read once, and
held against the few news there are. tests/news/test_newsletters.py holds the two together.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from portal.models import Employment
from relatives.models import Relation
from residents.models import Resident


@dataclass
class Places:
    """The homes and departments where somebody belongs in one capacity."""

    homes: set = field(default_factory=set)
    departments: set = field(default_factory=set)
    # Homes of which all departments are theirs.
    whole_homes: set = field(default_factory=set)

    def add(self, home, department):
        self.homes.add(home)
        if department is None:
            self.whole_homes.add(home)
        else:
            self.departments.add(department)

    def are_told(self, item, departments):
        return item.home_id in self.whole_homes or (
            item.home_id in self.homes
            and (item.whole_home or not departments.isdisjoint(self.departments))
        )


@dataclass
class Person:
    """Where one person belongs today, as what."""

    staff: Places = field(default_factory=Places)
    resident: Places = field(default_factory=Places)
    relative: Places = field(default_factory=Places)

    @property
    def is_guest(self):
        return not self.staff.homes

    def reads(self, item, departments):
        return (
            self.staff.are_told(item, departments)
            or (item.for_residents and self.resident.are_told(item, departments))
            or (item.for_relatives and self.relative.are_told(item, departments))
        )


def read_by_each(people, items):
    """Each of these users with the news that they read, and whether as a guest.

    The departments of the news are there already (prefetch_related).
    """
    told = [(item, {place.pk for place in item.places}) for item in items]
    belonging = _belonging([user.pk for user in people])
    for user in people:
        person = belonging[user.pk]
        theirs = [item for item, places in told if person.reads(item, places)]
        yield user, theirs, person.is_guest


def _belonging(numbers):
    found = defaultdict(Person)
    jobs = Employment.objects.in_force().filter(user__in=numbers)
    for user, *place in jobs.values_list("user", "home", "department"):
        found[user].staff.add(*place)
    living_here = Resident.objects.order_by().living_here()
    for user, *place in living_here.filter(user__in=numbers).values_list(
        "user", "home", "department"
    ):
        found[user].resident.add(*place)
    relations = Relation.objects.standing().filter(
        relative__user__in=numbers, resident__in=living_here
    )
    for user, *place in relations.values_list(
        "relative__user", "resident__home", "resident__department"
    ):
        found[user].relative.add(*place)
    return found
