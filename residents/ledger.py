"""Whoever shows or tells something about a resident says so here.

What a page shows is collected while it is made and written down in one statement before
it leaves (residents.middleware). No log, no page; and no page without a ground.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from portal import clock
from residents.models import AccessEvent
from residents.policy import any_job, job_with
from residents.showing import (
    Ground,
    NoGround,
    Page,
    Purpose,
    Way,
    by_topic,
    without_numbers,
)
from residents.topics import Topic

__all__ = ["Ground", "NoGround", "Purpose", "Way"]

_page: ContextVar[Page | None] = ContextVar("page", default=None)


def read(user, rows, *, purpose="", way=Way.PORTAL, searched=""):
    """These rows are on the page that is being made for the user.

    `rows` are residents, or have a `resident` and perhaps a `topic`. Raises NoGround
    (before the page leaves) if nothing opens one of them to the user.
    """
    page = _page.get()
    if page is None:
        with collecting() as page:
            page.show(user, rows, purpose, way, searched)
            page.write()
    else:
        page.show(user, rows, purpose, way, searched)


def printed(user, rows, *, purpose=""):
    """These rows are on a paper that the user takes with them."""
    read(user, rows, purpose=purpose, way=Way.PRINT)


def searched(user, words, found):
    """The user searched for these words and was shown these rows, or none."""
    found = list(found)
    if found:
        read(user, found, way=Way.SEARCH, searched=words)
    elif job := any_job(user):
        AccessEvent.objects.create(
            user=user,
            capacity=job.role,
            department_id=job.department_id,
            way=Way.SEARCH,
            among=0,
            purpose=Purpose.CARE,
            ground=Ground.EMPLOYMENT,
            ground_id=job.pk,
            searched=without_numbers(words),
        )


def told(relation, topics, *, by, way):
    """Staff told a relative something. Decided and written at this instant.

    Raises NoGround, and writes nothing, if something of it may not be told: what was told
    all the same is no line here but a record of its own (consent.UnconsentedDisclosure).
    """
    grounds = by_topic(
        (topic, None, ground, number)
        for topic, ground, number in relation.tellings.values_list(
            "topic", "ground", "ground_id"
        )
    )
    if not set(topics) <= grounds.keys():
        raise NoGround
    return _write(
        [(relation, topic, *grounds[topic]) for topic in topics],
        by=by,
        way=way,
        purpose=Purpose.CONTACT,
    )


def met(meeting, grounds, *, by, at):
    """These relatives were at the meeting, so they heard what was said there.

    `grounds`: for each relation the ground on which it was invited, and that row's number
    or None. Said again, only those are added who were not there yet. Raises NoGround if
    `by` does not work with the resident.
    """
    items = {meeting._meta.model_name: [meeting.pk]}
    known = AccessEvent.objects.filter(
        resident=meeting.resident_id, way=Way.MEETING, items=items
    )
    known = set(known.values_list("relation_id", flat=True))
    return _write(
        [
            (relation, Topic.MEETINGS, *why)
            for relation, why in grounds.items()
            if relation.pk not in known
        ],
        by=by,
        way=Way.MEETING,
        purpose=Purpose.MEETING,
        items=items,
        at=at,
    )


def invited(meeting, relation, ground, *, by):
    """A relative was given an invitation on paper. `ground`: as in met()."""
    return _write(
        [(relation, Topic.MEETINGS, *ground)],
        by=by,
        way=Way.PRINT,
        purpose=Purpose.MEETING,
        items={meeting._meta.model_name: [meeting.pk]},
    )


def _write(lines, *, by, **said):
    """A row for each of (relation, topic, ground, number)."""
    if not lines:
        return []
    resident = lines[0][0].resident
    job = job_with(by, resident)
    if job is None:
        raise NoGround
    said.setdefault("at", clock.now())
    return AccessEvent.objects.bulk_create(
        AccessEvent(
            user=by,
            capacity=job.role,
            resident=resident,
            department_id=resident.department_id,
            topic=topic,
            ground=ground,
            ground_id=number,
            relation_id=relation.pk,
            **said,
        )
        for relation, topic, ground, number in lines
    )


def relied_on(user, grants):
    """The gate has just opened by these: (resident, topic, since, ground, number)."""
    page = _page.get()
    if page is not None:
        for resident, *grant in grants:
            page.grants.setdefault((user.pk, resident), []).append(grant)


@contextmanager
def through_the_eyes_of(relation, *, by):
    """What is read within is not the relative's reading: `by` looks at what they see."""
    page = _page.get()
    if page is None:
        raise RuntimeError("Nobody looks through another's eyes outside a page.")
    page.eyes = (relation, by)
    try:
        yield
    finally:
        page.eyes = None


@contextmanager
def collecting():
    """One page, from its first query to its last word."""
    page = Page()
    token = _page.set(page)
    try:
        yield page
    finally:
        _page.reset(token)
