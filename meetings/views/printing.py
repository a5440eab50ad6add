from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings import papers, policy
from meetings.actions.printing import keep_drawn, print_record
from meetings.models import Preparation, Printout, Template
from meetings.papers import preparation as of_preparation
from meetings.views.finding import as_whom, conversation_for
from portal import drawing, pdf
from residents import ledger
from residents.policy import cares_for


@require_POST
def record_print(request, uuid):
    """Keep the record as it reads now, and go to where it is opened and handed out."""
    conversation = conversation_for(request, uuid, policy.can_print)
    try:
        pdf.check()
    except pdf.Unavailable:
        return pdf.unavailable(request)
    latest = conversation.printouts.values_list("pk", flat=True).first()
    printout = print_record(conversation, by=request.user)
    if printout.pk == latest:
        messages.info(
            request, _("Nothing has changed since then, so it is the same version.")
        )
    else:
        said = _(
            "Version %(number)s is kept. Now open it, print it and have it signed."
        )
        messages.success(request, said % {"number": printout.number})
    return redirect("meetings:version", printout.uuid)


@require_safe
def printout(request, uuid):
    """The same paper again, word for word."""
    found = get_object_or_404(
        Printout.objects.visible_to(request.user).select_related(
            "conversation__resident__department"
        ),
        uuid=uuid,
    )
    if not policy.can_print(request.user, found.conversation):
        raise PermissionDenied
    ledger.printed(request.user, [found.conversation], purpose=ledger.Purpose.MEETING)
    name = "indflytningssamtale.pdf"
    if found.drawn_at:
        return pdf.response(bytes(found.paper), filename=name)
    return drawing.answer(
        request,
        papers.TEMPLATE,
        found.content,
        filename=name,
        keep=lambda paper: keep_drawn(found, paper),
    )


@require_safe
def blank(request):
    """The same questions with lines to write on."""
    if not policy.can_print_blank(request.user):
        raise PermissionDenied
    home = request.user.employments_in_force[0].home
    words = papers.blank(Template.objects.for_home(home), home)
    return drawing.answer(
        request, papers.TEMPLATE, words, filename="indflytningssamtale-skema.pdf"
    )


@require_safe
def prepared_paper(request, uuid):
    """What one person has prepared: for whoever wrote it, and for staff when it is sent."""
    found = get_object_or_404(
        Preparation.objects.visible_to(request.user)
        .with_answers()
        .select_related("conversation__resident__department__home"),
        uuid=uuid,
    )
    if not cares_for(request.user, found.resident):
        # Day and place stand on it, for those who are still invited.
        as_whom(request.user, found.conversation.uuid)
    ledger.printed(request.user, [found], purpose=_purpose(request.user))
    words = of_preparation.filled(found)
    return drawing.answer(
        request, of_preparation.TEMPLATE, words, filename="forberedelse.pdf"
    )


def _purpose(user):
    return ledger.Purpose.MEETING if user.employments_in_force else ""


@require_safe
def preparation(request, who):
    """The sheet to prepare on at home: for relatives, or in easy words for the resident."""
    if who not in (of_preparation.RELATIVES, of_preparation.RESIDENT):
        raise Http404
    if not policy.can_print_blank(request.user):
        raise PermissionDenied
    home = request.user.employments_in_force[0].home
    return drawing.answer(
        request,
        of_preparation.TEMPLATE,
        of_preparation.blank(home, who=who),
        filename="forberedelse.pdf",
    )
