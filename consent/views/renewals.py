"""The list of talks to have about consents."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consent import policy, renewals
from portal.models import Department
from relatives import policy as relatives
from residents import ledger
from residents.ledger import Purpose

A_PAGE = 25


@require_safe
def renewal_list(request):
    """Whom it is time to talk with: mine, or all in my departments."""
    if not relatives.can_log_contacts(request.user):
        raise PermissionDenied
    departments = Department.objects.of_work(request.user).select_related("home")
    chosen = next(
        (one for one in departments if str(one.uuid) == request.GET.get("department")),
        None,
    )
    days = next(
        (one for one in renewals.WITHIN_DAYS if str(one) == request.GET.get("days")),
        renewals.WITHIN_DAYS[-1],
    )
    mine = request.GET.get("whose") == "mine"
    consents = renewals.due(request.user, days)
    if chosen:
        consents = consents.filter(relation__resident__department=chosen)
    if mine:
        consents = consents.filter(relation__resident__contact_person=request.user)
    page = Paginator(renewals.residents_of(consents), A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "consent/renewals.html",
        {
            "page": page,
            "residents": _by_resident(request.user, consents, list(page.object_list)),
            "departments": departments,
            "chosen": chosen,
            "days": days,
            "choices": renewals.WITHIN_DAYS,
            "mine": mine,
        },
    )


def _by_resident(user, consents, numbers):
    """(resident, talks) for each on the page: they are had together.

    Each talk with whether the user may have it.
    """
    theirs = consents.filter(relation__resident__in=numbers)
    found = list(renewals.talks(renewals.with_people(theirs)))
    groups = {number: [] for number in numbers}
    for talk in found:
        can_ask = policy.can_ask_about(user, talk.relation)
        groups[talk.relation.resident_id].append((talk, can_ask))
    ledger.read(user, [talk.relation for talk in found], purpose=Purpose.CONSENT)
    return [(of[0][0].relation.resident, of) for of in groups.values() if of]
