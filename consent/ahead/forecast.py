"""What will be open at another instant: the views themselves, asked about then.

A second rule that forecasts would be wrong sooner or later. So the SELECT of each view is
taken as it stands, and its two clocks are replaced by the instant in question: the text of
one query and nothing else. No clock is moved and nothing is set. See
docs/decisions/0009-the-forecast-asks-the-gate.md.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, Q

from consent import grants
from consent.ahead import turning
from portal import clock
from relatives.models import Relation
from residents.shared import shared_models
from residents.topics import Topic

# So many instants in one statement: SQLite joins no more than 500 SELECTs.
AT_ONCE = 20
SEE, HEAR = "see", "hear"
MOMENT = dt.timedelta(microseconds=1)


def _as_it_stands(view, instant):
    """The SELECT of a view with the instant in the place of its clocks."""
    utc = instant.astimezone(dt.UTC)
    day = instant.astimezone(clock.DENMARK).date().isoformat()
    # The same text as the SQLite clock gives, for there instants are compared as text.
    now = f"'{utc:%Y-%m-%d %H:%M:%S.%f}'"
    today = f"'{day}'"
    if connection.vendor == "postgresql":
        now, today = f"'{utc.isoformat()}'::timestamptz", f"'{day}'::date"
    select = view.select[connection.vendor]
    return select.replace("portal_now()", now).replace("portal_today()", today)


def _numbers(rows):
    return ", ".join(str(int(row)) for row in rows) or "NULL"


def _statement(moment, instant, users, residents, relations):
    return f"""
SELECT {moment} AS moment, '{SEE}' AS way, g.content_object_id AS resident_id,
       g.user_id AS person, g.topic AS topic, g.since AS since
  FROM ({_as_it_stands(grants.V2, instant)}) g
 WHERE g.content_object_id IN ({residents}) AND g.user_id IN ({users})
   AND g.ground <> 'own'
UNION ALL
SELECT {moment}, '{HEAR}', 0, t.relation_id, t.topic, NULL
  FROM ({_as_it_stands(grants.TELLING_V3, instant)}) t
 WHERE t.relation_id IN ({relations})"""  # noqa: S608 -- numbers and instants of our own


def open_at(instants, relations):
    """For each instant, what is open to each relation: {number: {way: {topic: since}}}.

    `relations` with their relatives. Since None opens what was written earlier too.
    """
    by_user = {
        (relation.relative.user_id, relation.resident_id): relation.pk
        for relation in relations
        if relation.relative.user_id and relation.ended_at is None
    }
    users = _numbers({user for user, _resident in by_user})
    residents = _numbers({relation.resident_id for relation in relations})
    numbers = _numbers(relation.pk for relation in relations)
    states: list[dict] = [{} for _instant in instants]
    for start in range(0, len(instants), AT_ONCE):
        part = list(enumerate(instants))[start : start + AT_ONCE]
        with connection.cursor() as cursor:
            cursor.execute(
                "\nUNION ALL\n".join(
                    _statement(moment, instant, users, residents, numbers)
                    for moment, instant in part
                )
            )
            for moment, way, resident, person, topic, since in cursor.fetchall():
                known = by_user.get((person, resident)) if way == SEE else person
                if known is None:
                    continue
                ways = states[moment].setdefault(known, {SEE: {}, HEAR: {}})
                ways[way][topic] = _wider(ways[way], topic, _aware(since))
    return states


def _wider(opened, topic, since):
    """Two grounds for one topic: the wider one counts, as at the gate."""
    known = opened.get(topic, since)
    return min(known, since) if known and since else None


def _aware(since):
    if isinstance(since, str):
        since = dt.datetime.fromisoformat(since)
    return since and (since if since.tzinfo else since.replace(tzinfo=dt.UTC))


@dataclass
class Change:
    """What one day closes and opens to one relative."""

    relation: Relation
    # Topic and how many things, of what they see in the portal.
    lost: list[tuple[Topic, int]] = field(default_factory=list)
    gained: list[tuple[Topic, int]] = field(default_factory=list)
    # Topics that they are no longer told about, or are told from then on.
    unheard: list[Topic] = field(default_factory=list)
    heard: list[Topic] = field(default_factory=list)

    @property
    def things_lost(self):
        return sum(number for _topic, number in self.lost)

    @property
    def things_gained(self):
        return sum(number for _topic, number in self.gained)


@dataclass
class Day:
    """One day on which something changes by itself."""

    day: dt.date
    resident_id: int
    turns: list[turning.Turn]
    changes: list[Change]


def days(residents, last):
    """Each day until that one on which something changes for one of the residents."""
    found = turning.turns(residents, last)
    dates = sorted({turn.day for turn in found})
    relations = list(
        Relation.objects.filter(
            resident__in={turn.resident_id for turn in found}, ended_at=None
        ).select_related("relative", "resident")
    )
    instants = [
        clock.now(),
        *(clock.midnight(day + turning.A_DAY) - MOMENT for day in dates),
    ]
    states = open_at(instants, relations) if relations else [{} for _one in instants]
    things = _things(relations, states)
    shown = []
    for number, day in enumerate(dates):
        of_day = [turn for turn in found if turn.day == day]
        for resident in dict.fromkeys(turn.resident_id for turn in of_day):
            own = [turn for turn in of_day if turn.resident_id == resident]
            changes = [
                change
                for relation in relations
                if relation.resident_id == resident
                and (
                    change := _change(
                        relation, states[number], states[number + 1], things
                    )
                )
            ]
            if changes or any(turn.is_birthday for turn in own):
                shown.append(Day(day, resident, own, changes))
    return shown


def _change(relation, before, after, things):
    nothing: dict = {SEE: {}, HEAR: {}}
    old, new = before.get(relation.pk, nothing), after.get(relation.pk, nothing)
    if old == new:
        return None
    resident = relation.resident_id

    def number(opened, topic):
        if topic not in opened[SEE]:
            return 0
        return things.get((resident, topic, opened[SEE][topic]), 0)

    change = Change(relation)
    for topic in Topic:
        difference = number(old, topic) - number(new, topic)
        if topic in old[SEE] and (topic not in new[SEE] or difference > 0):
            change.lost.append((topic, difference))
        elif topic in new[SEE] and (topic not in old[SEE] or difference < 0):
            change.gained.append((topic, -difference))
    # Whoever sees a topic is told of it: only what is not said above is said once more.
    seen = {topic for topic, _number in change.lost + change.gained}
    change.unheard = [
        t for t in Topic if t in old[HEAR] and t not in new[HEAR] and t not in seen
    ]
    change.heard = [
        t for t in Topic if t in new[HEAR] and t not in old[HEAR] and t not in seen
    ]
    return change


def _things(relations, states):
    """How many things there are: {(resident, topic, since): number}, as the gate has it."""
    wanted = {
        (relation.resident_id, topic, since)
        for state in states
        for relation in relations
        for topic, since in state.get(relation.pk, {SEE: {}})[SEE].items()
    }
    if not wanted:
        return {}
    sinces = sorted({since for _resident, _topic, since in wanted if since})
    counted: dict = {}
    for model in shared_models():
        rows = model._default_manager.all()
        counts = {
            f"since_{n}": Count("pk", filter=Q(recorded_at__gte=since))
            for n, since in enumerate(sinces)
        }
        found = (
            rows.filter(
                rows.shareable,
                resident__in={resident for resident, _topic, _since in wanted},
            )
            .order_by()
            .values("resident_id", "topic")
            .annotate(all=Count("pk"), **counts)
        )
        for row in found:
            for number, since in [
                ("all", None),
                *((f"since_{n}", s) for n, s in enumerate(sinces)),
            ]:
                key = (row["resident_id"], row["topic"], since)
                counted[key] = counted.get(key, 0) + row[number]
    return counted
