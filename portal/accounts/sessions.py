"""Where somebody is logged in, and the end of it."""

import datetime as dt
from dataclasses import dataclass
from functools import wraps

from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _
from ua_parser import parse

from portal import audit, clock
from portal.models import AuditEvent

A_MONTH = dt.timedelta(days=30)
# Of tries in vain: more tell no more.
SHOWN = 20


@dataclass(frozen=True)
class Place:
    """One log-in, as its owner may know it again."""

    number: int
    device: str
    began_at: object
    is_here: bool


def of(user, *, here):
    """The user's log-ins that still open something, the newest first.

    `here` is the key of the session from which it is asked.
    """
    alive = UserSession.objects.purge_and_list(user)
    places = [
        Place(one.pk, device(one.user_agent), one.created_at, one.session_key == here)
        for one in alive
    ]
    return sorted(places, key=lambda place: place.began_at, reverse=True)


def tried_in_vain(user):
    """When somebody tried to log in as the user and could not, this last month."""
    return list(
        AuditEvent.objects.filter(
            subject=f"{user._meta.label_lower}:{user.pk}",
            verb="user.sign_in_failed",
            at__gt=clock.now() - A_MONTH,
        )
        .order_by("-at")
        .values_list("at", flat=True)[:SHOWN]
    )


@transaction.atomic
def end(user, *, by, number=None, besides=None):
    """End one of the user's log-ins, or all of them besides that with this session key.

    Answers with how many there were.
    """
    sessions = UserSession.objects.filter(user=user)
    if number is not None:
        sessions = sessions.filter(pk=number)
    if besides is not None:
        sessions = sessions.exclude(session_key=besides)
    ending = list(sessions)
    get_adapter().end_sessions(ending)
    if ending:
        audit.record("user.sessions_ended", by=by, about=user, count=len(ending))
    return len(ending)


def left(*, user, **_kwargs):
    """Somebody has logged out, or was: nobody there, or too long."""
    if user is not None:
        audit.record("user.signed_out", by=user, about=user)


def with_a_new_key(view):
    """After the view has asked once more who somebody is, the session has a new key.

    Whoever had come by the old one does not come along (OWASP ASVS 7.2.4).
    """

    @wraps(view)
    def page(request, *args, **kwargs):
        asked = get_authentication_records(request, request.user)
        answer = view(request, *args, **kwargs)
        if get_authentication_records(request, request.user) != asked:
            old = request.session.session_key
            request.session.cycle_key()
            UserSession.objects.filter(session_key=old).update(
                session_key=request.session.session_key
            )
        return answer

    return page


def device(user_agent):
    """What a person calls it: "Safari on iPhone"; the version says nothing to them."""
    known = parse(user_agent)
    browser = known.user_agent and known.user_agent.family.replace("Mobile", "").strip()
    system = known.os and known.os.family
    if known.device and known.device.family in ("iPhone", "iPad"):
        system = known.device.family
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown browser")
