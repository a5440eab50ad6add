"""What the home answers when it is asked how it handles personal data."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal import clock, drawing, policy, records, retention
from portal.uses import MEASURES


def _home_answered_for_by(user):
    home = policy.answers_for_data(user)
    if home is None:
        raise PermissionDenied
    return home


def _record(home):
    return {
        "home": home,
        "activities": records.activities(),
        "rules": retention.rules(),
        "measures": MEASURES,
    }


@require_safe
def data_record(request):
    """The record of processing activities."""
    home = _home_answered_for_by(request.user)
    return render(request, "home/data_record.html", _record(home))


@require_safe
def data_record_paper(request):
    """The same on paper, for the data protection officer or the authority."""
    home = _home_answered_for_by(request.user)
    day = clock.today()
    words = _record(home) | {"day": day, "written": f"{day}T12:00:00+01:00"}
    return drawing.answer(
        request, "pdf/data_record.html", words, filename="fortegnelse.pdf"
    )
