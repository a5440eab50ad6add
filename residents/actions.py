"""The monthly sample of the access log: drawn, and judged."""

import random

from dateutil.relativedelta import relativedelta
from django.db import transaction

from portal import audit, clock
from portal.models import Department
from residents.models import AccessEvent, SampledRead

A_SAMPLE = 20


def last_month():
    """The month that is over, and so can be drawn from."""
    return clock.today().replace(day=1) - relativedelta(months=1)


def can_be_drawn(user, month):
    """Whether anybody looked at anything that month where no sample is drawn yet."""
    drawn = SampledRead.objects.visible_to(user).filter(month=month)
    departments = Department.objects.of_management(user).open()
    return (
        _to_draw_from(month)
        .filter(department__in=departments.values("pk"))
        .exclude(department__in=drawn.values("department"))
        .exists()
    )


def _to_draw_from(month):
    return (
        AccessEvent.objects.by_staff()
        .opened()
        .in_month(month)
        .filter(resident__isnull=False)
    )


@transaction.atomic
def draw_sample(department, *, month, by):
    """Some reads by staff in a month, drawn once; a second draw finds the first.

    The same log gives the same sample, for anybody who wants to check that nobody chose.
    """
    Department.objects.select_for_update().get(pk=department.pk)
    drawn = SampledRead.objects.filter(department=department, month=month)
    if not drawn.exists():
        reads = _to_draw_from(month).filter(department=department)
        numbers = list(reads.order_by("pk").values_list("pk", flat=True))
        if not numbers:
            return drawn
        lot = random.Random(f"{department.uuid} {month}")  # noqa: S311
        SampledRead.objects.bulk_create(
            SampledRead(department=department, month=month, event_id=number)
            for number in lot.sample(numbers, min(A_SAMPLE, len(numbers)))
        )
        audit.record("sample.drawn", by=by, about=department, month=f"{month:%Y-%m}")
    return drawn


@transaction.atomic
def judge_sampled(sampled, *, verdict, note, by):
    """What the manager thinks of one read. May be judged again; the log has both."""
    sampled.verdict, sampled.note = verdict, note
    sampled.looked_by, sampled.looked_at = by, clock.now()
    sampled.save(update_fields=["verdict", "note", "looked_by", "looked_at"])
    audit.record("sample.judged", by=by, about=sampled, verdict=verdict)
