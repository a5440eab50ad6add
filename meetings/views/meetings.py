"""Meetings as those who work here see them: planned, moved, called off, invited to."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from meetings import meeting_page, policy
from meetings.actions import meetings as actions
from meetings.actions import planning
from meetings.forms.meetings import CancelForm, MeetingForm
from meetings.forms.people import ParticipantsForm
from meetings.models import Meeting
from meetings.participants import acceptances, colleagues, colleagues_at
from meetings.views.finding import (
    meeting_for,
    read_meetings,
    resident_for,
    unless_over,
)
from portal import rooms

A_PAGE = 50


@require_safe
def meetings(request):
    """Of all residents one cares for, and of the places where one works."""
    if not policy.can_print_blank(request.user):
        raise PermissionDenied
    found = Meeting.objects.at_work_of(request.user).with_people()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    read_meetings(request.user, page.object_list)
    return render(
        request,
        "meetings/meetings.html",
        {"page": page, "can_plan": bool(policy.places_to_meet(request.user))},
    )


@require_safe
def of_resident(request, uuid):
    resident = resident_for(request, uuid)
    found = list(
        Meeting.objects.at_work_of(request.user)
        .filter(resident=resident)
        .select_related("chair")[:A_PAGE]
    )
    for meeting in found:
        meeting.resident = resident
    read_meetings(request.user, found)
    return render(
        request,
        "meetings/resident_meetings.html",
        {
            "resident": resident,
            "meetings": found,
            "tabs": rooms.tabs(request.user, resident),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, uuid):
    """About one resident. Whoever cares for them may."""
    resident = resident_for(request, uuid)
    form = MeetingForm.of(
        request,
        kinds=Meeting.ABOUT_ONE,
        colleagues=colleagues(resident.department),
    )
    if form.is_valid():
        meeting = actions.plan(
            uuid=form.number, by=request.user, resident=resident, **form.answers()
        )
        form.forget()
        messages.success(request, _("The meeting is planned. Who takes part?"))
        return redirect("meetings:meeting-participants", meeting.uuid)
    return render(
        request, "meetings/meeting_form.html", {"resident": resident, "form": form}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plan_for_many(request):
    """For all relatives of a department or of the home, by those who manage it."""
    places = policy.places_to_meet(request.user)
    if not places:
        raise PermissionDenied
    form = MeetingForm.of(
        request,
        kinds=Meeting.FOR_MANY,
        colleagues=colleagues_at(places),
        places=places,
    )
    if form.is_valid():
        meeting = actions.plan(uuid=form.number, by=request.user, **form.answers())
        form.forget()
        messages.success(
            request, _("The meeting is planned. Write the agenda, then invite.")
        )
        return redirect("meetings:meeting", meeting.uuid)
    return render(request, "meetings/meeting_form.html", {"form": form})


@require_safe
def meeting(request, uuid):
    found = meeting_for(request, uuid)
    return render(
        request, "meetings/meeting.html", meeting_page.of_staff(request.user, found)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@unless_over
def move(request, uuid):
    """Another day, place or chair. Whoever was invited is told."""
    found = meeting_for(request, uuid, policy.can_change)
    form = MeetingForm.of(
        request,
        kinds=Meeting.ABOUT_ONE if found.resident else Meeting.FOR_MANY,
        colleagues=_colleagues_of(found),
        meeting=found,
    )
    if form.is_valid():
        actions.move(found, by=request.user, **form.answers())
        form.forget()
        messages.success(
            request,
            _("The change is saved, and those who are invited are told by mail.")
            if found.invited_at
            else _("The change is saved."),
        )
        return redirect("meetings:meeting", found.uuid)
    return render(
        request,
        "meetings/meeting_form.html",
        {"meeting": found, "resident": found.resident, "form": form},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@unless_over
def cancel(request, uuid):
    found = meeting_for(request, uuid, policy.can_change)
    form = CancelForm.of(request)
    if form.is_valid():
        actions.cancel(found, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("The meeting is called off."))
        return redirect("meetings:meeting", found.uuid)
    return render(
        request,
        "meetings/meeting_cancel.html",
        {"meeting": found, "resident": found.resident, "form": form},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def participants(request, uuid):
    """Whom to invite to a meeting about a resident. A relative only with their yes."""
    found = meeting_for(request, uuid, policy.can_choose_guests)
    form = ParticipantsForm.of(
        request,
        conversation=found,
        acceptances=acceptances(request.user, found.resident),
        colleagues=colleagues(found.resident.department),
    )
    if form.is_valid():
        planning.choose_participants(found, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("The participants are saved."))
        return redirect("meetings:meeting", found.uuid)
    return render(
        request,
        "meetings/participants_form.html",
        {"meeting": found, "resident": found.resident, "form": form},
    )


@require_POST
@unless_over
def invite(request, uuid):
    found = meeting_for(request, uuid, policy.can_change)
    actions.invite(found, by=request.user)
    messages.success(
        request,
        _("The invitations are on their way. Tell those who have no log-in yourself."),
    )
    return redirect("meetings:meeting", found.uuid)


def _colleagues_of(meeting):
    if meeting.resident_id:
        return colleagues(meeting.resident.department)
    return colleagues_at([meeting.department or meeting.home])
