"""Who sees what about a resident. Nothing else in the portal looks at grants."""

from dataclasses import dataclass

from django.db.models import DateTimeField, Exists, Q, QuerySet, Value

from portal import clock
from portal.limited import Blank, Lists
from portal.models import Department, User
from portal.once import once
from residents import ledger
from residents.models import Grant


class StaffOnlyQuerySet(QuerySet):
    """For rows with a resident that only those who care for the resident may see."""

    def visible_to(self, user):
        return self.filter(resident__department__in=workplaces(user))


class AboutResidentQuerySet(QuerySet):
    """For rows with a resident, a topic, and the instant they were recorded.

    The grants are read first, for each is a few rows and one index look-up: a single
    statement with EXISTS is as fast on PostgreSQL and reads every row on SQLite.
    """

    # Which of these rows may be shared with others than the staff at all.
    shareable = Q()

    def visible_to(self, user):
        """Everything to those who care for the resident, shared topics to the rest."""
        return self.filter(_cared_for_by(user) | shared_with(user) & self.shareable)

    def newest(self, user, n, *, before=None):
        """The n newest of these that the user may see, or those next after a row.

        Looks up the newest of each (resident, topic) and merges them, so that it costs
        the same however many newer rows the user may not see. Needs an index
        (resident, topic, -recorded_at, -id).
        """
        rows = self.order_by("-recorded_at", "-pk")
        if before is not None:
            rows = rows.filter(
                Q(recorded_at__lt=before.recorded_at)
                | Q(recorded_at=before.recorded_at, pk__lt=before.pk),
                # Says nothing new, but tells the index where to begin.
                recorded_at__lte=before.recorded_at,
            )
        shared = rows.filter(
            self.shareable, resident=Blank("resident"), topic=Blank("topic")
        )
        since = shared.filter(recorded_at__gte=Blank("recorded_at"))
        topics = [
            {"resident": resident, "topic": topic, "recorded_at": since}
            for (resident, topic), since in _standing(user).topics.items()
        ]
        lists = Lists()
        lists.add(rows.filter(_cared_for_by(user))[:n], "recorded_at")
        for some, filled in (
            (shared, [one for one in topics if not one["recorded_at"]]),
            (since, [one for one in topics if one["recorded_at"]]),
        ):
            lists.add(some[:n], "recorded_at", filled=filled)
        if not lists:
            return []
        return list(rows.filter(pk__in=lists.numbers_of_first(n, "recorded_at")))


@dataclass(frozen=True)
class _Standing:
    """Everything that opens anything to a user, at this instant."""

    # The departments whose residents they care for.
    workplaces: list[int]
    # (resident, topic): from when on, None for everything.
    topics: dict


def _standing(user):
    return once(("standing", user.pk, user.sight), lambda: _read_standing(user))


def _read_standing(user):
    """Both grounds in one question, because most pages ask for both."""
    shared = Grant.objects.of(user).values_list(
        "content_object_id", "topic", "since", "ground", "ground_id"
    )
    no_topic, no_instant = Value(""), Value(None, DateTimeField())
    work = (
        Department.objects.of_work(user)
        .order_by()
        .values_list("pk", no_topic, no_instant, Value(""), Value(0))
    )
    rows = list(shared.union(work, all=True))
    ledger.relied_on(user, [row for row in rows if row[1]])
    return _Standing(
        workplaces=[number for number, topic, *_ in rows if not topic],
        topics=_widest(row[:3] for row in rows if row[1]),
    )


def workplaces(user):
    """The numbers of the departments whose residents the user cares for today."""
    return _standing(user).workplaces


def _cared_for_by(user):
    return Q(resident__department__in=workplaces(user))


def sees(user):
    """What the user may see of all that may be shared, as a condition on such rows.

    visible_to() without what only staff read: for asking about several models at once.
    """
    return _cared_for_by(user) | shared_with(user)


def shared_with(user):
    """What residents share with the user at this instant, as a condition on such rows."""
    return _opened_by(_standing(user).topics)


def open_to(user, topic):
    """What residents share of one topic, as a condition on rows that are all about it."""
    standing = _standing(user).topics
    opened = {pair: since for pair, since in standing.items() if pair[1] == topic}
    condition = Q(pk__in=[])
    for (resident, _topic), since in opened.items():
        one = Q(resident=resident)
        condition |= one & Q(recorded_at__gte=since) if since else one
    return condition


def would_be_shared(opened):
    """What certain grants would open, if they stood: (resident's number, topic, since).

    For telling what an answer would change before it is given. The same rule as for
    the grants that stand.
    """
    return _opened_by(_widest(opened))


def _widest(grants):
    """(resident, topic): from when on. Two grounds for one topic: the wider one counts."""
    opened = {}
    for resident, topic, since in grants:
        known = opened.get((resident, topic), since)
        opened[resident, topic] = min(known, since) if known and since else None
    return opened


def _opened_by(topics):
    alike = {}
    for (resident, topic), since in topics.items():
        alike.setdefault((resident, since), []).append(topic)
    shared = Q(pk__in=[])
    for (resident, since), some in alike.items():
        one = Q(resident=resident, topic__in=some)
        shared |= one & Q(recorded_at__gte=since) if since else one
    return shared


def readers(row):
    """With whom the resident shares the row at this instant: shared_with, turned round."""
    return User.objects.filter(pk__in=opening(row).values("user"))


def opening(row):
    """The grants that let others than the staff and the resident see the row now."""
    rows = type(row).objects.filter(pk=row.pk)
    return topic_grants(row.resident, row.topic).filter(
        Exists(rows.filter(rows.shareable)),
        Q(since=None) | Q(since__lte=row.recorded_at),
    )


def topic_grants(resident, topic):
    """Those about one topic, also such as open only what is written later."""
    return _shared_by(resident).filter(topic=topic)


def readers_by_topic(resident):
    """For each topic, the users (by number) who see what is written about it now."""
    users = {}
    open_now = _shared_by(resident).filter(Q(since=None) | Q(since__lte=clock.now()))
    for topic, user in open_now.values_list("topic", "user_id"):
        users.setdefault(topic, set()).add(user)
    return users


def standing(user, resident):
    """What one resident lets one user (both by number) see: (topic, since, ground)."""
    return list(
        Grant.objects.filter(user=user, content_object=resident).values_list(
            "topic", "since", "ground"
        )
    )


def topics_shared_with(user):
    """Who lets the user see what, and why: (resident's number, topic, ground)."""
    return list(
        Grant.objects.of(user)
        .exclude(ground=Grant.Ground.OWN)
        .values_list("content_object_id", "topic", "ground")
        .order_by("content_object_id", "ground", "topic")
        .distinct()
    )


def topics_represented_by(user):
    """Where the user acts for a resident by law: resident's number to topics."""
    topics = {}
    by_law = (Grant.Ground.CUSTODY, Grant.Ground.REPRESENTATION)
    for resident, topic in (
        Grant.objects.of(user)
        .filter(ground__in=by_law)
        .values_list("content_object_id", "topic")
    ):
        topics.setdefault(resident, set()).add(topic)
    return topics


def _shared_by(resident):
    return Grant.objects.filter(content_object=resident).exclude(
        ground=Grant.Ground.OWN
    )
