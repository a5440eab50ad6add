"""Staff answer an enquiry, and make something of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community import finding, policy, readers
from community.actions import answers as actions
from community.actions import outcomes
from community.forms.answering import AnswerForm
from community.views.work import enquiry_for
from relatives.forms.agreements import AgreementForm
from relatives.models import Relation


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, uuid):
    return _answer(request, enquiry_for(request, uuid), decides=False)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, uuid):
    """The manager's decision. The sender reads it, and who decided, and when."""
    found = enquiry_for(request, uuid, policy.can_manage)
    return _answer(request, found, decides=True)


def _answer(request, found, *, decides):
    thread = finding.thread(request.user, found)
    form = AnswerForm.of(
        request,
        enquiry=found,
        seen=len(thread.messages),
        open_topics=readers.open_topics(found),
    )
    if form.is_valid() and _is_sent(request, found, form, decides=decides):
        form.forget()
        messages.success(request, _("The answer is sent."))
        return redirect("community:enquiry", found.uuid)
    return render(
        request,
        "community/decide.html" if decides else "community/answer.html",
        {
            "enquiry": found,
            "resident": found.resident,
            "thread": thread,
            "form": form,
            "reads": readers.in_words(found),
            "may": readers.may_in_words(found),
            "why": found.events.filter(kind="escalated").last() if decides else None,
        },
    )


def _is_sent(request, found, form, *, decides):
    try:
        actions.answer(
            found,
            uuid=form.number,
            by=request.user,
            decides=decides,
            **form.answers(),
        )
    except actions.AnsweredMeanwhile:
        form.answered_meanwhile()
        return False
    except actions.NotToBeTold:
        form.closed()
        return False
    return True


@require_POST
def log(request, uuid):
    """One press: it stands in the contact log too. Twice is once."""
    found = enquiry_for(request, uuid)
    contact = outcomes.log(found, by=request.user)
    messages.success(request, _("It stands in the contact log too."))
    return redirect("relatives:contact", contact.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request, uuid):
    """An agreement that comes out of it, prefilled with what was asked for."""
    found = enquiry_for(request, uuid)
    form = AgreementForm.of(
        request,
        resident=found.resident,
        relations=Relation.objects.visible_to(request.user)
        .filter(resident=found.resident)
        .standing()
        .select_related("relative"),
    )
    if not form.is_bound and not form.draft:
        # Words that were between us stand in no paper that the resident reads.
        text = "" if found.between_us else found.subject
        form.initial |= {"text": text, "topic": found.topic}
    if form.is_valid():
        outcomes.agree(found, uuid=form.number, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("The agreement is recorded."))
        return redirect("community:enquiry", found.uuid)
    return render(
        request,
        "community/agreement.html",
        {"enquiry": found, "resident": found.resident, "form": form},
    )
