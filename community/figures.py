"""How often a department has kept its promise to answer."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from community.models import Enquiry, EnquiryMessage
from portal import clock
from portal.models import Department

PERIOD = dt.timedelta(days=90)


@dataclass(frozen=True)
class Figure:
    """Of one department: what fell due in the period, and what of it came in time."""

    department: Department
    due: int
    in_time: int

    @property
    def percent(self):
        return round(100 * self.in_time / self.due) if self.due else None


def of(departments):
    """One for each of them. What is overdue now counts as not in time. Two queries."""
    since = clock.now() - PERIOD
    answered = (
        EnquiryMessage.objects.filter(
            enquiry__department__in=departments,
            promised_by__isnull=False,
            recorded_at__gte=since,
        )
        .annotate(day=TruncDate("recorded_at", tzinfo=clock.DENMARK))
        .order_by()
        .values_list("enquiry__department")
        .annotate(
            every=Count("pk"), kept=Count("pk", filter=Q(day__lte=F("promised_by")))
        )
    )
    counted = {number: (every, kept) for number, every, kept in answered}
    late = dict(
        Enquiry.objects.overdue()
        .filter(department__in=departments)
        .order_by()
        .values_list("department")
        .annotate(late=Count("pk"))
    )
    figures = []
    for one in departments:
        every, kept = counted.get(one.pk, (0, 0))
        figures.append(Figure(one, every + late.get(one.pk, 0), kept))
    return figures
