"""The pages about events: for those they are for, and for those who plan them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from news.events import actions, files, policy, rows
from news.events.forms import CallOffForm, EventForm, in_words
from news.models import HouseEvent
from portal import calendars
from residents import mentions

MOST, A_PAGE = 200, 50


@require_safe
def events(request):
    """What is to come, month by month."""
    mine = HouseEvent.objects.visible_to(request.user).select_related("department")
    can_write = policy.can_write(request.user)
    drafts = mine.drafts().select_related("author").order_by("starts_at", "pk")
    return render(
        request,
        "news/events.html",
        {
            "months": rows.by_month(mine.current().to_come()[:MOST]),
            "can_write": can_write,
            "drafts": drafts if can_write else [],
        },
    )


@require_safe
def past(request):
    mine = HouseEvent.objects.visible_to(request.user).select_related("department")
    found = Paginator(mine.current().over(), A_PAGE)
    page = found.get_page(request.GET.get("page"))
    return render(
        request,
        "news/events_past.html",
        {"page": page, "months": rows.by_month(page)},
    )


@require_safe
def event(request, address):
    found = _told(request, address)
    can_publish = policy.can_publish(request.user, found)
    versions = HouseEvent.objects.visible_to(request.user).filter(address=address)
    return render(
        request,
        "news/event.html",
        {
            "event": found,
            "when": rows.when(found),
            "can_publish": can_publish,
            "earlier": versions.filter(replaced_at__isnull=False)
            if can_publish and found.is_correction
            else [],
        },
    )


@require_safe
def calendar_file(request, address):
    """The event for one's own calendar."""
    return HttpResponse(
        files.file_of(_told(request, address)),
        content_type=calendars.TYPE,
        headers={"Content-Disposition": f'attachment; filename="{files.FILE_NAME}"'},
    )


@require_http_methods(["GET", "POST"])
def write(request):
    if not policy.can_write(request.user):
        raise PermissionDenied
    form = EventForm.of(request)
    if form.is_valid():
        made = actions.draft(uuid=form.number, by=request.user, **form.answers())
        form.forget()
        return redirect("news:event-draft", made.uuid)
    return render(request, "news/event_form.html", {"form": form})


@require_safe
def draft(request, uuid):
    """The event as its readers will see it, and who they are."""
    found = _draft(request, uuid)
    text = f"{found.title}\n{found.text}\n{found.place}"
    return render(
        request,
        "news/event_draft.html",
        {
            "event": found,
            "when": rows.when(found),
            "readers": in_words(found),
            "named": mentions.shown_to(
                request.user, mentions.named_in(text, found.home)
            ),
            "can_publish": policy.can_publish(request.user, found),
        },
    )


@require_http_methods(["GET", "POST"])
def edit(request, uuid):
    found = _draft(request, uuid)
    form = EventForm.filled_with(request, found)
    if form.is_valid():
        try:
            actions.edit(found, by=request.user, **form.answers())
        except actions.ChangedMeanwhile:
            form.add_error(None, _("It has been published in the meantime."))
        else:
            form.forget()
            return redirect("news:event-draft", found.uuid)
    return render(request, "news/event_form.html", {"form": form, "event": found})


@require_POST
def publish(request, uuid):
    found = get_object_or_404(HouseEvent.objects.visible_to(request.user), uuid=uuid)
    if not policy.can_publish(request.user, found):
        raise PermissionDenied
    try:
        as_of = parse_datetime(request.POST.get("as_of", ""))
    except ValueError:
        as_of = None
    try:
        actions.publish(found, as_of=as_of, by=request.user)
    except actions.ChangedMeanwhile:
        messages.warning(
            request, _("The text has been changed since you saw it. Look once more.")
        )
        return redirect("news:event-draft", found.uuid)
    messages.success(request, _("The event has been published."))
    return redirect("news:event", found.address)


@require_POST
def discard(request, uuid):
    try:
        actions.discard(_draft(request, uuid), by=request.user)
    except actions.ChangedMeanwhile:
        messages.warning(request, _("It has been published in the meantime."))
    else:
        messages.success(request, _("The draft has been thrown away."))
    return redirect("news:events")


@require_http_methods(["GET", "POST"])
def correct(request, address):
    found = _to_change(request, address)
    form = EventForm.filled_with(request, found)
    if form.is_valid():
        try:
            new = actions.draft(
                uuid=form.number, corrects=found, by=request.user, **form.answers()
            )
        except actions.ChangedMeanwhile:
            form.add_error(None, _("Somebody else is already correcting this."))
        else:
            form.forget()
            return redirect("news:event-draft", new.uuid)
    return render(request, "news/event_form.html", {"form": form, "corrects": found})


@require_http_methods(["GET", "POST"])
def call_off(request, address):
    found = _to_change(request, address)
    form = CallOffForm(request.POST or None)
    if form.is_valid():
        try:
            actions.call_off(found, by=request.user, **form.cleaned_data)
        except actions.ChangedMeanwhile:
            messages.warning(request, _("It has been corrected in the meantime."))
        else:
            messages.success(request, _("The event has been called off."))
        return redirect("news:event", found.address)
    return render(request, "news/event_call_off.html", {"form": form, "event": found})


def _told(request, address):
    """The latest version that was published, called off or not."""
    return get_object_or_404(
        HouseEvent.objects.visible_to(request.user)
        .current()
        .select_related("home", "department", "author", "recalled_by", "correction"),
        address=address,
    )


def _to_change(request, address):
    found = _told(request, address)
    if not policy.can_publish(request.user, found):
        raise PermissionDenied
    return found


def _draft(request, uuid):
    return get_object_or_404(
        HouseEvent.objects.visible_to(request.user)
        .drafts()
        .select_related("home", "department", "author"),
        uuid=uuid,
    )
