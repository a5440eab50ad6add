"""The resident's own page: who may see what about me. One question a page.

Each view serves the resident's own log-in and, with the resident's uuid in the address,
an employee who sits beside them (consent.together).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from consent import actions, policy, texts
from consent.models import Consent
from consent.question_form import QuestionForm, UndoForm
from consent.views.sitting import Sitting


@require_safe
def my_consents(request, resident=None):
    """Everybody at a glance: what each may know, and one way in."""
    sitting = Sitting.of(request, resident)
    return sitting.answer(
        request,
        "consent/my_consents.html",
        everybody=sitting.about,
        wishes=sitting.wishes().exists(),
    )


@require_safe
def my_person(request, relation, resident=None):
    """One relative: how each question stands, the way to change it, and the stop."""
    sitting = Sitting.of(request, resident)
    one = sitting.one(relation)
    return sitting.answer(
        request,
        "consent/my_person.html",
        one=one,
        may_answer=policy.can_answer_about(request.user, one.relation),
        at_work=texts.is_at_work(one.name),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def my_question(request, relation, topic, resident=None):
    """One question, in three large buttons."""
    sitting = Sitting.of(request, resident)
    one, question = sitting.question(relation, topic)
    form = QuestionForm.of(request)
    says_yes = request.POST.get("answer") == Consent.Answer.YES
    may = sitting.may_say_yes if says_yes else sitting.may_answer
    if request.method == "POST" and not may(one, question):
        raise PermissionDenied
    said = sitting.said(one, question)
    if form.is_valid():
        try:
            consent = actions.answer_question(
                relation=one.relation,
                topic=topic,
                shown="\n".join(said.values()),
                uuid=form.number,
                by=request.user,
                together=sitting.together,
                **form.answers(),
            )
        except actions.AnsweredMeanwhile:
            messages.warning(request, texts.answered_meanwhile())
            return sitting.go(relation, topic)
        form.forget()
        return sitting.go("answers", consent.uuid)
    return sitting.answer(
        request,
        "consent/my_question.html",
        form=form,
        one=one,
        question=question,
        may_answer=sitting.may_answer(one, question),
        may_say_yes=sitting.may_say_yes(one, question),
        said=said,
        next=one.next_after(topic),
        number=question in one.asked and one.number(topic),
        answers=Consent.Answer,
    )


@require_safe
def my_receipt(request, answer, resident=None):
    """What holds now, and a way to take it back."""
    sitting = Sitting.of(request, resident)
    one, consent = _answer(request, sitting, answer)
    question = one.question(consent.topic)
    if question.consent != consent:
        return sitting.go(one.relation.uuid)
    return sitting.answer(
        request,
        "consent/my_receipt.html",
        one=one,
        consent=consent,
        said=texts.receipt(consent, one.name),
        form=UndoForm(by=request.user, path=request.path),
        can_be_undone=sitting.may_say_yes(one, question)
        and actions.can_be_undone(consent),
        next=one.next_after(consent.topic),
    )


@require_POST
def my_undo(request, answer, resident=None):
    """Back to what held before the answer, or before the stop."""
    sitting = Sitting.of(request, resident)
    one, consent = _answer(request, sitting, answer)
    if not sitting.may_say_yes(one, one.question(consent.topic)):
        raise PermissionDenied
    form = UndoForm.of(request)
    if not form.is_valid():
        return sitting.go("answers", consent.uuid)
    try:
        consent = actions.undo(
            consent,
            shown=texts.receipt(consent, one.name),
            uuid=form.number,
            by=request.user,
            together=sitting.together,
        )
    except actions.AnsweredMeanwhile:
        messages.warning(request, texts.answered_meanwhile())
        return sitting.go(one.relation.uuid, consent.topic)
    return sitting.go("answers", consent.uuid)


@require_POST
def my_stop(request, relation, topic, resident=None):
    """One topic: the relative learns no more about it."""
    sitting = Sitting.of(request, resident)
    one, question = sitting.question(relation, topic)
    actions.stop_topic(
        relation=one.relation, topic=topic, by=request.user, together=sitting.together
    )
    if question.can_be_stopped:
        return sitting.go("answers", question.consent.uuid)
    return sitting.go(relation)


@require_POST
def my_stop_all(request, relation, resident=None):
    """One relative: nothing more, about anything."""
    sitting = Sitting.of(request, resident)
    one = sitting.one(relation)
    actions.stop_everything(
        relation=one.relation, by=request.user, together=sitting.together
    )
    return sitting.go(relation, "stopped")


@require_safe
def my_stopped(request, relation, resident=None):
    """That nothing is shared with this relative, but for what the law opens."""
    sitting = Sitting.of(request, resident)
    one = sitting.one(relation)
    if one.can_be_stopped:
        return sitting.go(relation)
    return sitting.answer(request, "consent/my_stopped.html", one=one)


@require_http_methods(["GET", "HEAD", "POST"])
def my_talk(request, resident=None):
    """I want to talk with somebody about it."""
    sitting = Sitting.of(request, resident)
    if request.method == "POST":
        actions.wish_to_talk(
            resident=sitting.resident,
            by=request.user,
            together=sitting.together,
            **_talk_about(request, sitting),
        )
        return sitting.go("talk")
    return sitting.answer(
        request,
        "consent/my_talk.html",
        wishes=sitting.wishes().exists(),
        whom=sitting.whom_to_talk_with() or _("The staff"),
    )


def _answer(request, sitting, uuid):
    """An answer of this resident's, with all that there is about its relative."""
    consent = get_object_or_404(
        Consent.objects.visible_to(request.user)
        .filter(relation__resident=sitting.resident, action=Consent.Action.SEE)
        .select_related("talk", "replaces__talk", "relation"),
        uuid=uuid,
    )
    return sitting.one(consent.relation.uuid), consent


def _talk_about(request, sitting):
    """The relative and the topic of the page where the button was pressed, if any."""
    asked, topic = request.POST.get("relation", ""), request.POST.get("topic", "")
    known = {str(one.relation.uuid): one.relation for one in sitting.about}
    return {
        "relation": known.get(asked),
        "topic": topic if topic in texts.NAMES and asked in known else "",
    }
