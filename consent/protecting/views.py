"""The logs, to those who protect the data of a home or run it: who saw what, and could."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from consent.protecting import events, lines
from consent.protecting.forms import LookupForm
from portal import audit, spreadsheets
from residents import lookups, sealing
from residents.models import Lookup


def _home_of(user):
    """The home whose logs the user may look into. Raises PermissionDenied."""
    home = lookups.home_of(user)
    if home is None:
        raise PermissionDenied
    return home


@require_safe
def the_logs(request):
    """Whether the logs hold, what can be looked up, and what was."""
    _home_of(request.user)
    earlier = Lookup.objects.visible_to(request.user).select_related("by")[:20]
    return render(
        request,
        "consent/protecting/logs.html",
        {
            "check": audit.last_check(),
            "sealed": sealing.seals().last(),
            "kinds": Lookup.Kind.choices,
            "earlier": earlier,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request, kind):
    """Ask the logs one question, and say why."""
    home = _home_of(request.user)
    if kind not in Lookup.Kind:
        raise Http404
    form = LookupForm.of(request, kind=kind, home=home)
    if form.is_valid():
        lookup = lookups.look(
            uuid=form.number, home=home, kind=kind, by=request.user, **form.asked()
        )
        form.forget()
        return redirect("consent:looked-up", lookup.uuid)
    return render(
        request,
        "consent/protecting/look_up.html",
        {"form": form, "heading": Lookup.Kind(kind).label},
    )


@require_safe
def looked_up(request, uuid):
    """The answer as the logs give it today."""
    _home_of(request.user)
    lookup = get_object_or_404(Lookup.objects.visible_to(request.user), uuid=uuid)
    said = {"lookup": lookup, "asked": lines.asked(lookup)}
    if lookup.kind == Lookup.Kind.COULD:
        said["could"] = lines.could_have_seen(lookup)
        lookups.about(request.user, [lookup.resident_id])
    else:
        rows = lookups.found(lookup, request.user)
        shown, older = lines.page(rows, request.GET.get("before", ""))
        names = lookups.names(lookup.home, {one.resident_id for one in shown})
        said |= {"lines": lines.of(shown, names), "older": older}
        said["counted"] = lines.counted(lookup, rows)
        lookups.about(request.user, names or [lookup.resident_id])
    return render(request, "consent/protecting/looked_up.html", said)


@require_safe
def looked_up_file(request, uuid):
    """The same for the authority's file."""
    _home_of(request.user)
    lookup = get_object_or_404(Lookup.objects.visible_to(request.user), uuid=uuid)
    audit.record("log.exported", by=request.user, about=lookup)
    return spreadsheets.answer(
        lines.file(lookup, request.user),
        filename=f"opslag-{lookup.at:%Y-%m-%d}.csv",
    )


@require_safe
def log_events(request):
    """Who did what: the audit log, by person, kind and day."""
    home = _home_of(request.user)
    asked = events.Asked.of(request.GET)
    rows = events.of(home, asked)
    audit.record("log.read", by=request.user, about=home, kind=asked.kind)
    return render(
        request,
        "consent/protecting/events.html",
        {
            "lines": events.lines(rows[: events.A_PAGE]),
            "older": rows[events.A_PAGE - 1].pk if len(rows) > events.A_PAGE else None,
            "asked": asked,
            "kinds": events.KINDS.items(),
        },
    )
