"""Resident and employee at one screen: the log-in is the employee's, the page the resident's.

While it lasts the session is held: whatever else is asked for leads back to the resident's
questions. It is over by a button, after a while without a touch, and after an hour at the
latest; and then nothing opens before the employee has said who they are once more.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from allauth.account.authentication import get_authentication_records
from django.shortcuts import redirect

from portal import clock, drafts
from portal.middleware import WITHOUT_DATABASE

KEY = "together"
WITHOUT_A_TOUCH = dt.timedelta(minutes=15)
AT_MOST = dt.timedelta(hours=1)
# The resident's own pages, wherever they are; all have the resident in their address.
PAGES = ("consent:together", "meetings:together")
# What opens while the session is held, besides them.
OPEN = {
    "consent:together-over",
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "set-language",
}


@dataclass(frozen=True)
class Held:
    """A session in which the screen is the resident's."""

    resident: uuid.UUID
    since: float
    touched: float
    ended: bool = False

    @property
    def is_over(self):
        now = clock.now().timestamp()
        return (
            self.ended
            or now - self.touched > WITHOUT_A_TOUCH.total_seconds()
            or now - self.since > AT_MOST.total_seconds()
        )


def of(request):
    """Held, if somebody sits together in this session; else None."""
    kept = request.session.get(KEY)
    return kept and Held(**kept | {"resident": uuid.UUID(kept["resident"])})


def begin(request, resident):
    now = clock.now().timestamp()
    _keep(request, Held(resident.uuid, now, now))


def end(request, held):
    _keep(request, Held(held.resident, held.since, held.touched, ended=True))


def touch(request, held):
    now = clock.now().timestamp()
    # Not a write to the session for every tap.
    if now - held.touched > 30:
        _keep(request, Held(held.resident, held.since, now))


def is_back(request, held):
    """Whether the employee has given their password since it began."""
    return any(
        record["at"] > held.since
        for record in get_authentication_records(request, request.user)
        if record.get("reauthenticated")
    )


def release(request):
    del request.session[KEY]


def _keep(request, held):
    request.session[KEY] = vars(held) | {"resident": str(held.resident)}


class HoldMiddleware:
    """Nothing but the resident's questions, as long as the session is held."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Not first with the view: the page that says there is none has a menu too.
        asks = request.path not in WITHOUT_DATABASE and request.user.is_authenticated
        request.held = of(request) if asks else None
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        held, name = request.held, request.resolver_match.view_name
        if held is None or name in OPEN:
            return None
        ours = name.startswith(PAGES) and (kwargs.get("resident") == held.resident)
        if ours and not held.is_over:
            touch(request, held)
            return None
        if request.method == "POST":
            # A text from another tab of the employee's is kept for them.
            drafts.rescue(request)
        if held.is_over:
            return redirect("consent:together-over")
        return redirect("consent:together", resident=held.resident)
