"""The resident's page on paper: printed with a code, answered by hand, and entered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consent import actions, policy, texts
from consent.models import PrintedQuestions
from consent.paper import codes, words
from consent.paper.forms import CodeForm, PaperForm, PrintForm
from portal import clock, drawing, pdf
from relatives import policy as relatives
from relatives.models import Relation
from residents import ledger


@require_http_methods(["GET", "HEAD", "POST"])
def paper_print(request, uuid):
    """Choose the questions about one relative, and have them on paper."""
    relation = get_object_or_404(
        Relation.objects.visible_to(request.user)
        .standing()
        .select_related("resident__department__home", "relative"),
        uuid=uuid,
    )
    if not policy.can_ask_about(request.user, relation):
        raise PermissionDenied
    ledger.read(request.user, [relation], purpose=ledger.Purpose.CONSENT)
    form = PrintForm(_sent(request))
    if form.is_valid():
        try:
            pdf.check()
        except pdf.Unavailable:
            return pdf.unavailable(request)
        printed = _print(relation, form.cleaned_data["topics"], by=request.user)
        return redirect("consent:paper", uuid=printed.uuid)
    return render(
        request,
        "consent/paper/print.html",
        {"relation": relation, "resident": relation.resident, "form": form},
    )


def _print(relation, topics, *, by):
    code = codes.new()
    return actions.print_questions(
        relation=relation,
        code=code,
        topics=topics,
        text_version=texts.VERSION,
        content=words.questions(relation, topics, code=code, at=clock.now(), by=by),
        by=by,
    )


@require_safe
def paper(request, uuid):
    """The same paper again, word for word."""
    printed = _find(request, ledger.printed, uuid=uuid)
    return drawing.answer(
        request,
        "pdf/questions.html",
        printed.content,
        filename="hvem-maa-vide-hvad.pdf",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def paper_code(request):
    """Type the code of a paper that came back."""
    if not relatives.can_log_contacts(request.user):
        raise PermissionDenied
    form = CodeForm(_sent(request))
    if form.is_valid():
        printed = _find(request, code=form.cleaned_data["code"])
        return redirect("consent:paper-enter", uuid=printed.uuid)
    return render(request, "consent/paper/code.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def paper_enter(request, uuid):
    """Enter what is ticked on the paper; once."""
    printed = _find(request, uuid=uuid)
    if not policy.can_ask_about(request.user, printed.relation):
        raise PermissionDenied
    form = PaperForm.of(request, printed=printed)
    if form.is_valid():
        talk = _enter(printed, form, by=request.user)
        if talk:
            form.forget()
            messages.success(request, _("The answers are recorded and hold from now."))
            return redirect("consent:receipt", uuid=talk.uuid)
    printed.refresh_from_db(fields=["talk", "entered_at"])
    return render(
        request,
        "consent/paper/enter.html",
        {
            "printed": printed,
            "code": codes.shown(printed.code),
            "relation": printed.relation,
            "resident": printed.relation.resident,
            "form": form,
        },
    )


def _enter(printed, form, *, by):
    """The talk that was recorded; None if the form says why there is none."""
    try:
        return actions.record_asked(
            relation=printed.relation,
            uuid=form.number,
            how=form.how(),
            said=list(form.said()),
            printed=printed,
            by=by,
            **form.when(),
        )
    except actions.RecordedBefore:
        form.recorded_before()
    except actions.AnsweredSince as since:
        form.answered_since(since.questions)
    except actions.EnteredBefore:
        form.add_error(
            None, _("The answers on this paper have been entered already. See above.")
        )
    return None


def _sent(request):
    return request.POST if request.method == "POST" else None


def _find(request, shown=ledger.read, **which):
    """A paper about somebody the user cares for, while the relation stands."""
    printed = PrintedQuestions.objects.visible_to(request.user)
    found = get_object_or_404(
        printed.filter(relation__ended_at=None).select_related(
            "relation__resident__department", "relation__relative", "talk__recorded_by"
        ),
        **which,
    )
    shown(request.user, [found.relation], purpose=ledger.Purpose.CONSENT)
    return found
