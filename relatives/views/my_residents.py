"""What a relative is told about being one: whom they are connected to, and the duty."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import rooms
from relatives import actions, opened
from relatives.models import Relation
from residents.models import Grant


@require_safe
def my_residents(request):
    """Those who share something with the reader, what, and why.

    Nobody else is named, but to whoever acts for the resident by law: the others whom
    the resident has let in on the topics that they act in.
    """
    relative = getattr(request.user, "relative", None)
    if relative is None:
        raise PermissionDenied
    shared, residents = opened.to(request.user)
    said_yes = rooms.said_yes(request.user)
    kinds = {
        relation.resident_id: relation.get_kind_display()
        for relation in relative.relations.standing()
    }
    acting = Relation.objects.let_in_where_acting(request.user)
    others = {}
    for relation in acting.select_related("relative"):
        others.setdefault(relation.resident_id, []).append(relation)
    papers = {}
    for number, row in rooms.was_handed(request.user):
        papers.setdefault(number, []).append(row)
    return render(
        request,
        "relatives/my_residents.html",
        {
            "relative": relative,
            # What the law opens is not for the resident to change.
            "by_consent": any(
                ground == Grant.Ground.CONSENT for _pk, _topic, ground in shared
            ),
            "people": [
                {
                    "resident": resident,
                    "you_are": kinds.get(pk, ""),
                    "others": others.get(pk, []),
                    "papers": papers.get(pk, []),
                    "reasons": opened.reasons(resident, shared, said_yes),
                }
                for pk, resident in sorted(
                    residents.items(), key=lambda item: str(item[1])
                )
            ],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def confidentiality(request):
    """What the duty asks. Nobody sees anything of a resident before they have agreed."""
    relative = getattr(request.user, "relative", None)
    if relative is None:
        raise PermissionDenied
    if request.method == "POST":
        actions.accept_confidentiality(relative, by=request.user)
        messages.success(request, _("Thank you. Now you can see what concerns you."))
        return redirect("home")
    return render(request, "relatives/confidentiality.html", {"relative": relative})
