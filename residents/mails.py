"""Whether the mails of this app may still leave. See portal.mail."""

from residents import incidents
from residents.models import Incident


def incident(message):
    """That something went wrong: to those who decide, and without a word of what."""
    found = Incident.objects.select_related("home").get(pk=message.facts["incident"])
    if not incidents.can_decide(message.to, found):
        return None
    return {"incident": found, "hours": max(found.hours_left, 0)}
