"""The contact log of a resident, and one entry of it."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal import rooms
from relatives import entries, policy
from relatives.models import Contact, Relative
from residents import ledger
from residents.models import Resident
from residents.policy import cares_for
from residents.topics import Topic

A_PAGE = 25


@require_safe
def resident_contacts(request, uuid):
    """All that staff have written down about one resident's relatives, newest first."""
    resident = get_object_or_404(
        Resident.objects.visible_to(request.user).select_related("department"),
        uuid=uuid,
    )
    if not cares_for(request.user, resident):
        raise PermissionDenied
    ledger.read(request.user, [resident], purpose=ledger.Purpose.CONTACT)
    relatives = (
        Relative.objects.visible_to(request.user)
        .filter(contacts__resident=resident)
        .distinct()
    )
    chosen = next(
        (one for one in relatives if str(one.uuid) == request.GET.get("relative")), None
    )
    topic = next((t for t in Topic if t == request.GET.get("topic")), None)
    contacts = Contact.objects.visible_to(request.user).current()
    contacts = contacts.filter(resident=resident).select_related(*entries.PEOPLE)
    if chosen:
        contacts = contacts.filter(relative=chosen)
    if topic:
        contacts = contacts.about(topic)
    page = Paginator(contacts, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "relatives/contact_list.html",
        {
            "resident": resident,
            "tabs": rooms.tabs(request.user, resident),
            "page": page,
            "entries": entries.with_told(page.object_list, user=request.user),
            "relatives": relatives,
            "chosen": chosen,
            "topics": Topic,
            "topic": topic,
        },
    )


@require_safe
def contact(request, uuid):
    """One entry in all its versions, the latest first."""
    asked = get_object_or_404(Contact.objects.visible_to(request.user), uuid=uuid)
    versions = asked.versions.select_related(
        *entries.PEOPLE, "resident__department", "first", "followed_up_by"
    )
    latest, *earlier = versions
    [entry] = entries.with_told([latest], user=request.user)
    return render(
        request,
        "relatives/contact_detail.html",
        {
            "contact": latest,
            "resident": latest.resident,
            "entry": entry,
            "earlier": entries.of(earlier, user=request.user),
            "comes_from": rooms.comes_from(request.user, latest),
            "can_correct": policy.can_correct_contact(request.user, latest),
            "can_follow_up": policy.can_follow_up(request.user, latest),
        },
    )
