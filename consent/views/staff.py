"""Staff ask a resident, and record what was answered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from consent import actions, policy, texts
from consent.changes import Preview
from consent.forms import TalkForm
from consent.models import Consent
from portal import clock, rooms
from relatives.models import Relation
from residents import ledger
from residents.models import Resident


@require_safe
def consent_list(request, uuid):
    """Who may know what about one resident, as it stands."""
    resident = get_object_or_404(
        Resident.objects.visible_to(request.user).select_related("department"),
        uuid=uuid,
    )
    if not policy.can_record_answers(request.user, resident):
        raise PermissionDenied
    ledger.read(request.user, [resident], purpose=ledger.Purpose.CONSENT)
    relations = (
        Relation.objects.visible_to(request.user)
        .standing()
        .filter(resident=resident)
        .select_related("relative", "resident__department")
    )
    answers = Consent.objects.about(relations)
    return render(
        request,
        "consent/consent_list.html",
        {
            "resident": resident,
            "tabs": rooms.tabs(request.user, resident),
            "standing": [
                (one, answers[one.pk], policy.can_ask_about(request.user, one))
                for one in relations
            ],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def consent_ask(request, uuid):
    """Ask the resident about one relative, and record the answers."""
    relation = get_object_or_404(
        Relation.objects.visible_to(request.user)
        .standing()
        .select_related("resident__department", "relative"),
        uuid=uuid,
    )
    if not policy.can_ask_about(request.user, relation):
        raise PermissionDenied
    ledger.read(request.user, [relation], purpose=ledger.Purpose.CONSENT)
    form = TalkForm.of(request, relation=relation)
    if form.is_valid():
        try:
            talk = actions.record_asked(
                relation=relation,
                uuid=form.number,
                how=form.how(),
                said=list(form.said()),
                by=request.user,
                **form.when(),
            )
        except actions.RecordedBefore:
            form.recorded_before()
        except actions.AnsweredSince as since:
            form.answered_since(since.questions)
        else:
            form.forget()
            messages.success(request, _("The answers are recorded and hold from now."))
            return redirect("consent:receipt", uuid=talk.uuid)
    return render(
        request,
        "consent/consent_form.html",
        {
            "relation": relation,
            "resident": relation.resident,
            "form": form,
            "introduction": texts.introduction(relation.relative.given_name),
            "changes": _changes(request, relation, form),
        },
    )


def _changes(request, relation, form):
    """What the marked answers would change, for whoever has asked to see it."""
    if "reload" not in request.POST:
        return None
    return Preview(relation, user=request.user).if_answered(
        form.marked(),
        since=None if form["earlier_too"].value() else clock.now(),
    )


@require_POST
def consent_withdraw(request, uuid):
    consent = get_object_or_404(
        Consent.objects.visible_to(request.user).select_related(
            "relation__resident__department"
        ),
        uuid=uuid,
    )
    if not policy.can_withdraw(request.user, consent):
        raise PermissionDenied
    actions.withdraw(consent, by=request.user, how=_how(request, consent))
    messages.success(request, _("It is stopped, and nothing of it is shared any more."))
    if consent.relation.resident.user_id == request.user.pk:
        return redirect("consent:mine")
    return redirect("consent:consents", uuid=consent.relation.resident.uuid)


def _how(request, consent):
    """By which way the stop came: staff say so, and the resident's own came here."""
    Ways = Consent.ClosedHow
    if consent.relation.resident.user_id == request.user.pk:
        return Ways.IN_PORTAL
    told = request.POST.get("how")
    return told if told in (Ways.SAID, Ways.PHONE, Ways.PAPER) else ""
