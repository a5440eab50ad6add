"""Who has looked: to the resident, and to those who care for the resident."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consent import policy
from consent.looking import disclosures, easy, extract, months, unconsented
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
        {
            "days": easy.days(
                rows, resident, unconsented.told_in_month(request.user, resident, month)
            ),
            **months.beside(month),
        },
    )


@require_safe
def my_extract(request):
    """The resident's own: every time, with purpose and role."""
    resident = get_object_or_404(
        Resident.objects.visible_to(request.user).of(request.user)
    )
    return _extract(request, resident)


@require_safe
def extract_for(request, uuid):
    """The same for a resident who asks the manager for it: word for word theirs."""
    resident = get_object_or_404(
        Resident.objects.visible_to(request.user).select_related("department"),
        uuid=uuid,
    )
    if not policy.can_hand_out_the_extract(request.user, resident):
        raise PermissionDenied
    return _extract(request, resident)


def _extract(request, resident):
    ledger.read(request.user, [resident])
    month = months.asked(request)
    return render(
        request,
        "consent/extract.html",
        {
            "resident": resident,
            "is_own": resident.user_id == request.user.pk,
            "lines": extract.lines(
                AccessEvent.objects.of_the_extract(resident, month),
                resident,
                unconsented.told_in_month(request.user, resident, month),
            ),
            **months.beside(month),
        },
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
            "can_extract": policy.can_hand_out_the_extract(request.user, resident),
            "days": disclosures.days(
                rows, resident, unconsented.in_month(request.user, resident, month)
            ),
            **months.beside(month),
        },
    )
