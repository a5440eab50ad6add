"""Agreements at work: what a resident has agreed on with relatives and staff."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import rooms
from portal.models import Department
from relatives import policy
from relatives.models import Agreement, AgreementReply, Relative, Review
from relatives.readings import (
    as_staff,
    differences,
    every_name,
    sorted_by_urgency,
    with_parts,
)
from relatives.views import my_agreements
from relatives.views.finding import agreements_for, resident_for
from residents.access import readers

A_PAGE = 50


@require_safe
def agreements(request):
    """What one's departments have to keep: overdue first, then the nearest day."""
    if not request.user.is_employed:
        raise PermissionDenied
    shown = request.GET.get("show", "")
    chosen = {
        "overdue": Agreement.objects.overdue,
        "follow-up": Agreement.objects.to_follow_up,
        "change": lambda: Agreement.objects.open().filter(_asks_for_a_change()),
    }.get(shown, Agreement.objects.open)()
    found = (
        agreements_for(request.user)
        .at_work_of(request.user)
        .filter(pk__in=chosen.order_by().values("pk"))
        .annotate(asks=Exists(_open_changes()))
        .most_urgent_first()
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "relatives/agreements.html",
        {
            "page": page,
            "readings": as_staff(page.object_list, user=request.user),
            "shown": shown,
            "departments": _managed(request.user),
            "filters": [
                ("", _("All")),
                ("overdue", _("Overdue")),
                ("follow-up", _("To look at again")),
                ("change", _("A change is asked for")),
            ],
        },
    )


def _managed(user):
    """The departments of which the user may print everybody's sheets."""
    if not any(job.is_manager for job in user.employments_in_force):
        return []
    return Department.objects.of_management(user).open()


@require_safe
def resident_agreements(request, uuid):
    """One resident's agreements: what holds now, and under it what held before."""
    resident = resident_for(request, uuid, policy.can_write_agreements)
    found = list(
        agreements_for(request.user)
        .filter(resident=resident)
        .annotate(asks=Exists(_open_changes()))
    )
    current = [a for a in found if a.is_current and a.done_on is None]
    past = [a for a in found if a not in current]
    return render(
        request,
        "relatives/resident_agreements.html",
        {
            "resident": resident,
            "tabs": rooms.tabs(request.user, resident),
            "readings": as_staff(sorted_by_urgency(current), user=request.user),
            "past": as_staff(past, user=request.user),
        },
    )


@require_safe
def agreement_detail(request, uuid):
    """One agreement, as those at work see it or as relatives and the resident do."""
    agreement = get_object_or_404(agreements_for(request.user), uuid=uuid)
    if not policy.can_write_agreements(request.user, agreement.resident):
        return my_agreements.read(request, agreement)
    [reading] = with_parts(
        as_staff([agreement], user=request.user), user=request.user, names=every_name
    )
    versions = versions_before(agreement, user=request.user)
    return render(
        request,
        "relatives/agreement_detail.html",
        {
            "reading": reading,
            "agreement": agreement,
            "newest": agreement.newest(),
            "versions": as_staff(versions, user=request.user),
            "changed": differences(
                versions[0] if versions else None,
                agreement,
                user=request.user,
                names=True,
            ),
            "replies": AgreementReply.objects.visible_to(request.user)
            .filter(agreement__in=[agreement, *versions])
            .select_related("relative", "answered_by", "agreement"),
            "reviews": Review.objects.visible_to(request.user)
            .filter(agreement__in=[agreement, *versions])
            .select_related("recorded_by"),
            "silent": _readers_who_said_nothing(agreement),
            "can_reply": policy.can_reply(request.user, agreement),
            "who_sees": rooms.who_sees(request.user, agreement),
            "comes_from": rooms.comes_from(request.user, agreement),
        },
    )


def versions_before(agreement, *, user):
    """What it replaced, latest first, as far as the reader may see."""
    versions = []
    while agreement.replaces_id:
        agreement = agreements_for(user).filter(pk=agreement.replaces_id).first()
        if agreement is None:
            break
        versions.append(agreement)
    return versions


def _readers_who_said_nothing(agreement):
    """The relatives who can read this version and have not said anything to it."""
    return Relative.objects.filter(user__in=readers(agreement)).exclude(
        replies__agreement=agreement
    )


def _open_changes():
    return AgreementReply.objects.unanswered().filter(agreement=OuterRef("pk"))


def _asks_for_a_change():
    return Exists(_open_changes())
