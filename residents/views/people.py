from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal import rooms, searching
from portal.models import Department
from residents import ledger, policy
from residents.models import Resident

A_PAGE = 50


@require_safe
def resident_list(request):
    """The residents of one's departments, for those who care for somebody."""
    if not request.user.is_employed:
        raise PermissionDenied
    departments = Department.objects.of_work(request.user)
    residents = (
        Resident.objects.cared_for_by(request.user)
        .living_here()
        .select_related("department", "contact_person")
    )
    wanted = request.GET.get("department", "")
    chosen = next((d for d in departments if str(d.uuid) == wanted), None)
    if chosen:
        residents = residents.filter(department=chosen)
    search = searching.asked(request)
    residents = searching.with_words(
        residents, search, "given_name", "family_name", "called"
    )
    page = Paginator(residents, A_PAGE).get_page(request.GET.get("page"))
    if search:
        ledger.searched(request.user, search, page.object_list)
    else:
        ledger.read(request.user, page.object_list)
    return render(
        request,
        "residents/resident_list.html",
        {"page": page, "departments": departments, "chosen": chosen, "search": search},
    )


@require_safe
def resident_detail(request, uuid):
    resident = get_object_or_404(
        Resident.objects.visible_to(request.user).select_related(
            "department", "contact_person"
        ),
        uuid=uuid,
    )
    if not policy.cares_for(request.user, resident):
        raise PermissionDenied
    ledger.read(request.user, [resident])
    return render(
        request,
        "residents/resident_detail.html",
        {
            "resident": resident,
            "tabs": rooms.tabs(request.user, resident),
            "cards": rooms.overview(request.user, resident),
        },
    )
