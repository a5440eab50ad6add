"""Who has looked: to the resident, and to those who care for the resident."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consent import policy
from consent.looking import disclosures, easy, months
from portal import rooms
from residents import ledger
from residents.models import AccessEvent, Resident


@require_safe
def who_has_looked(request):
    """The resident's own page: who was shown what about me, and why they might."""
    resident = get_object_or_404(
        Resident.objects.visible_to(request.user).of(request.user)
    )
    ledger.read(request.user, [resident])
    month = months.asked(request)
    rows = AccessEvent.objects.of_others(resident, month)
    return render(
        request,
        "consent/who_has_looked.html",
        {"days": easy.days(rows, resident), **months.beside(month)},
    )


@require_safe
def passed_on(request, uuid):
    """What a resident's own people got to know, by which way, resting on what."""
    resident = get_object_or_404(
        Resident.objects.visible_to(request.user).select_related("department"),
        uuid=uuid,
    )
    if not policy.can_record_answers(request.user, resident):
        raise PermissionDenied
    ledger.read(request.user, [resident], purpose=ledger.Purpose.CONSENT)
    month = months.asked(request)
    rows = AccessEvent.objects.of_others(resident, month)
    return render(
        request,
        "consent/passed_on.html",
        {
            "resident": resident,
            "tabs": rooms.tabs(request.user, resident),
            "days": disclosures.days(rows, resident),
            **months.beside(month),
        },
    )
