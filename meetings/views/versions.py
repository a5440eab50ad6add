"""One version of a record: who has it, and handing it out. For managers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meetings import handed, policy
from meetings.actions import handing
from meetings.forms.handing import CloseForm, HandOutForm, HandWholeForm
from meetings.models import HandOut, Printout
from meetings.papers import extract
from relatives.models import Relation
from residents import ledger


def version_for(request, uuid):
    found = get_object_or_404(
        Printout.objects.visible_to(request.user)
        .defer("paper")
        .select_related("conversation__resident__department__home", "printed_by"),
        uuid=uuid,
    )
    if not policy.can_print(request.user, found.conversation):
        raise PermissionDenied
    ledger.read(request.user, [found.conversation], purpose=ledger.Purpose.MEETING)
    return found


def _relations(request, version):
    return (
        Relation.objects.visible_to(request.user)
        .filter(resident=version.conversation.resident)
        .standing()
        .select_related("relative", "resident__department")
    )


@require_safe
def version(request, uuid):
    found = version_for(request, uuid)
    return render(
        request,
        "meetings/version.html",
        {
            "version": found,
            "conversation": found.conversation,
            "resident": found.conversation.resident,
            "hand_outs": handed.lines(found),
            "relations": _relations(request, found),
            "is_newest": found.is_newest,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hand_out(request, uuid, relation):
    """What one relative would get and what is left out; then how they get it."""
    found = version_for(request, uuid)
    to = get_object_or_404(_relations(request, found), uuid=relation)
    form = HandOutForm.of(request, can_log_in=to.relative.user_id is not None)
    permitted, left_out = extract.sorted_out(
        found, relation=to, grants=extract.opened_to(to, HandOut.How.PORTAL)
    )
    if form.is_valid():
        try:
            handing.hand_to_relative(
                found, relation=to, uuid=form.number, by=request.user, **form.answers()
            )
        except handing.NothingToHandOut:
            messages.error(
                request, _("Just now there is nothing in it that they may have so.")
            )
        else:
            messages.success(request, _("It is noted who got it."))
            form.forget()
        return redirect("meetings:version", found.uuid)
    context = {"version": found, "relation": to, "form": form}
    context |= {
        "resident": found.conversation.resident,
        "permitted": handed.by_section(permitted),
        "left_out": handed.reasons(left_out),
    }
    return render(request, "meetings/hand_out.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_out_whole(request, uuid):
    """The whole of it: to the resident, or to somebody whom a law gives it."""
    found = version_for(request, uuid)
    form = HandWholeForm.of(request)
    if form.is_valid():
        said = form.answers()
        if said.pop("to") == HandOut.Kind.RESIDENT:
            handing.hand_to_resident(
                found, how=said["how"], uuid=form.number, by=request.user
            )
        else:
            handing.hand_to_other(found, uuid=form.number, by=request.user, **said)
        form.forget()
        messages.success(request, _("It is noted who got it."))
        return redirect("meetings:version", found.uuid)
    return render(
        request,
        "meetings/hand_out_whole.html",
        {"version": found, "resident": found.conversation.resident, "form": form},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def close(request, uuid):
    """A relative's extract in the portal: nobody opens it any more."""
    found = get_object_or_404(
        HandOut.objects.visible_to(request.user).select_related(
            "resident__department", "relation__relative"
        ),
        uuid=uuid,
    )
    if not policy.can_close(request.user, found):
        raise PermissionDenied
    ledger.read(request.user, [found.resident])
    form = CloseForm.of(request)
    if found.can_be_closed and not form.is_valid():
        return render(
            request,
            "meetings/close_form.html",
            {"hand_out": found, "resident": found.resident, "form": form},
        )
    if found.can_be_closed:
        handing.close(found, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("It is closed. It can be opened by nobody."))
    return redirect("meetings:version", found.printout.uuid)
