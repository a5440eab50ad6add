"""The manager decides when enquiries are read, and who answers what."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community import policy
from community.actions import desks as actions
from community.forms.desks import DeskForm
from community.models import Desk
from portal.models import Department


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request, uuid):
    department = get_object_or_404(
        Department.objects.of_work(request.user).select_related("home"), uuid=uuid
    )
    if not policy.can_manage_desk(request.user, department):
        raise PermissionDenied
    form = DeskForm.of(request, desk=Desk.of(department))
    if form.is_valid():
        actions.set_up(department, by=request.user, **form.answers())
        form.forget()
        messages.success(
            request, _("It is saved, and holds for what comes from now on.")
        )
        return redirect("community:enquiries")
    return render(
        request, "community/desk.html", {"department": department, "form": form}
    )
