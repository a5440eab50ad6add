"""A log-in that nobody uses ends by itself: the PC in the staff room has many users.

ASVS 5.0, 7.3.1 and 7.3.2: a limit on how long nothing may happen, and one on the whole.
"""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.utils.translation import gettext as _

from portal.middleware import WITHOUT_DATABASE

BEGAN, SEEN = "log-in-began", "log-in-seen"
# The cookie of a browser that others use too; it holds no more than that.
SHARED = "shared-computer"
# So often at most does a session write down that it is in use.
SECONDS_BETWEEN = 60


def begin(*, request, **_kwargs):
    """Somebody has logged in: both clocks start."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def limit(request):
    """How many seconds may pass without anything happening."""
    if request.COOKIES.get(SHARED):
        return settings.IDLE_MINUTES_SHARED * 60
    return settings.IDLE_MINUTES * 60


def ends_by_itself(get_response):
    """Whoever has been away too long is nobody from here on, and is told why."""

    def middleware(request):
        if request.path not in WITHOUT_DATABASE and request.user.is_authenticated:
            now, session = int(time.time()), request.session
            seen, began = session.get(SEEN, 0), session.get(BEGAN, 0)
            if now - seen > limit(request) or now - began > settings.SESSION_COOKIE_AGE:
                logout(request)
                messages.info(
                    request,
                    _("You were logged out because nothing had happened for a while."),
                )
            elif now - seen >= SECONDS_BETWEEN:
                session[SEEN] = now
        return get_response(request)

    return middleware
