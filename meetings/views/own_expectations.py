"""A relative's own wishes: read, written and taken off the list by the relative."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from meetings import side_by_side
from meetings.actions import expectations as actions
from meetings.forms.expectations import OwnExpectationForm
from meetings.models import Expectation
from meetings.models.accepted import accepted_relations, as_whom
from residents import ledger
from residents.models import Resident


@require_safe
def mine(request):
    """A relative's own wishes and the answers; the resident's page has everybody's."""
    resident = Resident.objects.of(request.user).first()
    if resident:
        return render(
            request,
            "meetings/my_expectations_easy.html",
            {"columns": side_by_side.columns(request.user, resident)},
        )
    if not getattr(request.user, "relative", None):
        raise Http404
    accepted = accepted_relations(request.user)
    return render(
        request,
        "meetings/my_expectations.html",
        {"wishes": side_by_side.own(request.user), "may_add": bool(accepted)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_own(request):
    """One wish more, while the resident accepts that the relative takes part."""
    relations = as_whom(request.user)
    if not relations:
        raise Http404
    ledger.read(request.user, [one.resident for one in relations])
    form = OwnExpectationForm.of(request, relations=relations)
    if form.is_valid():
        actions.record_expectation(uuid=form.number, by=request.user, **form.answers())
        form.forget()
        messages.success(
            request, _("Thank you. The staff can read your wish, and will answer it.")
        )
        return redirect("meetings:my-expectations")
    return render(request, "meetings/my_expectation_form.html", {"form": form})


@require_POST
def end_own(request, uuid):
    """The relative takes the wish back. It stays with the staff as one that was taken off."""
    wish = get_object_or_404(
        Expectation.objects.visible_to(request.user)
        .standing()
        .filter(relation__in=accepted_relations(request.user))
        .select_related("resident"),
        uuid=uuid,
    )
    ledger.read(request.user, [wish])
    actions.end(wish, by=request.user)
    messages.success(request, _("The wish is taken off the list."))
    return redirect("meetings:my-expectations")
