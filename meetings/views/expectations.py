"""What each party expects: side by side for staff, one's own to a relative."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from meetings import policy, side_by_side
from meetings.actions import expectations as actions
from meetings.forms.expectations import (
    AnswerForm,
    DisagreementForm,
    ExpectationForm,
    TalkedForm,
)
from meetings.models import Disagreement, Expectation
from meetings.views.finding import resident_for
from portal import rooms
from relatives.views.finding import standing_relations
from residents import ledger


@require_safe
def expectations(request, uuid):
    """Three columns: the resident, the relatives, the home."""
    resident = resident_for(request, uuid)
    return render(
        request,
        "meetings/expectations.html",
        {
            "resident": resident,
            "tabs": rooms.tabs(request.user, resident),
            "columns": side_by_side.columns(request.user, resident),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, uuid):
    resident = resident_for(request, uuid, policy.can_write_expectations)
    form = ExpectationForm.of(
        request,
        relations=standing_relations(request.user, resident),
        party=request.GET.get("party", ""),
    )
    if form.is_valid():
        actions.record_expectation(
            resident=resident, uuid=form.number, by=request.user, **form.answers()
        )
        return _done(request, form, resident, _("The wish is saved. What can be done?"))
    return _form(request, form, resident, _("What do you expect of each other?"))


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, uuid):
    wish = _wish(request, uuid)
    form = AnswerForm.of(request)
    if form.is_valid():
        actions.answer(wish, uuid=form.number, by=request.user, **form.answers())
        return _done(request, form, wish.resident, _("The answer is saved."))
    return _form(request, form, wish.resident, _("Can it be done?"), wish=wish)


@require_POST
def end(request, uuid):
    wish = _wish(request, uuid)
    actions.end(wish, by=request.user)
    messages.success(request, _("The wish is taken off the list."))
    return redirect("meetings:expectations", wish.resident.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def disagree(request, uuid):
    wish = _wish(request, uuid)
    form = DisagreementForm.of(request)
    if form.is_valid():
        actions.disagree(wish, uuid=form.number, by=request.user, **form.answers())
        said = _("Both views are saved, and the day of the next talk.")
        return _done(request, form, wish.resident, said)
    return _form(request, form, wish.resident, _("We see it differently"), wish=wish)


@require_http_methods(["GET", "HEAD", "POST"])
def talked(request, uuid):
    found = get_object_or_404(
        Disagreement.objects.visible_to(request.user).select_related(
            "expectation__resident__department", "expectation__relation__relative"
        ),
        uuid=uuid,
    )
    wish = _allowed(request, found.expectation)
    form = TalkedForm.of(request)
    if form.is_valid():
        actions.talked(found, uuid=form.number, by=request.user, **form.answers())
        return _done(request, form, wish.resident, _("The talk is saved."))
    return _form(
        request,
        form,
        wish.resident,
        _("You have talked again"),
        wish=wish,
        disagreement=found,
    )


def _wish(request, uuid):
    wish = get_object_or_404(
        Expectation.objects.visible_to(request.user)
        .standing()
        .select_related("resident__department", "relation__relative"),
        uuid=uuid,
    )
    return _allowed(request, wish)


def _allowed(request, wish):
    if not policy.can_write_expectations(request.user, wish.resident):
        raise PermissionDenied
    ledger.read(request.user, [wish], purpose=ledger.Purpose.MEETING)
    return wish


def _done(request, form, resident, said):
    form.forget()
    messages.success(request, said)
    return redirect("meetings:expectations", resident.uuid)


def _form(request, form, resident, heading, **more):
    return render(
        request,
        "meetings/expectation_form.html",
        {"form": form, "resident": resident, "heading": heading, **more},
    )
