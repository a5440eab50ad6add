"""One page while it is made: what it shows about whom, and what opens that."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied

from portal import clock
from residents.models import AccessEvent, Grant, Resident
from residents.policy import job_with

Capacity, Way = AccessEvent.Capacity, AccessEvent.Way
Purpose, Ground = AccessEvent.Purpose, AccessEvent.Ground

# What people do who do not work here.
PURPOSES = {
    Capacity.RELATIVE: Purpose.SHARED,
    Capacity.REPRESENTATIVE: Purpose.SHARED,
    Capacity.RESIDENT: Purpose.OWN,
}
# Long enough for a name, and no place for a note.
LONGEST_SEARCH = 100


class NoGround(PermissionDenied):
    """Nothing lets this person have what was about to be shown or told."""


@dataclass
class Shown:
    """One topic of one resident on a page."""

    user: object
    resident: Resident
    topic: str
    purpose: str
    way: str
    searched: str
    relation_id: int | None
    items: dict = field(default_factory=dict)

    @property
    def key(self):
        return (
            self.user.pk,
            self.resident.pk,
            self.topic,
            self.purpose,
            self.way,
            self.searched,
            self.relation_id,
        )


class Page:
    """What is shown on one page, and what opened it, until it is written down."""

    def __init__(self):
        self.shown = {}
        self.grants = {}
        self.eyes = None

    def show(self, user, rows, purpose, way, searched):
        relation = None
        if self.eyes:
            relation, user = self.eyes
            way = Way.PREVIEW
        for row in rows:
            shown = Shown(
                user=user,
                resident=row if isinstance(row, Resident) else row.resident,
                topic=getattr(row, "topic", "") or "",
                purpose=purpose,
                way=way,
                searched=without_numbers(searched),
                relation_id=relation.pk if relation else None,
            )
            shown = self.shown.setdefault(shown.key, shown)
            numbers = shown.items.setdefault(row._meta.model_name, [])
            if row.pk not in numbers:
                numbers.append(row.pk)

    def write(self):
        """All of it in one statement. Raises NoGround if something has none."""
        if not self.shown:
            return
        shown, self.shown = list(self.shown.values()), {}
        among = len({one.resident.pk for one in shown})
        at = clock.now()
        AccessEvent.objects.bulk_create(
            self._event(one, at=at, among=among) for one in shown
        )

    def _event(self, one, **more):
        capacity, ground, ground_id = self._why(one)
        return AccessEvent(
            user=one.user,
            capacity=capacity,
            resident=one.resident,
            department_id=one.resident.department_id,
            way=one.way,
            topic=one.topic,
            items=one.items,
            purpose=one.purpose or PURPOSES.get(capacity, Purpose.CARE),
            ground=ground,
            ground_id=ground_id,
            relation_id=one.relation_id,
            searched=one.searched,
            **more,
        )

    def _why(self, one):
        """In what capacity, on what ground, and the number of that ground's row."""
        job = job_with(one.user, one.resident)
        if job:
            return job.role, Ground.EMPLOYMENT, job.pk
        if one.resident.user_id == one.user.pk:
            return Capacity.RESIDENT, Ground.OWN, one.resident.pk
        grounds = self._grounds(one.user, one.resident)
        any_of_them = next(iter(grounds.values()), None)
        # Through another's eyes one sees topics that one need not have oneself.
        whole = not one.topic or one.way == Way.PREVIEW
        found = grounds.get(one.topic) or (any_of_them if whole else None)
        if found is None:
            raise NoGround
        by_consent = found[0] == Ground.CONSENT
        return (
            Capacity.RELATIVE if by_consent else Capacity.REPRESENTATIVE,
            *found,
        )

    def _grounds(self, user, resident):
        key = (user.pk, resident.pk)
        if key not in self.grants:
            self.grants[key] = list(
                Grant.objects.of(user)
                .filter(content_object=resident)
                .values_list("topic", "since", "ground", "ground_id")
            )
        return by_topic(self.grants[key])


def by_topic(grants):
    """{topic: (ground, number)}.

    Of two grounds for one topic the one that opens more, then what the resident said.
    """
    weakest_first = sorted(
        grants,
        key=lambda grant: (
            grant[1] is None,
            grant[2] == Ground.CONSENT,
            -(grant[3] or 0),
        ),
    )
    return {topic: (ground, pk) for topic, _since, ground, pk in weakest_first}


def without_numbers(words):
    """A search may hold a name; nobody's CPR or telephone number is kept."""
    return re.sub(r"\d", "•", words)[:LONGEST_SEARCH]
