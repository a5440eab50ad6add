"""Meetings as those who are invited see them: relatives, and the resident in easy words."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from meetings import calendars, meeting_page
from meetings.actions import meetings as actions
from meetings.actions import minutes
from meetings.forms.minutes import SuggestionForm
from meetings.models import Meeting
from meetings.views.finding import read_meetings, unless_over
from residents.models import Resident

A_LIST = 50


@require_safe
def mine(request):
    """Those to come first, then those that were."""
    if not (_is_relative(request.user) or _resident(request.user)):
        raise PermissionDenied
    found = list(Meeting.objects.for_guest(request.user).with_people()[:A_LIST])
    read_meetings(request.user, found)
    easy = not _is_relative(request.user)
    return render(
        request,
        "meetings/my_meetings_easy.html" if easy else "meetings/my_meetings.html",
        {
            "planned": [one for one in reversed(found) if one.is_planned],
            "called_off": [one for one in found if one.is_called_off],
            "past": [one for one in found if one.status == Meeting.Status.HELD],
        },
    )


@require_safe
def my_meeting(request, uuid):
    found = Meeting.objects.for_guest(request.user).filter(uuid=uuid)
    if not found and Meeting.objects.at_work_of(request.user).filter(uuid=uuid):
        # From an employee's own calendar.
        return redirect("meetings:meeting", uuid)
    meeting = _invited(request, uuid)
    easy = _resident(request.user)
    return render(
        request,
        "meetings/my_meeting_easy.html" if easy else "meetings/my_meeting.html",
        meeting_page.of_guest(request.user, meeting),
    )


@require_POST
def answer(request, uuid):
    """“I come” or “I cannot come”. The latest counts."""
    meeting = _invited(request, uuid)
    if request.POST.get("coming") not in ("yes", "no"):
        return redirect("meetings:my-meeting", meeting.uuid)
    try:
        actions.answer(
            meeting,
            coming=request.POST["coming"] == "yes",
            by=request.user,
            **_as_whom(request.user, meeting),
        )
        messages.success(request, _("Thank you. The staff can see your answer."))
    except actions.NotPlanned:
        messages.warning(request, _("The meeting is over, so you need not answer."))
    return redirect("meetings:my-meeting", meeting.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@unless_over
def suggest(request, uuid):
    meeting = _invited(request, uuid)
    if not meeting.is_planned:
        raise PermissionDenied
    relation = _as_whom(request.user, meeting).get("relation")
    form = SuggestionForm.of(request)
    if form.is_valid():
        minutes.suggest(
            meeting,
            uuid=form.number,
            by=request.user,
            relation=relation,
            **form.answers(),
        )
        form.forget()
        messages.success(request, _("Thank you. It is sent to the staff."))
        return redirect("meetings:my-meeting", meeting.uuid)
    easy = _resident(request.user)
    return render(
        request,
        "meetings/suggest_easy.html" if easy else "meetings/suggest.html",
        {"meeting": meeting, "form": form},
    )


@require_safe
def calendar(request, uuid):
    """The meeting for one's own calendar; who may have it is asked each time."""
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).with_people(), uuid=uuid
    )
    read_meetings(request.user, [meeting])
    return HttpResponse(
        calendars.file_of(meeting),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{calendars.FILE_NAME}"'
        },
    )


def _invited(request, uuid):
    meeting = get_object_or_404(
        Meeting.objects.for_guest(request.user).with_people(), uuid=uuid
    )
    read_meetings(request.user, [meeting])
    return meeting


def _as_whom(user, meeting):
    """The relation or the resident who answers: to a meeting for many, the first."""
    resident = _resident(user)
    if resident and meeting.resident_id in (None, resident.pk):
        return {"resident": resident}
    relations = user.relative.relations.standing().order_by("pk")
    if meeting.resident_id:
        relations = relations.filter(resident=meeting.resident_id)
    elif meeting.department_id:
        relations = relations.filter(resident__department=meeting.department_id)
    else:
        relations = relations.filter(resident__home=meeting.home_id)
    relation = relations.first()
    if relation is None:
        raise Http404
    return {"relation": relation}


def _is_relative(user):
    return getattr(user, "relative", None) is not None


def _resident(user):
    return Resident.objects.of(user).first()
