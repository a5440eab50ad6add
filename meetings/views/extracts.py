"""What somebody was handed of a record: decided anew, item by item, at each opening."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from meetings.models import ExtractItem, HandOut
from meetings.papers import extract as of
from portal import drawing
from residents import ledger
from residents.policy import cares_for

# No name in it: the file may lie on a computer that others use.
NAME = "uddrag.pdf"


@require_safe
def extract(request, uuid):
    """To read on the screen."""
    found, items = _find(request, uuid, ledger.read)
    return render(
        request,
        "meetings/extract.html",
        {
            "hand_out": found,
            "resident": found.resident,
            "words": of.words(found, items),
            "to_staff": cares_for(request.user, found.resident),
        },
    )


@require_safe
def extract_paper(request, uuid):
    """The same on paper."""
    found, items = _find(request, uuid, ledger.printed)
    return drawing.answer(request, of.TEMPLATE, of.words(found, items), filename=NAME)


def _find(request, uuid, shown):
    found = get_object_or_404(
        HandOut.objects.visible_to(request.user)
        .exclude(kind=HandOut.Kind.OTHER)
        .select_related("resident__department"),
        uuid=uuid,
    )
    items = list(
        ExtractItem.objects.visible_to(request.user)
        .filter(hand_out=found)
        .select_related("resident")
        .order_by("number")
    )
    shown(request.user, [found.resident, *items])
    return found, items
