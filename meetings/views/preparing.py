"""Before the conversation: each of those whom the resident accepts, and the resident."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from consent import together as lent
from consent.views.sitting import Sitting
from meetings import policy, preparing
from meetings.actions import preparing as actions
from meetings.forms.preparing import PreparationForm
from meetings.models import Conversation, Preparation
from meetings.views.finding import as_whom, conversation_for
from portal import audit
from residents import ledger


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request, uuid):
    """A relative's own page, or the resident's in easy words."""
    conversation, relation = as_whom(request.user, uuid)
    template = "meetings/prepare.html" if relation else "meetings/prepare_easy.html"
    return _page(request, conversation, relation, template)


@require_http_methods(["GET", "HEAD", "POST"])
def together(request, uuid):
    """The resident's own questions, with an employee at the keyboard."""
    conversation = conversation_for(request, uuid, policy.can_write)
    return _page(
        request, conversation, None, "meetings/prepare_together.html", together=True
    )


@require_POST
def together_lend(request, uuid):
    """The screen is the resident's from here on, with the resident's own questions on it."""
    conversation = conversation_for(request, uuid, policy.can_write)
    resident = conversation.resident
    if conversation.status != Conversation.Status.PLANNED:
        raise Http404
    # What was said to the employee is not for the resident to read.
    list(messages.get_messages(request))
    lent.begin(request, resident)
    audit.record("preparation.together_begun", by=request.user, about=conversation)
    return redirect("meetings:together-prepare", resident.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def together_prepare(request, resident):
    """The resident's own page in easy words, with an employee beside."""
    sitting = Sitting.of(request, resident)
    planned = Conversation.objects.visible_to(request.user).filter(
        resident=sitting.resident, status=Conversation.Status.PLANNED
    )
    conversation = get_object_or_404(planned.select_related("resident__department"))
    ledger.read(request.user, [conversation])
    return _page(
        request,
        conversation,
        None,
        "meetings/prepare_lent.html",
        together=True,
        sitting=sitting,
        here=sitting.here,
    )


@require_POST
def take_back(request, uuid):
    conversation, relation = as_whom(request.user, uuid)
    try:
        actions.take_back(conversation, relation=relation, by=request.user)
        messages.success(request, _("You have taken it back. Nobody else can read it."))
    except actions.AlreadyHeld:
        messages.warning(request, _("We have talked, so it can no longer be changed."))
    return redirect("meetings:prepare", conversation.uuid)


@require_safe
def prepared(request, uuid):
    """For staff: everything that was sent, whoever sent it."""
    conversation = conversation_for(request, uuid, policy.can_write)
    found = list(
        Preparation.objects.visible_to(request.user)
        .filter(conversation=conversation)
        .sent()
        .with_answers()
    )
    ledger.read(request.user, found, purpose=ledger.Purpose.MEETING)
    own = preparing.own_of(conversation)
    return render(
        request,
        "meetings/prepared.html",
        {
            "conversation": conversation,
            "resident": conversation.resident,
            "preparations": [(one, _answered(one, own)) for one in found],
        },
    )


def _page(request, conversation, relation, template, *, together=False, **more):
    mine = (
        Preparation.objects.visible_to(request.user)
        .filter(conversation=conversation, relation=relation)
        .with_answers()
    )
    # What the resident has taken back is the resident's alone.
    mine = (mine.sent() if together else mine).first()
    is_open = conversation.status == Conversation.Status.PLANNED
    if together and not is_open:
        raise Http404
    written = {one.key: one.text for one in mine.answers.all()} if mine else {}
    own = preparing.own_of(conversation)
    form = PreparationForm.of(
        request, asked=preparing.asked_of(relation, own), written=written
    )
    if is_open and form.is_valid():
        actions.send(
            conversation,
            relation=relation,
            answers=form.answers(),
            by=request.user,
            together=together,
            lent="sitting" in more,
        )
        form.forget()
        messages.success(request, _("Thank you. It is sent to the staff."))
        return redirect(request.path)
    return render(
        request,
        template,
        {
            "conversation": conversation,
            "resident": conversation.resident,
            "form": form,
            "mine": mine,
            "is_open": is_open,
            "answered": _answered(mine, own) if mine else [],
            **more,
        },
    )


def _answered(preparation, own):
    texts = {one.key: one.text for one in preparation.answers.all()}
    return [
        (asked.text, texts[asked.key])
        for asked in preparing.asked_of(preparation.relation_id, own)
        if asked.key in texts
    ]
