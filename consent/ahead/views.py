from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consent import policy
from consent.ahead import forecast, turning
from consent.ahead.words import spoken
from portal import clock
from residents import ledger
from residents.models import Resident

# A consent lasts at most a year; a birthday may lie further away.
YEARS = 1


@require_safe
def what_changes(request, uuid):
    """What opens and closes by itself for one resident, day by day."""
    resident = get_object_or_404(
        Resident.objects.visible_to(request.user).select_related("department"),
        uuid=uuid,
    )
    if not policy.can_record_answers(request.user, resident):
        raise PermissionDenied
    ledger.read(request.user, [resident], purpose=ledger.Purpose.CONSENT)
    return render(
        request,
        "consent/what_changes.html",
        {
            "resident": resident,
            "days": spoken(forecast.days([resident], _last_for(resident)), [resident]),
        },
    )


@require_safe
def changes_soon(request):
    """The nearest sixty days for those whom the reader looks after."""
    if not request.user.is_employed:
        raise PermissionDenied
    residents = list(turning.residents_of_interest(request.user))
    ledger.read(request.user, residents, purpose=ledger.Purpose.CONSENT)
    last = clock.today() + turning.SOON
    return render(
        request,
        "consent/changes_soon.html",
        {"days": spoken(forecast.days(residents, last), residents), "last": last},
    )


@require_safe
def my_changes(request):
    """The same for the resident, in easy words."""
    resident = get_object_or_404(
        Resident.objects.visible_to(request.user).of(request.user)
    )
    ledger.read(request.user, [resident])
    return render(
        request,
        "consent/my_changes.html",
        {
            "resident": resident,
            "days": spoken(forecast.days([resident], _last_for(resident)), [resident]),
        },
    )


def _last_for(resident):
    """A year ahead, and as far as the eighteenth birthday."""
    year = clock.today() + relativedelta(years=YEARS)
    return max(year, clock.birthday(resident.born_on, 18))
