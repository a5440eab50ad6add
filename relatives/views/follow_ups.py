"""What somebody has promised a relative, and nobody has done yet."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relatives import entries, policy
from relatives.models import Contact

A_PAGE = 25


@require_safe
def to_follow_up(request):
    """Mine and what is for whoever is at work; or all of my departments', oldest first."""
    if not policy.can_log_contacts(request.user):
        raise PermissionDenied
    everybody = request.GET.get("whose") == "all"
    contacts = Contact.objects.visible_to(request.user).to_follow_up()
    if not everybody:
        contacts = contacts.filter(Q(follow_up_by=request.user) | Q(follow_up_by=None))
    contacts = contacts.select_related(*entries.PEOPLE)
    page = Paginator(contacts, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "relatives/follow_up_list.html",
        {
            "page": page,
            "entries": entries.of(page.object_list, user=request.user),
            "everybody": everybody,
        },
    )
