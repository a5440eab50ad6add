from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.rooms import Card, Door, Found, Row, Tab
from residents import actions, policy
from residents import searched as in_search
from residents.models import SampledRead

READ_WITH_USER = ["resident__home"]


def role(user):
    return _("resident") if getattr(user, "resident", None) else ""


def stands_as(user):
    return ["resident"] if getattr(user, "resident", None) else []


def opens(user):
    if getattr(user, "resident", None):
        yield user.resident.short_name, [_("You see all that is written about you.")]


def home(user):
    resident = getattr(user, "resident", None)
    return resident.home if resident else None


def doors(user):
    if policy.any_job(user):
        yield Door(_("Residents"), reverse("residents:residents"), order=20)
    if policy.can_read_access_log(user):
        yield Door(_("Access log"), reverse("residents:access-log"), order=85)


def searched(user):
    return in_search.kinds(user)


def tabs(user, resident):
    yield Tab(
        _("Overview"), reverse("residents:resident", args=[resident.uuid]), order=10
    )
    if policy.manages(user, resident):
        yield Tab(
            _("Hand over data"),
            reverse("residents:resident-data", args=[resident.uuid]),
            order=95,
        )


def cards(user):
    """Last month's sample of the access log, until it has been looked at.

    For department managers; a centre manager finds all of them by the menu.
    """
    if not any(job.role == job.Role.MANAGER for job in user.employments_in_force):
        return
    month = actions.last_month()
    sample = SampledRead.objects.visible_to(user).filter(month=month)
    yield Found(
        sample.values_list("verdict", flat=True),
        lambda verdicts: _of_sample(user, month, verdicts),
    )


def _of_sample(user, month, verdicts):
    drawn = all(verdicts) if verdicts else not actions.can_be_drawn(user, month)
    if drawn:
        return
    waiting = verdicts.count("") or actions.A_SAMPLE
    yield Card(
        _("Who has looked?"),
        [
            Row(
                title=_("Random sample of %(month)s")
                % {"month": date_format(month, "F Y")},
                url=reverse("residents:access-sample"),
                meta=_("Reads by your staff, to look through: %(count)s")
                % {"count": waiting},
            )
        ],
        order=82,
    )


def kept_open(department):
    count = department.residents.living_here().count()
    if count:
        yield ngettext(
            "%(count)s resident lives there.",
            "%(count)s residents live there.",
            count,
        ) % {"count": count}
