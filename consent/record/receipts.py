"""What the resident takes home from the talk: a page, and the same on paper."""

from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from consent import policy
from consent.models import Consent, ConsentTalk
from consent.record import words
from portal import drawing
from residents import ledger


@require_safe
def receipt(request, uuid):
    """What was answered in one talk, in easy words: for the resident, and for staff."""
    talk = _find(request, uuid)
    answer = talk.answers.select_related("relation").first()
    return render(
        request,
        "consent/record/receipt.html",
        {
            "talk": talk,
            "resident": talk.resident,
            "relation": answer.relation,
            "said": words.receipt(talk),
            "to_staff": policy.can_record_answers(request.user, talk.resident),
        },
    )


@require_safe
def receipt_paper(request, uuid):
    talk = _find(request, uuid, shown=ledger.printed)
    with translation.override("da"):
        said = words.receipt(talk)
    return drawing.answer(request, "pdf/receipt.html", said, filename="kvittering.pdf")


def _find(request, uuid, shown=ledger.read):
    """A talk whose answers the user may see: the resident's own, too."""
    visible = Consent.objects.visible_to(request.user).values("talk")
    talks = ConsentTalk.objects.filter(pk__in=visible)
    talk = get_object_or_404(
        talks.select_related("resident__department__home"), uuid=uuid
    )
    shown(request.user, [talk], purpose=ledger.Purpose.CONSENT)
    return talk
