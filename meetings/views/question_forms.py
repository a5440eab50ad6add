"""Where the home writes sections and questions of its own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings.actions import questions as actions
from meetings.forms.questions import QuestionForm, SectionWordsForm
from meetings.models import Section
from meetings.views.questions import home_of, standing

MOST_SECTIONS, MOST_QUESTIONS = 40, 40


@require_http_methods(["GET", "HEAD", "POST"])
def question_section_add(request):
    home = home_of(request)
    sections = list(standing(home).sections.all())
    form = SectionWordsForm.of(request, sections=sections)
    if form.is_valid() and _has_room(form, "title", sections, MOST_SECTIONS):
        section = actions.add_section(
            home, key=form.key, by=request.user, **form.words()
        )
        form.forget()
        messages.success(request, _("The section is in the draft. Add its questions."))
        return redirect("meetings:question-section", section.key)
    return _draw(request, form, _("New section"))


@require_http_methods(["GET", "HEAD", "POST"])
def question_section_edit(request, key):
    home = home_of(request)
    sections = list(standing(home).sections.all())
    section = next((row for row in sections if row.key == key and row.is_own), None)
    if section is None:
        raise Http404
    words = ("title", "intro", "minors_only")
    form = SectionWordsForm.of(
        request,
        sections=sections,
        section=section,
        initial={name: getattr(section, name) for name in words}
        | {"seen": actions.seen(section)},
    )
    theirs = None
    if form.is_valid():
        try:
            actions.change(
                home,
                section=key,
                before=form.cleaned_data["seen"],
                by=request.user,
                **form.words(),
            )
        except actions.Overtaken as quicker:
            theirs = quicker.theirs
        else:
            return _saved(request, form, key)
    return _draw(request, form, _("Change the section"), section, theirs)


@require_http_methods(["GET", "HEAD", "POST"])
def question_add(request, key):
    home = home_of(request)
    section, questions = _section(home, key)
    form = QuestionForm.of(request, section=section, questions=questions)
    if form.is_valid() and _has_room(form, "text", questions, MOST_QUESTIONS):
        actions.add_question(
            home, section=key, key=form.key, by=request.user, **form.words()
        )
        form.forget()
        messages.success(request, _("The question is in the draft."))
        return redirect("meetings:question-section", key)
    return _draw(request, form, _("New question"), section)


@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request, key, question):
    home = home_of(request)
    section, questions = _section(home, key)
    row = next((one for one in questions if one.key == question and one.is_own), None)
    if row is None:
        raise Http404
    form = QuestionForm.of(
        request,
        section=section,
        questions=questions,
        question=row,
        initial=QuestionForm.written(row) | {"seen": actions.seen(row)},
    )
    theirs = None
    if form.is_valid():
        try:
            actions.change(
                home,
                section=key,
                question=question,
                before=form.cleaned_data["seen"],
                by=request.user,
                **form.words(),
            )
        except actions.Overtaken as quicker:
            theirs = quicker.theirs
        else:
            return _saved(request, form, key)
    return _draw(request, form, _("Change the question"), section, theirs)


def _section(home, key):
    section = get_object_or_404(
        standing(home).sections.prefetch_related("questions"), key=key
    )
    return section, list(section.questions.all())


def _has_room(form, name, rows, most):
    twice = any(row.key == form.key for row in rows)
    if len(rows) < most or twice:
        return True
    form.add_error(
        name, _("There is no room for more. You can change one that is there.")
    )
    return False


def _saved(request, form, key):
    form.forget()
    messages.success(request, _("It is saved in the draft."))
    return redirect("meetings:question-section", key)


def _draw(request, form, heading, section=None, theirs=None):
    if theirs:
        form.show_theirs(actions.seen(theirs))
    return render(
        request,
        "meetings/question_form.html",
        {
            "form": form,
            "heading": heading,
            "section": section,
            "theirs": theirs,
            "is_section": isinstance(theirs, Section),
        },
        status=409 if theirs else 200,
    )
