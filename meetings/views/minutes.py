"""The agenda and the minutes of a meeting, and when it is over."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings import policy
from meetings.actions import holding
from meetings.actions import minutes as actions
from meetings.forms.minutes import ItemForm, MeetingFinishForm, MinutesForm
from meetings.views.finding import item_for, meeting_for, unless_over
from meetings.views.holding import warn_of_those_without_a_yes
from relatives.forms.agreements import AgreementForm
from relatives.views.finding import standing_relations


@require_http_methods(["GET", "HEAD", "POST"])
@unless_over
def add_item(request, uuid):
    meeting = meeting_for(request, uuid, policy.can_take_minutes)
    form = ItemForm.of(request, meeting=meeting)
    if form.is_valid():
        actions.add_item(meeting, uuid=form.number, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("It is on the agenda."))
        return redirect("meetings:meeting", meeting.uuid)
    return _draw(request, meeting, "meetings/item_form.html", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def item(request, uuid):
    """Another topic or place on the agenda; a suggestion is taken on, or answered."""
    found = item_for(request, uuid, policy.can_take_minutes)
    form = ItemForm.of(request, meeting=found.meeting, item=found)
    if form.is_valid():
        actions.change_item(found, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("The change is saved."))
        return redirect("meetings:meeting", found.meeting.uuid)
    return _draw(
        request, found.meeting, "meetings/item_form.html", form=form, item=found
    )


@require_http_methods(["GET", "HEAD", "POST"])
def write(request, uuid):
    """What was said to one point; afterwards a correction beside it."""
    found = item_for(request, uuid, policy.can_take_minutes)
    form, theirs = MinutesForm.of(request, item=found), None
    if form.is_valid():
        try:
            actions.write(found, by=request.user, **form.answers())
        except actions.Overtaken as overtaken:
            theirs = overtaken.theirs
            form.data = form.data.copy()
            form.data["seen"] = theirs.version
            form.renew_slip()
        else:
            form.forget()
            messages.success(request, _("The minutes are saved."))
            return redirect("meetings:meeting", found.meeting.uuid)
    return _draw(
        request,
        found.meeting,
        "meetings/minutes_form.html",
        409 if theirs else 200,
        form=form,
        item=found,
        theirs=theirs,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@unless_over
def finish(request, uuid):
    """It has been held. What must have minutes has them first."""
    meeting = meeting_for(request, uuid, policy.can_take_minutes)
    missing = actions.unwritten(meeting)
    form = MeetingFinishForm.of(request, meeting=meeting)
    if not missing and form.is_valid():
        try:
            actions.finish(meeting, by=request.user, **form.answers())
        except actions.NothingWritten as lacking:
            # Somebody has put more on the agenda in the very same moment.
            missing = lacking.items
        else:
            form.forget()
            messages.success(request, _("The meeting is finished."))
            if meeting.resident_id:
                warn_of_those_without_a_yes(request, meeting)
            return redirect("meetings:meeting", meeting.uuid)
    return _draw(
        request, meeting, "meetings/meeting_finish.html", form=form, missing=missing
    )


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request, uuid):
    """An agreement that comes out of a meeting about a resident."""
    meeting = meeting_for(request, uuid, policy.can_agree)
    form = AgreementForm.of(
        request,
        resident=meeting.resident,
        relations=standing_relations(request.user, meeting.resident),
    )
    if form.is_valid():
        holding.agree(meeting, uuid=form.number, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("The agreement is recorded."))
        return redirect("meetings:meeting", meeting.uuid)
    return _draw(request, meeting, "meetings/meeting_agreement.html", form=form)


def _draw(request, meeting, template, status=200, **more):
    more |= {"meeting": meeting, "resident": meeting.resident}
    return render(request, template, more, status=status)
