"""The idea box: what could be better, and what we do with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community import policy
from community.actions import ideas as actions
from community.forms.ideas import IdeaAnswerForm, IdeaForm
from community.models import Enquiry, Idea
from community.places import place_of
from community.views.work import enquiry_for

A_PAGE = 30


@require_safe
def ideas(request):
    """What is public in one's homes, one's own, and what waits for one's answer."""
    if place_of(request.user) is None:
        raise PermissionDenied
    public = Idea.objects.public(request.user).order_by("-published_at", "-pk")
    page = Paginator(public, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "community/ideas.html",
        {
            "page": page,
            "own": Idea.objects.own(request.user)[:A_PAGE],
            "waiting": Idea.objects.to_answer(request.user)[:A_PAGE],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def idea_new(request):
    place = place_of(request.user)
    if place is None:
        raise PermissionDenied
    form = IdeaForm.of(request)
    if form.is_valid():
        idea = actions.suggest(
            uuid=form.number, by=request.user, **place, **form.answers()
        )
        form.forget()
        messages.success(request, _("Thank you. The manager reads it and answers."))
        return redirect("community:idea", idea.uuid)
    return render(request, "community/idea_form.html", {"form": form})


@require_safe
def idea(request, uuid):
    found = _idea(request, uuid)
    return render(
        request,
        "community/idea.html",
        {
            "idea": found,
            "enquiry": _made_of(request.user, found),
            "is_own": found.written_by_id == request.user.pk,
            "can_answer": policy.can_answer_idea(request.user, found),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def idea_answer(request, uuid):
    found = _idea(request, uuid)
    if not policy.can_answer_idea(request.user, found):
        raise PermissionDenied
    form = IdeaAnswerForm.of(request, idea=found)
    if form.is_valid():
        actions.answer(found, uuid=form.number, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("The answer is saved."))
        return redirect("community:idea", found.uuid)
    return render(request, "community/idea_answer.html", {"idea": found, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def from_enquiry(request, uuid):
    """An idea that somebody wrote as an enquiry, in words that name nobody."""
    found = enquiry_for(request, uuid)
    form = IdeaForm.of(request)
    if not form.is_bound and not form.draft:
        form.initial["text"] = "" if found.between_us else found.subject
    if form.is_valid():
        actions.suggest(
            home=found.home,
            department=found.resident.department,
            capacity=Idea.Capacity.RELATIVE
            if found.relation_id
            else Idea.Capacity.RESIDENT,
            uuid=form.number,
            by=request.user,
            enquiry=found,
            **form.answers(),
        )
        form.forget()
        messages.success(request, _("It is in the idea box."))
        return redirect("community:enquiry", found.uuid)
    return render(
        request,
        "community/enquiry_idea.html",
        {"enquiry": found, "resident": found.resident, "form": form},
    )


def _made_of(user, found):
    """The enquiry that it was, to whoever has it at work."""
    if found.enquiry_id is None:
        return None
    return Enquiry.objects.at_work_of(user).filter(pk=found.enquiry_id).first()


def _idea(request, uuid):
    return get_object_or_404(
        Idea.objects.visible_to(request.user).select_related(
            "home", "department", "written_by"
        ),
        uuid=uuid,
    )
