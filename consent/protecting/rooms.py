"""The way to the logs, for those who protect the data of a home or run it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal import audit
from portal.rooms import Card, Door
from residents import lookups


def doors(user):
    if lookups.home_of(user):
        yield Door(_("Logs"), reverse("consent:the-logs"), order=86)


def cards(user):
    """To those who protect the data: that the logs do not hold any more."""
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
