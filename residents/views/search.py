from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal import danish, rooms, searching
from residents import ledger


@require_safe
def search(request):
    """What the person may see, and only that, by the words that stand in it.

    Nothing is counted that is not shown, and each app's rows have been through
    visible_to(). A search is a reading: what is shown is logged with its words.
    """
    typed = searching.asked(request)
    kinds = rooms.searched(request.user)
    chosen = next((one for one in kinds if one.slug == request.GET.get("kind")), None)
    found = searching.search(kinds, typed, only=chosen.slug if chosen else "")
    terms = danish.terms(typed)
    if terms:
        ledger.searched(request.user, typed, searching.about(found))
    return render(
        request,
        "residents/search.html",
        {
            "typed": typed,
            "terms": terms,
            "found": found,
            "kinds": kinds,
            "chosen": chosen,
            "most": searching.MANY,
        },
    )
