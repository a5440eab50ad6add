"""Writing a glimpse down: staff about one or several, relatives and residents their own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from news import audience, photos, policy
from news.glimpse_forms import GlimpseForm, OwnGlimpseForm
from news.models import DiaryEntry
from news.views import looking
from residents import ledger
from residents.models import Resident
from residents.topics import Topic

WrittenAs = DiaryEntry.WrittenAs


@require_http_methods(["GET", "POST"])
def entry_write(request, uuid):
    resident = looking.resident(request, uuid)
    if policy.can_write_entry(request.user, resident):
        return _by_staff(request, resident)
    if policy.can_add_entry(request.user, resident):
        return _by_oneself(request, resident)
    raise PermissionDenied


def _by_staff(request, resident):
    several = "several" in request.GET or "several" in request.POST
    neighbours = _neighbours(request, resident) if several else []
    ledger.read(request.user, [resident, *neighbours])
    seers = audience.seers(resident)
    form = GlimpseForm.of(
        request, resident=resident, seers=seers, neighbours=neighbours
    )
    if form.is_valid():
        entry, *others = photos.write_glimpses(
            uuid=form.number, by=request.user, **form.answers()
        )
        form.forget()
        messages.success(request, looking.saved(seers.get(entry.topic)))
        for one in (entry, *others):
            _say_who_sees_photos(request, one)
        return _on(form, (entry, *others), resident)
    context = {"form": form, "resident": resident, "several": several}
    return render(request, "news/entry_form.html", context)


def _on(form, entries, resident):
    """To the first of the entries that the photographs went to, if they are several."""
    chosen = form.cleaned_data.get("photos") or []
    done = redirect("news:everyday-of", resident.uuid)
    if len(chosen) > 1:
        for entry in entries:
            if entry.photos.exists():
                return looking.after_photos(entry, chosen, done)
    return done


def _neighbours(request, resident):
    """Those whom a glimpse may be about as well: who live where the resident does."""
    return list(
        Resident.objects.cared_for_by(request.user)
        .living_here()
        .filter(department=resident.department_id)
        .exclude(pk=resident.pk)
        .select_related("department__home")
    )


def _say_who_sees_photos(request, entry):
    shown = list(entry.photos.current().prefetch_related("also__resident"))
    if shown:
        also = [one.resident for one in shown[0].also.all()]
        seers = audience.of_photos(entry.resident, also=also, topic=entry.topic)
        messages.info(request, looking.saved_photos(seers))


def _by_oneself(request, resident):
    is_oneself = resident.user_id == request.user.pk
    ledger.read(request.user, [resident])
    form = OwnGlimpseForm.of(
        request,
        resident=resident,
        is_oneself=is_oneself,
        topics=set(Topic)
        if is_oneself
        else policy.topics_to_write_on(request.user, resident),
    )
    if form.is_valid():
        entries = photos.write_glimpses(
            uuid=form.number,
            by=request.user,
            written_as=WrittenAs.RESIDENT if is_oneself else WrittenAs.RELATIVE,
            **form.answers(),
        )
        form.forget()
        messages.success(request, _("Thank you. It is saved."))
        return _on(form, entries, resident)
    return render(
        request,
        "news/own_entry_form.html",
        {
            "form": form,
            "resident": resident,
            "is_oneself": is_oneself,
            "readers": audience.seers(resident).get(Topic.DAILY) if is_oneself else [],
        },
    )
