"""How a department receives enquiries."""

from django.db import transaction

from community.models import Desk
from portal import audit


@transaction.atomic
def set_up(department, *, reads_from, reads_until, routes, by):
    """From now on. What has been received keeps its day and its place."""
    desk, _created = Desk.objects.update_or_create(
        department=department,
        defaults={
            "reads_from": reads_from,
            "reads_until": reads_until,
            "routes": routes,
        },
    )
    audit.record(
        "enquiry.desk_set_up", by=by, about=desk, department=department.pk, **routes
    )
    return desk
