"""A newsletter for those without the internet: on paper, and where to send it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from news import policy
from news.models import Newsletter
from portal import clock, drawing
from portal.models import Department
from relatives.models import Relation, Relative
from residents import ledger
from residents.models import Resident

TEMPLATE = "pdf/newsletter.html"


@require_safe
def newsletter_paper(request, uuid, department):
    """What relatives of one department may read in it now, as a letter to print."""
    letter, department = _found(request, uuid, department)
    words = on_paper(letter, department)
    return drawing.answer(request, TEMPLATE, words, filename="nyhedsbrev.pdf")


def on_paper(letter, department):
    """The words of the letter for relatives of the department, as they read them now."""
    now = localtime(clock.now())
    return {
        "home": letter.home.name,
        "home_address": letter.home.address,
        "phone": letter.home.phone,
        "department": department.name,
        "letter": letter,
        "items": [
            item
            for item in letter.in_order(letter.items().prefetch_related("departments"))
            if item.for_relatives and (item.whole_home or department in item.places)
        ],
        "day": now,
        "written": now.isoformat(timespec="seconds"),
    }


@require_safe
def newsletter_addresses(request, uuid, department):
    """Relatives of the department who cannot read it in the portal."""
    letter, department = _found(request, uuid, department)
    residents = Resident.objects.living_here().filter(department=department)
    standing = Relation.objects.visible_to(request.user).standing()
    relations = standing.filter(resident__in=residents).exclude(
        relative__user__is_active=True
    )
    people = Relative.objects.visible_to(request.user).filter(
        pk__in=relations.values("relative")
    )
    ledger.printed(request.user, residents.filter(pk__in=relations.values("resident")))
    return render(
        request,
        "news/newsletter_addresses.html",
        {"letter": letter, "department": department, "people": people},
    )


def _found(request, uuid, department):
    letter = get_object_or_404(
        Newsletter.objects.visible_to(request.user).select_related("home"), uuid=uuid
    )
    department = get_object_or_404(Department, uuid=department, home=letter.home)
    if not policy.can_edit_newsletter(request.user, letter) or not (
        request.user.manages(department)
    ):
        raise PermissionDenied
    return letter, department
