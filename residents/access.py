"""Who sees what about a resident. Nothing else in the portal looks at grants."""

from django.db.models import Q, QuerySet

from portal.models import Department
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
