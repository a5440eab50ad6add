"""What was told without consent: recorded, corrected, and told to the resident."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from consent import actions, policy
from consent.disclosing import known
from consent.disclosing.forms import CorrectionForm, DisclosureForm, DutyForm
from consent.models import UnconsentedDisclosure
from residents import ledger
from residents.models import Resident

OVERTAKEN = gettext_lazy(
    "Somebody else has written about this meanwhile. Read it, and begin again."
)


@require_safe
def disclosures(request, uuid):
    """All of them about one resident; first those of which the resident must be told."""
    resident = _resident(request, uuid)
    rows = list(
        UnconsentedDisclosure.objects.visible_to(request.user)
        .current()
        .filter(resident=resident)
        .select_related("relation__relative", "told")
    )
    return render(
        request,
        "consent/disclosures.html",
        {
            "resident": resident,
            "open": [row for row in rows if row.how_told is None],
            "met": [row for row in rows if row.how_told is not None],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def disclosure_record(request, uuid):
    resident = _resident(request, uuid)
    form = DisclosureForm.of(
        request, resident=resident, known=known.asked(request, resident)
    )
    if form.is_valid():
        row = actions.record_disclosure(
            resident=resident, uuid=form.number, by=request.user, **form.said()
        )
        form.forget()
        messages.success(
            request, _("It is recorded. Now the resident must be told of it.")
        )
        return redirect("consent:disclosure", row.uuid)
    return render(
        request, "consent/disclosure_form.html", {"resident": resident, "form": form}
    )


@require_safe
def disclosure_detail(request, uuid):
    row = _disclosure(request, uuid)
    earlier, version = [], row.corrects
    while version:
        earlier.append(version)
        version = version.corrects
    return render(
        request,
        "consent/disclosure_detail.html",
        {
            "disclosure": row,
            "resident": row.resident,
            "earlier": earlier,
            "can_change": not row.is_overtaken,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def disclosure_correct(request, uuid):
    """A new version beside the old. The resident is told of what is right."""
    row = _disclosure(request, uuid)
    form = CorrectionForm.of(request, resident=row.resident, corrects=row)
    if form.is_valid():
        try:
            new = actions.record_disclosure(
                resident=row.resident,
                uuid=form.number,
                by=request.user,
                corrects=row,
                **form.said(),
            )
        except actions.OvertakenDisclosure:
            form.add_error(None, OVERTAKEN)
        else:
            form.forget()
            messages.success(request, _("The correction is recorded."))
            return redirect("consent:disclosure", new.uuid)
    return render(
        request,
        "consent/disclosure_form.html",
        {"resident": row.resident, "form": form, "corrects": row},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def disclosure_told(request, uuid):
    """The resident was told; or a manager decides that the law lets us not."""
    row = _disclosure(request, uuid)
    form = DutyForm.of(
        request,
        disclosure=row,
        may_exempt=policy.can_exempt_from_telling(request.user, row.resident),
    )
    if form.is_valid():
        try:
            actions.meet_duty(row, by=request.user, **form.answers())
        except actions.OvertakenDisclosure:
            form.add_error(None, OVERTAKEN)
        else:
            form.forget()
            messages.success(request, _("It is recorded."))
            return redirect("consent:disclosure", row.uuid)
    return render(
        request,
        "consent/disclosure_told.html",
        {"disclosure": row, "resident": row.resident, "form": form},
    )


@require_safe
def my_disclosures(request):
    """The resident's own: what was told without asking, once they were told of it."""
    resident = get_object_or_404(
        Resident.objects.visible_to(request.user).of(request.user)
    )
    ledger.read(request.user, [resident])
    return render(
        request,
        "consent/my_disclosures.html",
        {
            "disclosures": UnconsentedDisclosure.objects.visible_to(request.user)
            .filter(resident=resident)
            .known_to_the_resident()
            .select_related("relation__relative", "told"),
        },
    )


def _resident(request, uuid):
    resident = get_object_or_404(
        Resident.objects.visible_to(request.user).select_related("department"),
        uuid=uuid,
    )
    if not policy.can_record_disclosure(request.user, resident):
        raise PermissionDenied
    ledger.read(request.user, [resident])
    return resident


def _disclosure(request, uuid):
    """For staff. The resident reads of it on a page of their own."""
    row = get_object_or_404(
        UnconsentedDisclosure.objects.visible_to(request.user).select_related(
            "resident__department",
            "relation__relative",
            "recorded_by",
            "told__recorded_by",
            "corrects",
            "corrected_by",
        ),
        uuid=uuid,
    )
    if not policy.can_record_disclosure(request.user, row.resident):
        raise PermissionDenied
    ledger.read(request.user, [row])
    return row
