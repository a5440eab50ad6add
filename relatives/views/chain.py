"""Who is called about what: for staff, for the resident, and each relative's own part."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import clock, rooms
from relatives import actions, calling, policy
from relatives.forms.chain import CallsForm
from relatives.models import Event, Relation
from relatives.tellings import Telling
from relatives.views.finding import resident_for, standing_relations
from residents import ledger


@require_safe
def who_to_call(request, uuid):
    """The answer first: whom to call now, about what. One event alone, if asked for."""
    resident = resident_for(request, uuid, policy.can_see_relatives)
    answers = calling.answers(request.user, resident, purpose=ledger.Purpose.CONTACT)
    chosen = request.GET.get("event", "")
    return render(
        request,
        "relatives/who_to_call.html",
        {
            "resident": resident,
            "tabs": rooms.tabs(request.user, resident),
            "answers": answers,
            "answer": next((a for a in answers if a.event == chosen), None),
            "nobody": [a.event.label for a in answers if a.is_empty],
            "night": calling.is_night(),
            "now": localtime(clock.now(), clock.DENMARK),
            "closed": calling.closed(request.user, resident),
            "relations": standing_relations(request.user, resident),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def chain_change(request, uuid):
    """One relative's part of the chain."""
    relation = get_object_or_404(
        Relation.objects.visible_to(request.user)
        .standing()
        .select_related("relative", "resident__department__home"),
        uuid=uuid,
    )
    if not policy.can_see_relatives(request.user, relation.resident):
        raise PermissionDenied
    ledger.read(request.user, [relation])
    form = _form(request, relation)
    if not relation.relative.is_minor and form.is_valid():
        actions.set_calls(relation, uuid=form.number, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("It is saved who is called."))
        return redirect("relatives:who-to-call", relation.resident.uuid)
    return render(
        request, "relatives/chain_form.html", {"relation": relation, "form": form}
    )


def _form(request, relation):
    [telling] = Telling.of([relation])
    line = (
        relation.resident.calls.standing().values_list("relation", flat=True).distinct()
    )
    in_line = set(line.order_by())
    others = standing_relations(request.user, relation.resident).filter(
        pk__in=in_line - {relation.pk}
    )
    return CallsForm.of(
        request,
        relation=relation,
        topics=telling.topics,
        others=others,
        in_line=len(in_line),
    )


@require_safe
def my_calls(request):
    """To a relative the own part and nothing of the others; to a resident all of it."""
    user = request.user
    resident = getattr(user, "resident", None)
    if not (resident or hasattr(user, "relative")):
        raise PermissionDenied
    return render(
        request,
        "relatives/my_calls.html",
        {
            "calls": calling.own(user) if hasattr(user, "relative") else [],
            "resident": resident,
            "answers": [a for a in calling.answers(user, resident) if not a.is_empty]
            if resident
            else [],
            "events": Event,
        },
    )
