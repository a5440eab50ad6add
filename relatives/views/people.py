"""The people around a resident, for those at work with the resident."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import bounces, rooms, searching
from relatives import actions, policy
from relatives.forms.people import RelativeForm
from relatives.forms.relations import ConnectForm, NewRelativeForm
from relatives.models import Agreement, Relation
from relatives.views.describing import described, with_what_is_known
from relatives.views.finding import (
    known_people,
    relative_at_work,
    resident_for,
    standing_relations,
)
from residents import ledger


@require_safe
def resident_relatives(request, uuid):
    """Everybody a resident counts among their own, and what each may be told."""
    resident = resident_for(request, uuid, policy.can_see_relatives)
    relations = with_what_is_known(standing_relations(request.user, resident))
    people = described(relations)
    ended = (
        Relation.objects.visible_to(request.user)
        .filter(resident=resident, ended_at__isnull=False)
        .select_related("relative", "ended_by")
        .order_by("-ended_at")
    )
    return render(
        request,
        "relatives/resident_relatives.html",
        {
            "resident": resident,
            "tabs": rooms.tabs(request.user, resident),
            "people": people,
            "ended": ended,
            "nobody_has_custody": resident.is_minor
            and not any(
                row.is_custody and row.holds_today
                for _relation, _topics, laws in people
                for row, _words in laws
            ),
            "can_add": policy.can_add_relative(request.user, resident),
        },
    )


@require_safe
def relative_detail(request, uuid):
    """One relative: how to reach them, and who they are to whom, as far as one works there."""
    relative = relative_at_work(request, uuid)
    relations = with_what_is_known(
        Relation.objects.visible_to(request.user).filter(relative=relative).standing()
    )
    people = described(relations)
    return render(
        request,
        "relatives/relative_detail.html",
        {
            "relative": relative,
            "refused": bounces.of(relative.user),
            "people": people,
            "can_change": policy.can_change_relative(request.user, relative),
            "can_invite": policy.can_invite(request.user, relative)
            and (relative.user is None or relative.user.last_login is None),
            "can_erase": policy.can_erase_relative(request.user, relative),
            "can_help_with_log_in": policy.can_help_with_log_in(request.user, relative),
            "protected": [
                relation.resident
                for relation, _topics, _laws in people
                if relation.resident.protected_address and relative.user is None
            ],
            "can_represent": {
                relation.pk
                for relation, _topics, _laws in people
                if policy.can_record_representation(request.user, relation.resident)
            },
            "can_end": {
                relation.pk
                for relation, _topics, _laws in people
                if policy.can_end_relation(request.user, relation)
            },
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def relative_add(request, uuid):
    resident = resident_for(request, uuid, policy.can_add_relative)
    form = NewRelativeForm.of(request, resident=resident)
    if form.is_valid():
        relative = actions.record_relative(
            uuid=form.number,
            resident=resident,
            kind=form.cleaned_data["kind"],
            representation=form.representation(),
            by=request.user,
            **form.person(),
        )
        form.forget()
        messages.success(request, _("The relative has been added."))
        return redirect("relatives:relative", relative.uuid)
    return render(
        request, "relatives/relative_add.html", {"resident": resident, "form": form}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def relative_connect(request, uuid):
    """Somebody who is a relative of another resident already."""
    resident = resident_for(request, uuid, policy.can_add_relative)
    search = searching.asked(request)
    found = known_people(request.user, search, home=resident.department.home)
    if request.method != "POST":
        # Who was connected by the first press is still there at the second.
        found = found.exclude(relations__in=resident.relations.standing())
    form = ConnectForm.of(request, resident=resident, found=found)
    if form.is_valid():
        actions.connect_relative(
            form.cleaned_data["relative"],
            resident=resident,
            kind=form.cleaned_data["kind"],
            representation=form.representation(),
            by=request.user,
        )
        form.forget()
        messages.success(request, _("The relative has been connected."))
        return redirect("relatives:resident-relatives", resident.uuid)
    return render(
        request,
        "relatives/relative_connect.html",
        {"resident": resident, "form": form, "search": search, "found": found},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def relative_change(request, uuid):
    relative = relative_at_work(request, uuid)
    if not policy.can_change_relative(request.user, relative):
        raise PermissionDenied
    form = RelativeForm.of(request, home=relative.home, relative=relative)
    if form.is_valid():
        actions.change_relative(relative, by=request.user, **form.person())
        form.forget()
        messages.success(request, _("The details have been saved."))
        return redirect("relatives:relative", relative.uuid)
    return render(
        request, "relatives/relative_change.html", {"relative": relative, "form": form}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def relation_end(request, uuid):
    """Ask first, for it closes what the relative could see at once."""
    relation = get_object_or_404(
        Relation.objects.visible_to(request.user).select_related(
            "resident__department", "relative"
        ),
        uuid=uuid,
    )
    if not policy.can_end_relation(request.user, relation):
        raise PermissionDenied
    ledger.read(request.user, [relation])
    back = reverse("relatives:resident-relatives", args=[relation.resident.uuid])
    if request.method == "POST":
        actions.end_relation(relation, by=request.user)
        messages.success(
            request, _("The relation has ended. Nothing is shared with them any more.")
        )
        return redirect(back)
    return render(
        request,
        "relatives/relation_end.html",
        {
            "relation": relation,
            "resident": relation.resident,
            "back": back,
            "tasks": Agreement.objects.visible_to(request.user)
            .open()
            .filter(resident=relation.resident)
            .tasks_of(relation.relative),
        },
    )
