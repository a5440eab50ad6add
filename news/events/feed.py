"""A person's secret address, at which their own calendar reads the house's events.

Calendars on telephones know no log-in: whoever has the address has the calendar. So it
holds nothing about anybody, it can be made anew or closed at any time, and what it opens
is asked for each time as on a page.
"""

import hashlib

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from news.events import actions, files, policy
from news.models import CalendarFeed
from portal import calendars, walls
from portal.backends import Backend

# Where in the session the secret waits for the one page that shows it.
MADE = "calendar_feed"


@login_not_required
@require_safe
def feed(request, token):
    """The calendar. What does not open it, or opens it no more, is one and the same 404."""
    limited = ratelimit.consume_or_429(request, action="calendar_feed", limit_get=True)
    if limited:
        return limited
    user = _whose(token)
    if user is None:
        raise Http404
    with walls.seen_by(user):
        content = files.feed_of(user)
    response = HttpResponse(
        content,
        content_type=calendars.TYPE,
        headers={"ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"'},
    )
    return get_conditional_response(
        request, etag=response.headers["ETag"], response=response
    )


def _whose(token):
    """The person whose address it is, if they may still log in."""
    found = CalendarFeed.objects.filter(digest=actions.digest_of(token))
    number = found.values_list("user", flat=True).first()
    user = Backend().get_user(number) if number else None
    return user if user and user.is_active else None


@require_safe
def my_feed(request):
    """Whether there is one, how to use it, and the address itself just after it is made."""
    if not policy.belongs_somewhere(request.user):
        raise PermissionDenied
    token = request.session.pop(MADE, None)
    address = (
        f"{settings.PORTAL_URL}{reverse('news:feed', args=[token])}" if token else ""
    )
    return render(
        request,
        "news/my_feed.html",
        {
            "feed": CalendarFeed.objects.filter(user=request.user).first(),
            "address": address,
            # Telephones know what to do with it.
            "to_subscribe": f"webcal://{address.partition('://')[2]}" if token else "",
        },
    )


@require_POST
def open_feed(request):
    if not policy.belongs_somewhere(request.user):
        raise PermissionDenied
    request.session[MADE] = actions.open_feed(by=request.user)
    return redirect("news:my-feed")


@require_POST
def close_feed(request):
    if not policy.belongs_somewhere(request.user):
        raise PermissionDenied
    actions.close_feed(by=request.user)
    messages.success(request, _("The address is closed. It opens nothing any more."))
    return redirect("news:my-feed")
