"""The first hundred days: which talks are to come, and what became of each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meetings import policy
from meetings.actions import first_days as actions
from meetings.forms.first_days import DaysForm, FirstTalkForm
from meetings.models import FirstDays, FirstTalk
from meetings.views.finding import resident_for
from portal import rooms
from residents import ledger


@require_safe
def first_days(request, uuid):
    resident = resident_for(request, uuid)
    talks = list(
        FirstTalk.objects.visible_to(request.user)
        .filter(resident=resident)
        .select_related("settled_by")
    )
    for talk in talks:
        talk.resident = resident
    ledger.read(request.user, talks, purpose=ledger.Purpose.MEETING)
    return render(
        request,
        "meetings/first_days.html",
        {
            "resident": resident,
            "talks": talks,
            "tabs": rooms.tabs(request.user, resident),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def first_talk(request, uuid):
    """Held, moved, or declined."""
    talk = get_object_or_404(
        FirstTalk.objects.visible_to(request.user).select_related(
            "resident__department", "settled_by"
        ),
        uuid=uuid,
    )
    ledger.read(request.user, [talk], purpose=ledger.Purpose.MEETING)
    form = FirstTalkForm.of(request)
    yours = ""
    if form.is_valid():
        try:
            _settle(talk, form, request.user)
        except actions.AlreadySettled:
            talk.refresh_from_db()
            yours = form.cleaned_data["words"]
        else:
            form.forget()
            messages.success(request, _("It is saved."))
            return redirect("meetings:first-days", talk.resident.uuid)
    return render(
        request,
        "meetings/first_talk.html",
        {"talk": talk, "resident": talk.resident, "form": form, "yours": yours},
        status=409 if yours else 200,
    )


def _settle(talk, form, by):
    said = form.cleaned_data
    if form.is_moved:
        actions.move(talk, to=said["on"], why=said["words"], by=by)
    else:
        actions.settle(
            talk, status=said["outcome"], on=said["on"], words=said["words"], by=by
        )


@require_http_methods(["GET", "HEAD", "POST"])
def days(request):
    """The home's own days."""
    home = policy.home_run_by(request.user)
    if home is None:
        raise PermissionDenied
    chosen = ", ".join(str(day) for day in FirstDays.of(home))
    form = DaysForm.of(request, initial={"days": chosen})
    if form.is_valid():
        actions.choose_days(home, days=form.cleaned_data["days"], by=request.user)
        form.forget()
        messages.success(
            request, _("The days are saved for those who move in from now on.")
        )
        return redirect("meetings:conversations")
    return render(request, "meetings/first_days_form.html", {"form": form})
