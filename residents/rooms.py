from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.rooms import Door, Tab

READ_WITH_USER = ["resident__home"]


def role(user):
    return _("resident") if getattr(user, "resident", None) else ""


def home(user):
    resident = getattr(user, "resident", None)
    return resident.home if resident else None


def doors(user):
    if any(job.department_id or job.is_manager for job in user.employments_in_force):
        yield Door(_("Residents"), reverse("residents:residents"), order=20)


def tabs(user, resident):
    yield Tab(
        _("Overview"), reverse("residents:resident", args=[resident.uuid]), order=10
    )


def kept_open(department):
    count = department.residents.living_here().count()
    if count:
        yield ngettext(
            "%(count)s resident lives there.",
            "%(count)s residents live there.",
            count,
        ) % {"count": count}
