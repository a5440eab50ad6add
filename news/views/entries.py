"""Glimpses of everyday life: written by staff, read by those the resident lets in."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from news import actions, audience, policy, rows, showing
from news.forms import EntryCorrectionForm, RecallForm, TakeBackForm
from news.models import DiaryEntry, DiaryPhoto
from news.views import looking
from portal import rooms
from residents import ledger
from residents import policy as residents
from residents.models import Resident

A_PAGE = 20
HAS_PHOTOS = Exists(DiaryPhoto.objects.current().filter(entry=OuterRef("pk")))


@require_safe
def everyday(request):
    """Everything that is shared with the reader, about everybody."""
    entries = DiaryEntry.objects.current().select_related("resident")
    known = Resident.objects.visible_to(request.user)
    known = [] if request.user.is_employed else list(known)
    ledger.read(request.user, known)
    return render(
        request,
        "news/everyday.html",
        {
            **_page(request, entries),
            "residents": known,
            "can_write": policy.can_write_entries(request.user),
        },
    )


@require_safe
def everyday_of(request, uuid):
    resident = looking.resident(request, uuid)
    cares = residents.cares_for(request.user, resident)
    ledger.read(request.user, [resident])
    entries = resident.diary_entries.latest_versions().select_related("resident")
    return render(
        request,
        "news/everyday_of.html",
        {
            **_page(request, entries, named=False),
            "resident": resident,
            "is_oneself": resident.user_id == request.user.pk,
            "can_write": cares,
            "can_add": policy.can_add_entry(request.user, resident),
            "tabs": rooms.tabs(request.user, resident) if cares else [],
        },
    )


@require_safe
def entry(request, address):
    entry = looking.entry(request, address)
    can_correct = policy.can_correct_entry(request.user, entry)
    versions = DiaryEntry.objects.visible_to(request.user).filter(address=address)
    ledger.read(request.user, [entry])
    photos = showing.of_entry(entry, request.user)
    return render(
        request,
        "news/entry.html",
        {
            "entry": entry,
            "author": rows.author(entry, request.user),
            "photos": photos,
            "can_describe": any(one.can_take_back for one in photos),
            "cares": policy.can_write_entry(request.user, entry.resident),
            "can_correct": can_correct,
            "can_take_back": policy.can_take_back(request.user, entry),
            "who_sees": rooms.who_sees(request.user, entry),
            "earlier": versions.exclude(replaced_at=None).select_related("recorded_by")
            if entry.is_correction and can_correct
            else [],
        },
    )


@require_safe
def everyday_choose(request):
    """Whom is it about? The reader's own residents first."""
    if not policy.can_write_entries(request.user):
        raise PermissionDenied
    cared_for = (
        Resident.objects.cared_for_by(request.user)
        .living_here()
        .select_related("department")
    )
    ledger.read(request.user, cared_for)
    return render(
        request,
        "news/everyday_choose.html",
        {
            "residents": sorted(
                cared_for, key=lambda one: one.contact_person_id != request.user.pk
            )
        },
    )


@require_http_methods(["GET", "POST"])
def entry_correct(request, address):
    entry = looking.entry(request, address)
    if not policy.can_correct_entry(request.user, entry):
        raise PermissionDenied
    ledger.read(request.user, [entry])
    seers = audience.seers(entry.resident)
    form = EntryCorrectionForm.filled_with(
        request, entry, corrects=entry, resident=entry.resident, seers=seers
    )
    if form.is_valid():
        try:
            new = actions.correct_entry(
                entry, uuid=form.number, by=request.user, **form.answers()
            )
        except actions.ChangedMeanwhile:
            form.add_error(None, _("Somebody else has corrected it in the meantime."))
        else:
            form.forget()
            messages.success(request, looking.saved(seers.get(new.topic)))
            return redirect("news:entry", address)
    context = {"form": form, "resident": entry.resident, "corrects": entry}
    return render(request, "news/entry_form.html", context)


@require_http_methods(["GET", "POST"])
def entry_recall(request, address):
    entry = looking.entry(request, address)
    if not policy.can_take_back(request.user, entry):
        raise PermissionDenied
    ledger.read(request.user, [entry])
    cares = policy.can_write_entry(request.user, entry.resident)
    sent = request.POST if request.method == "POST" else None
    form = (RecallForm if cares else TakeBackForm)(sent)
    if form.is_valid():
        try:
            actions.recall(entry, by=request.user, **form.cleaned_data)
        except actions.ChangedMeanwhile:
            messages.warning(request, _("It has been corrected in the meantime."))
        else:
            messages.success(
                request, _("It has been taken back. Only staff see it now.")
            )
        if cares:
            return redirect("news:entry", address)
        return redirect("news:everyday-of", entry.resident.uuid)
    context = {"form": form, "entry": entry, "cares": cares}
    return render(request, "news/entry_recall.html", context)


def _page(request, entries, *, named=True):
    """One page of the list. The next one begins after the last line of this."""
    entries = entries.select_related("resident").annotate(has_photos=HAS_PHOTOS)
    few = entries.newest(request.user, A_PAGE + 1, before=_before(request, entries))
    lines = rows.of_entries(
        few[:A_PAGE],
        request.user,
        named=named,
        thumbs=showing.thumbs(few[:A_PAGE], request.user),
    )
    return {
        "rows": list(lines),
        "older": few[A_PAGE - 1].uuid if len(few) > A_PAGE else None,
        "is_later_page": "before" in request.GET,
    }


def _before(request, entries):
    try:
        last = UUID(request.GET.get("before", ""))
    except ValueError:
        return None
    return entries.visible_to(request.user).filter(uuid=last).first()
