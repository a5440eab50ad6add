"""What those at work do to an agreement."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal import drafts
from relatives import actions, policy
from relatives.forms.agreements import AgreementForm, AnswerForm
from relatives.models import AgreementReply, Relative
from relatives.views.finding import agreements_for, resident_for, standing_relations
from residents import ledger
from residents.access import readers_by_topic
from residents.topics import Topic


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_record(request, uuid):
    resident = resident_for(request, uuid, policy.can_write_agreements)
    relations = standing_relations(request.user, resident)
    form = AgreementForm.of(request, resident=resident, relations=relations)
    if form.is_valid():
        agreement = actions.record_agreement(
            uuid=form.number, resident=resident, by=request.user, **form.answers()
        )
        form.forget()
        messages.success(request, _("The agreement is recorded."))
        return redirect("relatives:agreement", agreement.uuid)
    return render(
        request,
        "relatives/agreement_form.html",
        {"resident": resident, "form": form, "who_reads": who_reads(resident)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_change(request, uuid):
    """A new version. If somebody else was quicker, both texts are shown."""
    agreement = agreement_for_work(request, uuid)
    if request.method != "POST" and not agreement.is_current:
        return overtaken(request, agreement)
    form = change_form(request, agreement)
    if form.is_valid():
        try:
            new = actions.change_agreement(
                agreement, uuid=form.number, by=request.user, **form.answers()
            )
        except actions.Overtaken as quicker:
            return draw_change(request, quicker.newest, form, was=agreement)
        form.forget()
        messages.success(request, _("The agreement has been changed."))
        return redirect("relatives:agreement", new.uuid)
    return draw_change(request, agreement, form)


def change_form(request, agreement):
    return AgreementForm.of(
        request,
        resident=agreement.resident,
        relations=standing_relations(request.user, agreement.resident),
        agreement=agreement,
    )


def draw_change(request, agreement, form, *, was=None):
    """The form for a new version of `agreement`; `was` is the one that was opened."""
    ledger.read(request.user, [agreement])
    if was:
        # What was written is now a draft of a change to the version in force.
        form.forget()
        form.path = reverse("relatives:agreement-change", args=[agreement.uuid])
        drafts.save(request.user, form.path, request.POST)
    return render(
        request,
        "relatives/agreement_form.html",
        {
            "agreement": agreement,
            "was": was,
            "resident": agreement.resident,
            "form": form,
            "wishes": AgreementReply.objects.visible_to(request.user)
            .filter(agreement=agreement)
            .unanswered()
            .select_related("relative"),
            "who_reads": who_reads(agreement.resident),
        },
        status=409 if was else 200,
    )


def _press(request, uuid, action, said):
    """One button on the page of an agreement."""
    agreement = agreement_for_work(request, uuid)
    try:
        action(agreement, by=request.user)
    except actions.Overtaken:
        return overtaken(request, agreement)
    messages.success(request, said)
    return redirect("relatives:agreement", agreement.uuid)


@require_POST
def agreement_done(request, uuid):
    return _press(request, uuid, actions.mark_done, _("The agreement is done."))


@require_POST
def agreement_reopen(request, uuid):
    said = _("The agreement is open again.")
    return _press(request, uuid, actions.reopen_agreement, said)


@require_POST
def agreement_end(request, uuid):
    return _press(request, uuid, actions.end_agreement, _("The agreement has ended."))


@require_http_methods(["GET", "HEAD", "POST"])
def change_answer(request, uuid):
    """Answer a relative in words, when the agreement stays as it is."""
    reply = get_object_or_404(
        AgreementReply.objects.visible_to(request.user).select_related(
            "agreement__resident__department", "relative", "answered_by"
        ),
        uuid=uuid,
        kind__in=AgreementReply.ASKING,
    )
    if not policy.can_write_agreements(request.user, reply.agreement.resident):
        raise PermissionDenied
    ledger.read(request.user, [reply.agreement])
    form = AnswerForm.of(request)
    if form.is_valid():
        try:
            actions.answer_change(reply, by=request.user, **form.answers())
        except actions.AlreadyAnswered as quicker:
            reply = quicker.reply
            form.add_error(None, _("Somebody else has just answered. See it below."))
        else:
            form.forget()
            messages.success(request, _("Your answer is given."))
            return redirect("relatives:agreement", reply.agreement.uuid)
    return render(
        request, "relatives/change_answer.html", {"reply": reply, "form": form}
    )


def agreement_for_work(request, uuid):
    agreement = get_object_or_404(agreements_for(request.user), uuid=uuid)
    if not policy.can_write_agreements(request.user, agreement.resident):
        raise PermissionDenied
    return agreement


def overtaken(request, agreement):
    """Somebody was quicker: to the version in force, and say so."""
    messages.warning(
        request,
        _("Somebody else has changed or ended the agreement. This is how it is now."),
    )
    return redirect("relatives:agreement", agreement.newest().uuid)


def who_reads(resident):
    """For each topic, the relatives who can read it now: (topic, names)."""
    topics = readers_by_topic(resident)
    users = set().union(*topics.values())
    names = {
        person.user_id: str(person)
        for person in Relative.objects.filter(user__in=users)
    }
    return [
        (topic.label, sorted(names[u] for u in topics.get(topic, ()) if u in names))
        for topic in Topic
    ]
