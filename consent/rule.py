"""Who may see what, said a second time, in plain Python. Nothing in the portal decides by it.

The database decides, by the views in consent.grants and portal.workplaces. This says the
same from the record and the law, and shares no code with them, so that the two can be
held against each other: in the tests by made-up lives, and in `manage.py verify_access`
by those who live here. Whoever changes one writes the other anew; nobody copies.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")
CUSTODY = {"sole_custody", "shared_custody"}
ABOUT_MONEY_ALONE = {"economic", "incapacitated", "joint"}
# From 15 nobody else hears of these unasked (sundhedsloven § 17).
HEALTH = {"health", "treatment", "substance"}


@dataclass
class Resident:
    user: int | None
    born_on: dt.date
    department: int
    moved_out_on: dt.date | None = None


@dataclass
class Tie:
    """Who one relative is to one resident, and whether the portal knows the relative."""

    resident: int
    user: int | None
    is_over: bool = False
    has_promised_silence: bool = True


@dataclass
class Right:
    """A representation: custody, a guardianship, a power of attorney."""

    tie: int
    kind: str
    topics: tuple[str, ...]
    starts_on: dt.date
    ends_on: dt.date | None = None
    never_was: bool = False


@dataclass
class Answer:
    """What the resident said, or those (`givers`) who spoke for them, about one tie."""

    tie: int
    topic: str
    action: str
    says: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    since: dt.datetime | None = None
    is_closed: bool = False
    never_was: bool = False
    givers: tuple[int, ...] = ()


@dataclass
class Job:
    user: int
    role: str
    home: int
    department: int | None
    starts_on: dt.date
    ends_on: dt.date | None = None


class Thing(NamedTuple):
    """Something written about a resident: an agreement, a glimpse of a day."""

    resident: int
    topic: str
    at: dt.datetime
    may_be_shared: bool = True


@dataclass
class World:
    """All that the rule looks at, each by its number. `departments` say their home."""

    topics: tuple[str, ...]
    departments: dict[int, int] = field(default_factory=dict)
    locked_out: set[int] = field(default_factory=set)
    residents: dict[int, Resident] = field(default_factory=dict)
    ties: dict[int, Tie] = field(default_factory=dict)
    rights: dict[int, Right] = field(default_factory=dict)
    answers: dict[int, Answer] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)


class Opening(NamedTuple):
    """One topic of one resident that is open to one user, and why."""

    user: int
    resident: int
    topic: str
    since: dt.datetime | None
    ground: str
    ground_id: int


def openings(world, now):
    """Everything that is open to somebody else than the staff at this instant."""
    today = now.astimezone(DENMARK).date()
    for number, tie, topic, answer in _told_by_consent(world, now, {"see"}):
        if _may_come_in(world, tie):
            yield Opening(
                tie.user, tie.resident, topic, answer.since, "consent", number
            )
    for number, tie, topic, right in _told_by_law(world, today):
        if _may_come_in(world, tie):
            yield Opening(tie.user, tie.resident, topic, None, _by(right), number)
    for number, resident in world.residents.items():
        if resident.user is not None and resident.user not in world.locked_out:
            for topic in world.topics:
                yield Opening(resident.user, number, topic, None, "own", number)


def tellings(world, now):
    """What staff may say to whom: (tie, topic, ground, its number)."""
    today = now.astimezone(DENMARK).date()
    for number, _tie, topic, answer in _told_by_consent(world, now, {"see", "be_told"}):
        if answer.action == "be_told" or not _was_asked_about_telling(world, answer):
            yield answer.tie, topic, "consent", number
    for number, _tie, topic, right in _told_by_law(world, today):
        yield right.tie, topic, _by(right), number


def workplaces(world, now):
    """Where somebody cares for the residents, and where they manage: (user, department)."""
    today = now.astimezone(DENMARK).date()
    work, manage = set(), set()
    for job in world.jobs:
        if job.user in world.locked_out or not _in(today, job.starts_on, job.ends_on):
            continue
        if job.role in ("care", "manager"):
            places = {job.department}
        elif job.role == "centre_manager":
            places = {d for d, home in world.departments.items() if home == job.home}
        else:
            places = set()
        work |= {(job.user, place) for place in places}
        if job.role != "care":
            manage |= {(job.user, place) for place in places}
    return work, manage


def may_see(world, thing, *, departments, opened):
    """Whether whoever works in the departments, and has what is opened, sees the thing.

    `opened` has for each resident and topic the instants from which on it is open; None
    is from the beginning.
    """
    if world.residents[thing.resident].department in departments:
        return True
    return thing.may_be_shared and any(
        since is None or since <= thing.at
        for since in opened.get((thing.resident, thing.topic), ())
    )


def _was_asked_about_telling(world, answer):
    """Then that answer counts, whatever it was, and not what one may read oneself."""
    return any(
        other.action == "be_told"
        and (other.tie, other.topic) == (answer.tie, answer.topic)
        and not other.never_was
        for other in world.answers.values()
    )


def _told_by_consent(world, now, actions):
    today = now.astimezone(DENMARK).date()
    for number, answer in world.answers.items():
        tie = world.ties[answer.tie]
        if (
            answer.says == "yes"
            and answer.action in actions
            and not answer.is_closed
            and answer.starts_at <= now < answer.ends_at
            and _is_kept(world, tie, today)
            # Whoever spoke for the resident must still have the right to.
            and all(
                _is_about(world, world.rights[giver], answer.topic, tie, today)
                for giver in answer.givers
            )
        ):
            yield number, tie, answer.topic, answer


def _told_by_law(world, today):
    for number, right in world.rights.items():
        tie = world.ties[right.tie]
        if _is_kept(world, tie, today):
            for topic in world.topics:
                if _is_about(world, right, topic, tie, today):
                    yield number, tie, topic, right


def _is_about(world, right, topic, tie, today):
    if (
        right.never_was
        or world.ties[right.tie].is_over
        or world.ties[right.tie].resident != tie.resident
        or not _in(today, right.starts_on, right.ends_on)
    ):
        return False
    if right.kind in CUSTODY:
        age = _age(world.residents[tie.resident].born_on, today)
        return age < 15 or (age < 18 and topic not in HEALTH)
    if right.kind in ABOUT_MONEY_ALONE:
        return topic == "economy"
    return topic in right.topics


def _is_kept(world, tie, today):
    moved_out_on = world.residents[tie.resident].moved_out_on
    return not tie.is_over and (moved_out_on is None or today < moved_out_on)


def _may_come_in(world, tie):
    return (
        tie.user is not None
        and tie.user not in world.locked_out
        and tie.has_promised_silence
    )


def _in(today, first, last):
    return first <= today and (last is None or today <= last)


def _age(born_on, today):
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return today.year - born_on.year - (not had_birthday)


def _by(right):
    return "custody" if right.kind in CUSTODY else "representation"
