"""Who sees what about a resident. Nothing else in the portal looks at grants."""

from django.db.models import Q, QuerySet

from portal.models import Department, User
from residents.models import Grant


class StaffOnlyQuerySet(QuerySet):
    """For rows with a resident that only those who care for the resident may see."""

    def visible_to(self, user):
        return self.filter(
            resident__department__in=list(
                Department.objects.of_work(user).values_list("pk", flat=True)
            )
        )


class AboutResidentQuerySet(QuerySet):
    """For rows with a resident, a topic, and the instant they were recorded.

    The grants are read first, for each is a few rows and one index look-up: a single
    statement with EXISTS is as fast on PostgreSQL and reads every row on SQLite.
    """

    def visible_to(self, user):
        """Everything to those who care for the resident, shared topics to the rest."""
        seen = Q(
            resident__department__in=list(
                Department.objects.of_work(user).values_list("pk", flat=True)
            )
        )
        return self.filter(seen | shared_with(user))


def shared_with(user):
    """What residents share with the user at this instant, as a condition on such rows."""
    grants = Grant.objects.filter(user=user).values_list(
        "content_object_id", "topic", "since"
    )
    shared = Q(pk__in=[])
    for resident, topic, since in grants:
        one = Q(resident=resident, topic=topic)
        shared |= one & Q(recorded_at__gte=since) if since else one
    return shared


def readers(row):
    """With whom the resident shares the row at this instant: shared_with, turned round."""
    opening = _shared_by(row.resident).filter(
        Q(since=None) | Q(since__lte=row.recorded_at), topic=row.topic
    )
    return User.objects.filter(pk__in=opening.values("user"))


def readers_by_topic(resident):
    """For each topic, the numbers of the users with whom the resident shares it."""
    users = {}
    for topic, user in _shared_by(resident).values_list("topic", "user_id"):
        users.setdefault(topic, set()).add(user)
    return users


def topics_shared_with(user):
    """Who lets the user see what, and why: (resident's number, topic, ground)."""
    return list(
        Grant.objects.filter(user=user)
        .exclude(ground=Grant.Ground.OWN)
        .values_list("content_object_id", "topic", "ground")
        .order_by("content_object_id", "ground", "topic")
        .distinct()
    )


def _shared_by(resident):
    return Grant.objects.filter(content_object=resident).exclude(
        ground=Grant.Ground.OWN
    )
