"""Custody, guardianships and powers of attorney: what the law opens to a relative."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from relatives import actions, opening, policy
from relatives.forms.representations import EndForm, InErrorForm, RepresentationForm
from relatives.models import Relation, Representation
from residents import ledger


@require_safe
def representation_detail(request, uuid):
    """One of them: what it opens, on what it rests, who has recorded what about it."""
    representation = _found(request, uuid)
    may_change = policy.can_record_representation(
        request.user, representation.relation.resident
    )
    return render(
        request,
        "relatives/representation_detail.html",
        {
            **_shown(representation),
            "can_end": may_change and representation.can_still_end,
            "can_mark": may_change and representation.in_error_at is None,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def representation_record(request, uuid):
    """Record what a document shows, for a relative whom we know."""
    relation = get_object_or_404(
        Relation.objects.visible_to(request.user).select_related(
            "resident__department", "relative"
        ),
        uuid=uuid,
    )
    if not policy.can_record_representation(request.user, relation.resident):
        raise PermissionDenied
    ledger.read(request.user, [relation])
    form = RepresentationForm.of(request, relation=relation)
    if form.is_valid():
        try:
            row = actions.record_representation(
                relation=relation, uuid=form.number, by=request.user, **form.said()
            )
        except actions.CannotBeRecorded as refused:
            form.refuse(refused.faults)
        else:
            form.forget()
            messages.success(request, _("It is recorded."))
            return redirect("relatives:representation", row.uuid)
    return render(
        request,
        "relatives/representation_form.html",
        {"relation": relation, "resident": relation.resident, "form": form},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def representation_end(request, uuid):
    """It ends, or has ended: a day and a reason."""
    representation = _found_by_manager(request, uuid)
    form = EndForm.of(request, representation=representation)
    if form.is_valid():
        try:
            actions.end_representation(
                representation, by=request.user, **form.answers()
            )
        except actions.CannotBeEnded:
            form.add_error("last_day", _("It ends no later than that already."))
        else:
            form.forget()
            messages.success(request, _("The end is recorded."))
            return redirect("relatives:representation", representation.uuid)
    return render(
        request,
        "relatives/representation_end.html",
        {**_shown(representation), "form": form},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def representation_in_error(request, uuid):
    """It never was. It is kept to be seen, and opens nothing from now on."""
    representation = _found_by_manager(request, uuid)
    form = InErrorForm.of(request)
    if form.is_valid():
        actions.mark_representation_in_error(
            representation, by=request.user, **form.answers()
        )
        form.forget()
        messages.success(request, _("It is marked as recorded in error."))
        return redirect("relatives:representation", representation.uuid)
    return render(
        request,
        "relatives/representation_in_error.html",
        {**_shown(representation), "form": form},
    )


def _found(request, uuid):
    representation = get_object_or_404(
        Representation.objects.visible_to(request.user).select_related(
            "relation__resident__department",
            "relation__relative",
            "other_holder__relative",
            "recorded_by",
            "ended_by",
            "in_error_by",
        ),
        uuid=uuid,
    )
    ledger.read(request.user, [representation.relation])
    return representation


def _found_by_manager(request, uuid):
    representation = _found(request, uuid)
    if not policy.can_record_representation(
        request.user, representation.relation.resident
    ):
        raise PermissionDenied
    return representation


def _shown(representation):
    return {
        "representation": representation,
        "relation": representation.relation,
        "resident": representation.relation.resident,
        "opens": opening.in_words(representation),
    }
