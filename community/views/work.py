"""Enquiries as the department sees them: the list, one of them, and who takes it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from community import figures, finding, policy, readers
from community.actions import enquiries as actions
from community.forms.answering import AssignForm, EscalateForm
from community.forms.asking import RecordForm
from community.models import Enquiry, Idea
from portal import rooms
from portal.models import Department, Employment
from relatives.models import Relation
from residents import ledger
from residents.models import Resident

A_PAGE = 50
WAITING, MINE, UNOWNED, OVERDUE, TO_DECIDE, ALL = (
    *("", "mine", "unowned", "overdue"),
    *("decide", "all"),
)


@require_safe
def enquiries(request):
    """What waits for an answer in one's departments, the most urgent first."""
    if not policy.can_list(request.user):
        raise PermissionDenied
    shown = request.GET.get("show", WAITING)
    found = _chosen(request.user, shown).with_people()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    ledger.read(request.user, page.object_list, purpose=ledger.Purpose.CONTACT)
    managed = _managed(request.user)
    return render(
        request,
        "community/enquiries.html",
        {
            "page": page,
            "shown": shown,
            "filters": [
                (WAITING, _("Wait for an answer")),
                (MINE, _("Mine")),
                (UNOWNED, _("Nobody has taken it")),
                (OVERDUE, _("Overdue")),
                (TO_DECIDE, _("For the manager")),
                (ALL, _("All")),
            ],
            "desks": managed,
            "figures": figures.of(managed) if managed else [],
        },
    )


def _chosen(user, shown):
    found = Enquiry.objects.at_work_of(user)
    if shown == ALL:
        return found.order_by("-received_at", "-pk")
    found = found.waiting() if shown != TO_DECIDE else found
    if shown == MINE:
        found = found.filter(owner=user)
    elif shown == UNOWNED:
        found = found.filter(owner=None)
    elif shown == OVERDUE:
        found = found.overdue()
    elif shown == TO_DECIDE:
        found = found.filter(escalated_at__isnull=False)
    return found.most_urgent_first()


def _managed(user):
    if not any(job.is_manager for job in user.employments_in_force):
        return []
    return list(Department.objects.of_management(user).open())


@require_safe
def of_resident(request, uuid):
    resident = _resident(request, uuid)
    found = Enquiry.objects.at_work_of(request.user).filter(resident=resident)
    return render(
        request,
        "community/resident_enquiries.html",
        {
            "resident": resident,
            "enquiries": list(found.with_people()[:A_PAGE]),
            "tabs": rooms.tabs(request.user, resident),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def record(request, uuid):
    """Write down what a relative or the resident asked on another way."""
    resident = _resident(request, uuid)
    form = RecordForm.of(
        request,
        resident=resident,
        relations=Relation.objects.visible_to(request.user)
        .filter(resident=resident)
        .standing()
        .select_related("relative", "resident"),
    )
    if form.is_valid():
        enquiry = actions.send(uuid=form.number, by=request.user, **form.answers())
        form.forget()
        messages.success(
            request,
            _("It is received as number %(number)s.") % {"number": enquiry.number},
        )
        return redirect("community:enquiry", enquiry.uuid)
    return render(
        request, "community/record.html", {"resident": resident, "form": form}
    )


@require_safe
def enquiry(request, uuid):
    found = enquiry_for(request, uuid)
    return render(
        request,
        "community/enquiry.html",
        {
            "enquiry": found,
            "resident": found.resident,
            "thread": finding.thread(request.user, found),
            "events": found.events.select_related("by", "to"),
            "reads": readers.in_words(found),
            "outcomes": found.outcomes.select_related("contact", "agreement"),
            "ideas": Idea.objects.visible_to(request.user).filter(enquiry=found),
            "can_manage": policy.can_manage(request.user, found),
            "tabs": rooms.tabs(request.user, found.resident),
        },
    )


@require_POST
def take(request, uuid):
    found = enquiry_for(request, uuid)
    actions.take(found, by=request.user)
    messages.success(
        request, _("You see to it. The sender can read that it is in hand.")
    )
    return redirect("community:enquiry", found.uuid)


@require_POST
def settle(request, uuid):
    found = enquiry_for(request, uuid)
    actions.settle(found, by=request.user)
    messages.success(request, _("It is noted that no answer is needed."))
    return redirect("community:enquiry", found.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request, uuid):
    found = enquiry_for(request, uuid, policy.can_manage)
    jobs = Employment.objects.in_force().filter(department=found.resident.department_id)
    form = AssignForm.of(request, colleagues=jobs.people().filter(is_active=True))
    if form.is_valid():
        actions.assign(found, to=form.chosen, by=request.user)
        form.forget()
        messages.success(request, _("%(name)s sees to it now.") % {"name": form.chosen})
        return redirect("community:enquiry", found.uuid)
    return _draw(request, found, "community/assign.html", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def escalate(request, uuid):
    found = enquiry_for(request, uuid)
    form = EscalateForm.of(request)
    if form.is_valid():
        actions.escalate(found, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("The manager is told that a decision is needed."))
        return redirect("community:enquiry", found.uuid)
    return _draw(request, found, "community/escalate.html", form=form)


def enquiry_for(request, uuid, may=policy.can_handle):
    """One that the user has at work; relatives find theirs at another address."""
    found = get_object_or_404(
        Enquiry.objects.at_work_of(request.user).with_people(), uuid=uuid
    )
    if not may(request.user, found):
        raise PermissionDenied
    ledger.read(request.user, [found], purpose=ledger.Purpose.CONTACT)
    return found


def _resident(request, uuid):
    resident = get_object_or_404(
        Resident.objects.cared_for_by(request.user).select_related("department__home"),
        uuid=uuid,
    )
    ledger.read(request.user, [resident], purpose=ledger.Purpose.CONTACT)
    return resident


def _draw(request, found, template, **more):
    more |= {"enquiry": found, "resident": found.resident}
    return render(request, template, more)
