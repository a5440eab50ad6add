"""What was typed, kept in the session under a number of its own, for half an hour.

A name in the address would stay in the history of the shared PC, in the proxy's log and
in whatever is copied from the address bar. So the form is posted, and the page that
answers has only the number, which means nothing to anybody else. Each search has its
own, so that two windows and two callers are never mixed (docs/decisions/0012).
"""

import secrets

from django.utils.http import urlencode

from consent.phone.callers import MOST_CHARACTERS
from portal import clock

KEY = "found"
IN_SESSION = "phone_searches"
GOOD_FOR_SECONDS = 30 * 60
MOST = 10


def keep(request, text):
    """Keep a search. Returns the query string of the page that answers it."""
    number = secrets.token_urlsafe(8)
    kept = dict(list(request.session.get(IN_SESSION, {}).items())[-(MOST - 1) :])
    kept[number] = [text.replace("\x00", "")[:MOST_CHARACTERS], clock.now().timestamp()]
    request.session[IN_SESSION] = kept
    return f"?{urlencode({KEY: number})}"


def text_of(request):
    """What was typed for the page that is asked for, or an empty text."""
    kept = request.session.get(IN_SESSION, {})
    text, at = kept.get(request.GET.get(KEY, ""), ("", 0))
    return text if clock.now().timestamp() - at < GOOD_FOR_SECONDS else ""
