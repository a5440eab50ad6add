"""The record of what was asked and answered: the whole history, and what was wrong."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consent import actions, policy
from consent.models import Consent, ConsentTalk, ScannedPaper
from consent.record import history
from consent.record.fields import ScanForm
from consent.record.forms import InErrorForm
from portal import audit
from relatives.models import Relation
from residents import ledger
from residents.ledger import Purpose

A_PAGE = 20
TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg"}


@require_safe
def history_of(request, uuid):
    """Every talk about one relative and every answer, the latest first."""
    relation = get_object_or_404(
        Relation.objects.visible_to(request.user).select_related(
            "resident__department", "relative"
        ),
        uuid=uuid,
    )
    ledger.read(request.user, [relation], purpose=Purpose.CONSENT)
    talks = Paginator(history.talks(relation), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "consent/record/history.html",
        {
            "relation": relation,
            "resident": relation.resident,
            "page": talks,
            "talks": history.told(talks, relation, by=request.user),
            "can_ask": relation.ended_at is None
            and policy.can_ask_about(request.user, relation),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def in_error(request, uuid):
    """It was never answered so: say what was wrong."""
    consent = get_object_or_404(
        Consent.objects.visible_to(request.user).select_related(
            "relation__resident__department", "relation__relative", "talk"
        ),
        uuid=uuid,
    )
    if not policy.can_mark_in_error(request.user, consent):
        raise PermissionDenied
    ledger.read(request.user, [consent.relation], purpose=Purpose.CONSENT)
    form = InErrorForm.of(request)
    if form.is_valid():
        try:
            actions.mark_in_error(
                consent, why=form.cleaned_data["why"], by=request.user
            )
        except ValueError:
            messages.info(request, _("The answer had been closed already."))
        else:
            messages.success(request, _("It is marked as an error and opens nothing."))
        form.forget()
        return redirect("consent:history", uuid=consent.relation.uuid)
    return render(
        request,
        "consent/record/in_error.html",
        {"consent": consent, "resident": consent.relation.resident, "form": form},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_scan(request, uuid):
    """The signed paper of a talk that is recorded already."""
    talk = get_object_or_404(
        ConsentTalk.objects.visible_to(request.user).select_related(
            "resident__department"
        ),
        uuid=uuid,
    )
    if talk.form != ConsentTalk.Form.PAPER:
        raise PermissionDenied
    ledger.read(request.user, [talk], purpose=Purpose.CONSENT)
    answers = talk.answers.select_related("relation__relative")
    is_sent = request.method == "POST"
    form = ScanForm(request.POST, request.FILES) if is_sent else ScanForm()
    if form.is_valid():
        actions.keep_scan(talk, scan=form.cleaned_data["scan"], by=request.user)
        messages.success(request, _("The paper is kept."))
        return redirect("consent:history", uuid=answers[0].relation.uuid)
    return render(
        request,
        "consent/record/scan_form.html",
        {"talk": talk, "resident": talk.resident, "answers": answers, "form": form},
    )


@require_safe
def scan(request, uuid):
    """The signed paper itself, to be fetched and never run."""
    found = get_object_or_404(
        ScannedPaper.objects.visible_to(request.user).select_related("talk__resident"),
        uuid=uuid,
    )
    ledger.printed(request.user, [found.talk], purpose=Purpose.CONSENT)
    audit.record("consent.paper_fetched", by=request.user, about=found)
    return HttpResponse(
        bytes(found.content),
        content_type=TYPES[found.kind],
        headers={
            "Content-Disposition": f'attachment; filename="samtykke.{found.kind}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "no-store, private",
        },
    )
