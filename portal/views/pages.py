from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import addresses, audit, clock, drafts, lateness, privacy, rooms

PLAIN = "text/plain; charset=utf-8"


@require_safe
def home(request):
    """What needs doing today, for whoever it is."""
    first = rooms.first(request.user) or privacy.first(request)
    if first:
        return redirect(first)
    cards = rooms.cards(request.user)
    return render(
        request,
        "home.html",
        {
            "columns": rooms.columns(cards),
            "pictured": any(card.is_pictured for card in cards),
            "called": request.user.name.partition(" ")[0],
            "today": clock.today(),
        },
    )


@require_POST
def draft(request):
    """Keep what stands in a form: by itself while one types, or by a button."""
    path = drafts.path_of(request)
    _author, number = drafts.slip_of(request)
    kept = drafts.save(request.user, path, request.POST, number)
    at = time_format(timezone.localtime(kept.saved_at))
    said = _("Draft saved at %(time)s.") % {"time": at}
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"said": said})
    messages.success(request, said)
    return HttpResponseRedirect(path)


@require_POST
def draft_forget(request):
    path = drafts.path_of(request)
    _author, number = drafts.slip_of(request)
    drafts.forget(request.user, path, number)
    messages.success(request, _("The draft is deleted."))
    return HttpResponseRedirect(path)


@login_not_required
@require_POST
def set_language(request):
    """The reader's language, on this browser and, if signed in, on their account."""
    chosen = request.POST.get("language", "")
    response = redirect(addresses.ours(request.POST.get("back")) or "/")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 60 * 60,
            secure=settings.SECURE,
            httponly=True,
            samesite="Lax",
        )
        if request.user.is_authenticated and request.user.language != chosen:
            request.user.language = chosen
            request.user.save(update_fields=["language"])
    return response


@login_not_required
@require_safe
def healthz(request):
    """The process answers."""
    return HttpResponse("ok", content_type=PLAIN)


@login_not_required
@require_safe
def readyz(request):
    """The process can serve pages: its database answers. Also says whether mails wait."""
    try:
        late = lateness.late()
        broken = audit.is_broken()
    except Error:
        return HttpResponse("no database", content_type=PLAIN, status=503)
    # The pages are well all the same: who balances the load takes nothing away.
    wrong = [_in_words(late)] if late else []
    if broken:
        wrong.append("the audit log does not hold: run manage.py verify_log")
    words = f"ready, but {'; '.join(wrong)}" if wrong else "ready"
    return HttpResponse(words, content_type=PLAIN)


def _in_words(late):
    why = "no mail server takes them" if late.looked else "nobody sends them"
    return f"mails are late by {late.minutes} minutes: {why}"
