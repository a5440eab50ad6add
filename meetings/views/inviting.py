"""The invitation on paper: to look at, to print, and to write down as given."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meetings import policy
from meetings.actions import inviting
from meetings.forms.inviting import LetterForm
from meetings.papers import invitation
from meetings.views.finding import conversation_for
from portal import drawing
from residents import ledger

# No name in it: the file may lie on a computer that others use.
NAME = "indbydelse.pdf"


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request, uuid, relation):
    participant = _invited(request, uuid, relation)
    form = LetterForm.of(request)
    if form.is_valid():
        try:
            inviting.give_letter(
                participant, uuid=form.number, by=request.user, **form.answers()
            )
        except inviting.NotInvited:
            messages.error(
                request, _("It is not written down: they are no longer invited.")
            )
        else:
            messages.success(request, _("It is noted who got it."))
            form.forget()
        return redirect("meetings:move-in", participant.conversation.resident.uuid)
    return render(
        request,
        "meetings/letter.html",
        {
            "form": form,
            "person": participant,
            "conversation": participant.conversation,
            "resident": participant.conversation.resident,
        },
    )


@require_safe
def letter_paper(request, uuid, relation):
    participant = _invited(request, uuid, relation)
    ledger.printed(
        request.user, [participant.conversation], purpose=ledger.Purpose.MEETING
    )
    return drawing.answer(
        request,
        invitation.TEMPLATE,
        invitation.words(participant, by=request.user),
        filename=NAME,
    )


def _invited(request, uuid, relation):
    """A relative who is invited today; else there is no such page."""
    conversation = conversation_for(request, uuid, policy.can_invite)
    found = get_object_or_404(
        conversation.participants.with_names().select_related("letter_by"),
        relation__uuid=relation,
    )
    found.conversation = conversation
    if inviting.ground_of(found) is None:
        raise Http404
    return found
