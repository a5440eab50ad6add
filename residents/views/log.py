"""Who among the staff has looked at what: for the managers of the departments."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from portal.models import Department, Employment
from portal.plain import PlainForm
from residents import actions, ledger, log_lines, policy
from residents.models import AccessEvent, Resident, SampledRead

A_PAGE = 50


@require_safe
def access_log(request):
    """The newest first; of one employee, one resident or one day if so wished."""
    if not policy.can_read_access_log(request.user):
        raise PermissionDenied
    employees = Employment.objects.handled_by(request.user).people()
    residents = Resident.objects.cared_for_by(request.user)
    employee = _chosen(employees, request.GET.get("employee"))
    resident = _chosen(residents, request.GET.get("resident"))
    day = _day(request.GET.get("day", ""))
    found = AccessEvent.objects.visible_to(request.user).by_staff().opened()
    if employee:
        found = found.filter(user=employee)
    if resident:
        found = found.filter(resident=resident)
    if day:
        found = found.between(day, day)
    shown = _after(request, found.select_related("user", "resident"))
    events = shown[:A_PAGE]
    _looked_at(request.user, events)
    return render(
        request,
        "residents/access_log.html",
        {
            "lines": log_lines.by_page(events),
            "older": events[-1].pk if len(shown) > A_PAGE else None,
            "employees": employees,
            "employee": employee,
            "residents": residents,
            "resident": resident,
            "day": day,
        },
    )


def _after(request, found):
    """One more than a page of these, from the place in the list that was asked for."""
    found = found.order_by("-at", "-pk")
    before = request.GET.get("before", "")
    last = (
        found.filter(pk=before).first()
        if before.isdecimal() and len(before) < 18
        else None
    )
    if last:
        found = found.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    return list(found[: A_PAGE + 1])


def _chosen(rows, number):
    try:
        return rows.filter(uuid=UUID(number or "")).first()
    except ValueError:
        return None


def _day(text):
    try:
        day = parse_date(text)
    except ValueError:
        return None
    # Beyond these no home has used it, and arithmetic on dates ends.
    return day if day and 2000 <= day.year <= 2100 else None


def _looked_at(user, events):
    """Whoever reads the log reads of residents, and stands in it too."""
    people = {event.resident for event in events if event.resident}
    ledger.read(user, people, purpose=ledger.Purpose.OVERSIGHT)


class VerdictForm(PlainForm, forms.ModelForm):
    class Meta:
        model = SampledRead
        fields = ("verdict", "note")


@require_http_methods(["GET", "HEAD", "POST"])
def access_sample(request):
    """Last month's sample of the manager's departments, drawn when it is first wished."""
    if not policy.can_read_access_log(request.user):
        raise PermissionDenied
    month = actions.last_month()
    if request.method == "POST":
        for department in Department.objects.of_management(request.user).open():
            actions.draw_sample(department, month=month, by=request.user)
        return redirect("residents:access-sample")
    sampled = list(
        SampledRead.objects.visible_to(request.user)
        .filter(Q(month=month) | Q(verdict=""))
        .select_related("event__user", "event__resident", "department", "looked_by")
    )
    events = [one.event for one in sampled]
    _looked_at(request.user, events)
    return render(
        request,
        "residents/access_sample.html",
        {
            "month": month,
            "rows": list(zip(sampled, log_lines.of(events), strict=True)),
            "waiting": sum(not one.verdict for one in sampled),
            "to_draw": actions.can_be_drawn(request.user, month),
            "verdicts": SampledRead.Verdict,
        },
    )


@require_POST
def access_judge(request, uuid):
    """In order, or: I will ask about it."""
    sampled = get_object_or_404(SampledRead.objects.visible_to(request.user), uuid=uuid)
    form = VerdictForm(request.POST, instance=sampled)
    if form.is_valid() and form.cleaned_data["verdict"]:
        actions.judge_sampled(sampled, by=request.user, **form.cleaned_data)
        messages.success(request, _("It is noted."))
    else:
        messages.error(request, _("It was not noted. A note is at most 500 letters."))
    return redirect("residents:access-sample")
