"""The home itself: its texts and its departments. For those who run it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from portal import actions, house, rooms
from portal.house_forms import DepartmentForm, TextsForm
from portal.models import Employment


def _home_run_by(user):
    home = house.home_of(user)
    if home is None or not user.runs(home):
        raise PermissionDenied
    return home


@require_safe
def the_home(request):
    """The home's texts and departments, as they stand."""
    home = _home_run_by(request.user)
    at_work = Q(employments__in=Employment.objects.in_force())
    departments = home.departments.annotate(
        staff=Count("employments__user", filter=at_work, distinct=True)
    )
    return render(
        request, "home/the_home.html", {"home": home, "departments": departments}
    )


@require_http_methods(["GET", "POST"])
def home_texts(request):
    """Change what the home says about itself."""
    home = _home_run_by(request.user)
    now = {
        name: getattr(home, name) for name in TextsForm.base_fields if name != "slip"
    }
    form = TextsForm.of(request, home=home, initial=now)
    if form.is_valid():
        actions.change_texts(home, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("The texts of the home are saved."))
        return redirect("the-home")
    return render(request, "home/texts_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def department_add(request):
    home = _home_run_by(request.user)
    form = DepartmentForm(request.POST or None, home=home)
    if form.is_valid():
        department = actions.open_department(
            home=home, by=request.user, **form.cleaned_data
        )
        messages.success(
            request, _("%(name)s has been added.") % {"name": department.name}
        )
        return redirect("the-home")
    return render(request, "home/department_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def department_edit(request, uuid):
    """Rename a department; and close it, if nobody lives or works there."""
    home = _home_run_by(request.user)
    department = get_object_or_404(home.departments.open(), uuid=uuid)
    form = DepartmentForm(
        request.POST or None,
        home=home,
        department=department,
        initial={"name": department.name, "phone": department.phone},
    )
    if form.is_valid():
        actions.change_department(department, by=request.user, **form.cleaned_data)
        messages.success(request, _("The department is saved."))
        return redirect("the-home")
    return render(
        request,
        "home/department_form.html",
        {"form": form, "department": department},
    )


@require_POST
def department_close(request, uuid):
    home = _home_run_by(request.user)
    department = get_object_or_404(home.departments.open(), uuid=uuid)
    reasons = rooms.kept_open(department)
    try:
        actions.close_department(department, by=request.user, reasons=reasons)
    except actions.NotEmpty:
        why = " ".join(reasons) or _("Somebody works there.")
        messages.error(
            request,
            _("%(name)s cannot be closed: %(why)s")
            % {"name": department.name, "why": why},
        )
        return redirect("department", uuid=uuid)
    messages.success(
        request, _("%(name)s has been closed.") % {"name": department.name}
    )
    return redirect("the-home")
