"""Agreements as relatives read and answer them, and residents read them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from portal import clock, drafts, rooms
from relatives import actions, policy
from relatives.forms.agreements import ChangeWishForm
from relatives.models import Agreement, AgreementReply, Review
from relatives.readings import (
    as_relative_or_resident,
    differences,
    names_for,
    with_parts,
)
from relatives.views.finding import agreements_for, with_what_is_shown


@require_safe
def my_agreements(request):
    """What residents let the reader see, resident by resident, what waits first."""
    user = request.user
    if not (hasattr(user, "relative") or hasattr(user, "resident")):
        raise PermissionDenied
    readings = as_relative_or_resident(
        with_what_is_shown(Agreement.objects.shared_with(user), user=user), user=user
    )
    readings.sort(key=lambda r: (str(r.agreement.resident), not r.is_waiting))
    open_now = [r for r in readings if _is_open(r.agreement)]
    return render(
        request,
        "relatives/my_agreements.html",
        {
            "readings": open_now,
            # Those that were replaced stand on the page of their successor.
            "past": [
                r
                for r in readings
                if not _is_open(r.agreement) and not r.agreement.successor
            ],
            "several": len({r.agreement.resident_id for r in readings}) > 1,
            "own": hasattr(user, "resident"),
        },
    )


def _is_open(agreement):
    return agreement.is_current and agreement.done_on is None


def read(request, agreement):
    """The page of one agreement for a relative, or for the resident it is about."""
    user = request.user
    [reading] = with_parts(
        as_relative_or_resident([agreement], user=user),
        user=user,
        names=names_for(user),
    )
    names = agreement.resident.user_id == user.pk
    before = (
        agreement.replaces_id
        and agreements_for(user).filter(pk=agreement.replaces_id).first()
    )
    return render(
        request,
        "relatives/my_agreement.html",
        {
            "reading": reading,
            "agreement": agreement,
            "newest": _newest(agreement, user) if agreement.successor else None,
            "changed": differences(before, agreement, user=user, names=names),
            "earlier": before
            and AgreementReply.objects.filter(
                agreement=before, relative__user=user
            ).select_related("answered_by"),
            # Only the resident reads what each relative has said.
            "replies": AgreementReply.objects.visible_to(user)
            .filter(agreement=agreement)
            .select_related("relative", "answered_by")
            if names
            else [],
            "reviews": Review.objects.visible_to(user)
            .filter(agreement__in=[agreement, *([before] if before else [])])
            .select_related("recorded_by"),
            # Whoever is here sees it as a relative, or is the resident.
            "can_reply": reading.is_asked,
            "promise": promise(agreement, reading.latest),
            "who_sees": rooms.who_sees(user, agreement),
        },
    )


@require_POST
def agreement_confirm(request, uuid):
    """Read and agreed."""
    agreement = _to_reply_to(request, uuid)
    try:
        actions.confirm_agreement(
            agreement, relative=request.user.relative, by=request.user
        )
    except actions.Overtaken:
        return _overtaken(request, agreement)
    messages.success(
        request,
        _("Thank you. We have noted that you have read the agreement and agree."),
    )
    return redirect("relatives:agreement", agreement.uuid)


@require_POST
def agreement_too_much(request, uuid):
    """One press, and no reason asked for: the home does it, and somebody calls."""
    agreement = _to_reply_to(request, uuid)
    if not agreement.is_current:
        return _overtaken(request, agreement)
    if not policy.can_say_too_much(request.user, agreement):
        raise PermissionDenied
    try:
        actions.say_too_much(agreement, relative=request.user.relative, by=request.user)
    except actions.Overtaken:
        return _overtaken(request, agreement)
    messages.success(
        request, _("Thank you for telling us. We take care of it from now on.")
    )
    return redirect("relatives:agreement", agreement.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_ask(request, uuid):
    """Ask for a change, in one's own words."""
    agreement = _to_reply_to(request, uuid)
    form = ChangeWishForm.of(request)
    if form.is_valid():
        try:
            actions.ask_for_change(
                agreement,
                uuid=form.number,
                relative=request.user.relative,
                by=request.user,
                **form.answers(),
            )
        except actions.Overtaken:
            return _draw_wish(request, agreement, form, overtaken=True)
        form.forget()
        messages.success(request, _("We have received your wish for a change."))
        return redirect("relatives:agreement", agreement.uuid)
    return _draw_wish(request, agreement, form, overtaken=not agreement.is_current)


def _draw_wish(request, agreement, form, *, overtaken):
    """The form; if the agreement was changed meanwhile, beside what holds now."""
    [reading] = as_relative_or_resident([agreement], user=request.user)
    newest = _newest(agreement, request.user)
    if newest and not newest.is_current:
        newest = None
    if overtaken and newest:
        # What was written is now a wish about the version in force.
        if form.is_bound:
            form.forget()
        form.path = reverse("relatives:agreement-ask", args=[newest.uuid])
        if form.is_bound:
            drafts.save(request.user, form.path, request.POST)
    return render(
        request,
        "relatives/agreement_ask.html",
        {
            "form": form,
            "agreement": agreement,
            "reading": reading,
            "overtaken": overtaken,
            "newest": newest,
            "answers_by": agreement.resident.department.home.answers_by(clock.today()),
        },
        status=409 if overtaken and request.method == "POST" else 200,
    )


def _to_reply_to(request, uuid):
    agreement = get_object_or_404(agreements_for(request.user), uuid=uuid)
    if not policy.can_reply(request.user, agreement):
        raise PermissionDenied
    return agreement


def _newest(agreement, user):
    """The latest version, if the reader may see it: its topic may have changed."""
    return agreements_for(user).filter(pk=agreement.newest().pk).first()


def _overtaken(request, agreement):
    messages.warning(
        request,
        _("The agreement was changed while you were reading. Please read it again."),
    )
    newest = _newest(agreement, request.user)
    if newest is None:
        return redirect("relatives:my-agreements")
    return redirect("relatives:agreement", newest.uuid)


def promise(agreement, reply):
    """Who answers a wish for a change, and by which day: (name or "", day)."""
    if reply is None:
        return None
    asked_on = reply.recorded_at.astimezone(clock.DENMARK).date()
    person = agreement.resident.contact_person
    return (
        str(person) if person else "",
        agreement.resident.department.home.answers_by(asked_on),
    )
