"""Which questions the home asks: as they stand, in order, left out, issued as a version."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from meetings import own_questions, papers, policy, sheet
from meetings.actions import issuing
from meetings.actions import questions as actions
from meetings.forms.holding import SectionForm
from meetings.models import Question, Section, Template
from portal import drawing


def home_of(request):
    """The home whose questions the user decides on, or 403."""
    home = policy.home_run_by(request.user)
    if home is None:
        raise PermissionDenied
    return home


@require_safe
def questions(request):
    home = home_of(request)
    found = own_questions.of(home)
    news = own_questions.since(found.template.common, found.newest)
    return render(
        request,
        "meetings/questions.html",
        {
            "home": home,
            "found": found,
            "changes": own_questions.since(found.in_use, found.draft)
            if found.draft
            else [],
            "mark": actions.seen(found.draft) if found.draft else "",
            "news": news if found.is_behind else [],
        },
    )


@require_safe
def question_section(request, key):
    """One section with its questions."""
    template = standing(home_of(request))
    section = get_object_or_404(
        template.sections.prefetch_related("questions"), key=key
    )
    asked, left_out = own_questions.rows_of(section)
    return render(
        request,
        "meetings/question_section.html",
        {
            "section": section,
            "asked": asked,
            "left_out": left_out,
            "template": template,
            "is_always_asked": actions.is_always_asked(section),
        },
    )


@require_POST
def question_change(request):
    """A button: one place up or down, leave out, put back."""
    home, data = home_of(request), request.POST
    names = {
        name: data.get(name, "").replace("\x00", "") for name in ("section", "question")
    }
    try:
        _do(data.get("do"), home, names, data, request.user)
    except (Section.DoesNotExist, Question.DoesNotExist, ValueError):
        raise Http404 from None
    except actions.AlwaysAsked:
        messages.error(
            request,
            _("This belongs to the minimum standard, so every home asks it."),
        )
    if names["question"]:
        return redirect("meetings:question-section", names["section"])
    return redirect("meetings:questions")


def _do(what, home, names, data, user):
    if what in ("up", "down"):
        stood = int(data.get("stood", ""))
        actions.move(home, **names, stood=stood, up=what == "up", by=user)
    elif what == "leave-out":
        actions.leave_out(home, **names, by=user)
    elif what == "put-back":
        actions.put_back(home, **names, by=user)
    else:
        raise ValueError(what)


@require_safe
def question_preview(request, key):
    """The page as it looks while the conversation is held. Nothing can be saved on it."""
    template = standing(home_of(request))
    pages = sheet.blank(template)
    place = next((i for i, p in enumerate(pages) if p.section.key == key), None)
    if place is None:
        raise Http404
    return render(
        request,
        "meetings/question_preview.html",
        {
            "page": pages[place],
            "next_page": pages[place + 1] if place + 1 < len(pages) else None,
            "number": place + 1,
            "count": len(pages),
            "form": SectionForm.of(request, page=pages[place]),
        },
    )


@require_safe
def question_paper(request):
    """The empty form with the questions of the draft."""
    home = home_of(request)
    words = papers.blank(standing(home), home)
    return drawing.answer(
        request, papers.TEMPLATE, words, filename="indflytningssamtale-skema.pdf"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def question_issue(request):
    """What is new, and the button that makes it a version."""
    home = home_of(request)
    status = 200
    if request.method == "POST":
        try:
            version, planned = issuing.issue(
                home, before=request.POST.get("mark", ""), by=request.user
            )
        except issuing.NothingNew:
            messages.info(request, _("There is nothing new to put into use."))
            return redirect("meetings:questions")
        except actions.Overtaken:
            status = 409
        else:
            return _issued(request, version, planned)
    found = own_questions.of(home)
    if found.draft is None:
        return redirect("meetings:questions")
    return render(
        request,
        "meetings/question_issue.html",
        {
            "found": found,
            "changes": own_questions.since(found.in_use, found.draft),
            "mark": actions.seen(found.draft),
            "overtaken": status == 409,
        },
        status=status,
    )


def _issued(request, version, planned):
    messages.success(
        request, _("Version %(version)s is in use.") % {"version": version}
    )
    if planned:
        messages.info(
            request,
            _("Planned conversations that take the new questions: %(count)s.")
            % {"count": planned},
        )
    return redirect("meetings:questions")


@require_POST
def question_carry(request):
    """Take over what is new in the common questions."""
    issuing.carry_over(home_of(request), by=request.user)
    messages.success(request, _("What is new stands in the draft. Look it over."))
    return redirect("meetings:questions")


@require_POST
def question_throw_away(request):
    try:
        issuing.throw_away(
            home_of(request), before=request.POST.get("mark", ""), by=request.user
        )
        messages.success(request, _("The draft is gone. What is in use stays."))
    except actions.Overtaken:
        messages.warning(
            request,
            _("The draft has been changed meanwhile. Look it over first."),
        )
    return redirect("meetings:questions")


def standing(home):
    """The home's draft, else what is in use."""
    return Template.objects.draft_of(home) or Template.objects.for_home(home)
