"""Agreements on paper."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from portal import batches, drawing
from portal.models import Department
from relatives import chain_paper, papers, policy
from relatives.views.finding import resident_for
from residents import ledger

CHAIN = (chain_paper.TEMPLATE, "ringeliste.pdf")
PAPERS = {
    "sheet": (papers.SHEET, "aftaleark.pdf"),
    "roles": (papers.ROLES, "hvem-goer-hvad.pdf"),
}


@require_safe
def agreement_paper(request, uuid, paper):
    """What holds now: to sign, or as a table of who does what."""
    template, filename = _paper(paper)
    resident = resident_for(request, uuid, policy.can_write_agreements)
    words, found = papers.of(resident, by=request.user)
    ledger.printed(request.user, [resident, *found])
    return drawing.answer(request, template, words, filename=filename)


@require_safe
def agreement_paper_blank(request, paper):
    """The same with rows to write in by hand."""
    template, filename = CHAIN if paper == "chain" else _paper(paper)
    if not policy.can_print_blank(request.user):
        raise PermissionDenied
    home = request.user.employments_in_force[0].home
    words = (chain_paper if paper == "chain" else papers).blank(home)
    return drawing.answer(request, template, words, filename=filename)


@require_safe
def call_paper(request, uuid):
    """Whom to call, for the wall of the office: those who may be told today."""
    resident = resident_for(request, uuid, policy.can_see_relatives)
    words, found = chain_paper.of(resident, by=request.user)
    ledger.printed(request.user, [resident, *found])
    template, filename = CHAIN
    return drawing.answer(request, template, words, filename=filename)


def _paper(name):
    if name not in PAPERS:
        raise Http404
    return PAPERS[name]


@require_POST
def agreement_sheets(request, uuid):
    """The sheets of everybody who lives in one department, as one file of many papers."""
    department = get_object_or_404(
        Department.objects.of_management(request.user), uuid=uuid
    )
    begun = batches.begin("agreement-sheets", department=department, by=request.user)
    return redirect("drawing", begun.uuid)
