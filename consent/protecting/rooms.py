"""The way to the logs, for those who protect the data of a home or run it."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal import audit
from portal.rooms import Card, Door, Found, Row
from residents import incidents, lookups
from residents.models import Incident


def doors(user):
    if incidents.home_of(user):
        label = _("If something went wrong")
        yield Door(label, reverse("consent:incidents"), order=87)
    if lookups.home_of(user):
        yield Door(_("Logs"), reverse("consent:the-logs"), order=86)


def _undecided(user):
    """To those who decide: the clock runs. One question for each."""
    if lookups.home_of(user) is None:
        return
    found = Incident.objects.visible_to(user).undecided()
    yield Found(found.order_by("discovered_at")[:5], _clocks)


def _clocks(found):
    rows = [
        Row(
            _("Discovered %(at)s")
            % {"at": date_format(localtime(one.discovered_at), "DATETIME_FORMAT")},
            reverse("consent:incident", args=[one.uuid]),
            text=_("The 72 hours run."),
        )
        for one in found
    ]
    if rows:
        yield Card(_("Something went wrong with people's data"), rows, order=0)


def cards(user):
    """To those who protect the data: that the logs do not hold any more."""
    yield from _undecided(user)
    if user.homes_protected and audit.is_broken():
        yield Card(
            _("The logs do not hold"),
            empty=_(
                "Somebody has changed or removed a line. Ask whoever runs the portal to "
                "say where."
            ),
            action=(_("See the logs"), reverse("consent:the-logs")),
            order=0,
        )
