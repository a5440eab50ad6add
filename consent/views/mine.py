"""The resident's own page: who may see what about me."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consent.models import Consent
from relatives.models import Telling
from residents import ledger
from residents.models import Resident


@require_safe
def my_consents(request):
    """The resident's own page: who may know what about me, and a stop to each."""
    resident = get_object_or_404(
        Resident.objects.visible_to(request.user).of(request.user)
    )
    ledger.read(request.user, [resident])
    relations = resident.relations.standing().select_related("relative")
    answers = Consent.objects.about(relations)
    by_law = Telling.objects.by_law(relations)
    return render(
        request,
        "consent/my_consents.html",
        {
            "standing": [
                (r, [a for a in answers[r.pk] if a.holds], by_law[r.pk])
                for r in relations
            ],
        },
    )
