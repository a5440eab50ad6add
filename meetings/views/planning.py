from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings import policy
from meetings.actions import planning
from meetings.forms.people import ParticipantsForm
from meetings.forms.planning import DeclineForm, PlanForm
from meetings.participants import acceptances, colleagues
from meetings.views.finding import conversation_for, resident_for


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, uuid):
    resident = resident_for(request, uuid, policy.can_plan)
    form = PlanForm.of(
        request, resident=resident, colleagues=colleagues(resident.department)
    )
    if form.is_valid():
        try:
            conversation = planning.plan(
                resident=resident, uuid=form.number, by=request.user, **form.answers()
            )
        except planning.AlreadyPlanned:
            messages.warning(request, _("A conversation has already been planned."))
            return redirect("meetings:move-in", resident.uuid)
        form.forget()
        messages.success(request, _("The conversation is planned. Who takes part?"))
        return redirect("meetings:participants", conversation.uuid)
    return render(
        request, "meetings/plan_form.html", {"resident": resident, "form": form}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def move(request, uuid):
    """Another day, place, chair or minute taker."""
    conversation = conversation_for(request, uuid, policy.can_move)
    resident = conversation.resident
    form = PlanForm.of(
        request,
        resident=resident,
        colleagues=colleagues(resident.department),
        conversation=conversation,
    )
    if form.is_valid():
        planning.move(conversation, by=request.user, **form.answers())
        form.forget()
        messages.success(
            request,
            _(
                "The change is saved. Relatives with a log-in get a mail. Tell the others."
            ),
        )
        return redirect("meetings:move-in", resident.uuid)
    return render(
        request,
        "meetings/plan_form.html",
        {"resident": resident, "form": form, "conversation": conversation},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decline(request, uuid):
    """The resident or the relatives did not want it, or not now."""
    resident = resident_for(request, uuid, policy.can_plan)
    form = DeclineForm.of(request)
    if form.is_valid():
        try:
            planning.decline(
                resident=resident, uuid=form.number, by=request.user, **form.answers()
            )
            messages.success(request, _("The answer is recorded."))
        except planning.AlreadyPlanned:
            messages.warning(request, _("The conversation has already been held."))
        form.forget()
        return redirect("meetings:move-in", resident.uuid)
    return render(
        request, "meetings/decline_form.html", {"resident": resident, "form": form}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def participants(request, uuid):
    """Whom to invite. A relative only with the resident's yes."""
    conversation = conversation_for(request, uuid, policy.can_choose_participants)
    form = ParticipantsForm.of(
        request,
        conversation=conversation,
        acceptances=acceptances(request.user, conversation.resident),
        colleagues=colleagues(conversation.resident.department),
    )
    if form.is_valid():
        planning.choose_participants(conversation, by=request.user, **form.answers())
        form.forget()
        messages.success(
            request,
            _(
                "The participants are saved. Those with a log-in get a mail now. Call or write to the others."
            ),
        )
        return redirect("meetings:move-in", conversation.resident.uuid)
    return render(
        request,
        "meetings/participants_form.html",
        {"conversation": conversation, "resident": conversation.resident, "form": form},
    )
