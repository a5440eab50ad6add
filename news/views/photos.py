"""The photographs of glimpses: each asked for by itself, and each time anew."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from news import actions, audience, photos, policy, showing
from news.photo_forms import PhotosForm, PhotoWordsForm
from news.views import looking
from portal import pictures
from residents import ledger


@require_safe
def photo(request, uuid, size="full"):
    """The picture itself, to whoever may see it at this instant.

    An address that has lasted its day leads to the page that the photograph stands on.
    """
    photo = looking.photo(request, uuid)
    key = request.GET.get("key", "")
    if not pictures.opens(photo, request.user, key):
        return redirect("news:entry", photo.entry.address)
    ledger.read(request.user, [photo])
    return pictures.show(request, photo, size, key)


@require_http_methods(["GET", "POST"])
def entry_photos(request, address):
    """More photographs of somebody, for what is told already."""
    entry = looking.entry(request, address)
    if not policy.can_correct_entry(request.user, entry) or entry.recalled_at:
        raise PermissionDenied
    ledger.read(request.user, [entry])
    left = photos.MOST - entry.photos.current().count()
    form = PhotosForm.of(request, resident=entry.resident, left=max(left, 0))
    seers = audience.of_photos(entry.resident, topic=entry.topic)
    if form.is_valid():
        answers = form.answers()
        try:
            photos.add_photos(entry, uuid=form.number, by=request.user, **answers)
        except actions.ChangedMeanwhile:
            form.add_error(None, _("It has been corrected in the meantime."))
        except photos.TooManyPhotos as too_many:
            form.add_error("photos", form.room_for(too_many.room))
        else:
            form.forget()
            messages.success(request, looking.saved_photos(seers))
            return looking.after_photos(
                entry, answers["photos"], redirect("news:entry", address)
            )
    context = {"form": form, "entry": entry, "audience": seers}
    return render(request, "news/entry_photos.html", context)


@require_http_methods(["GET", "POST"])
def photo_words(request, address):
    """What can be seen in each of one's photographs, told beside it."""
    entry = looking.entry(request, address)
    ledger.read(request.user, [entry])
    shown = [one for one in showing.of_entry(entry, request.user) if one.can_take_back]
    if not shown:
        raise PermissionDenied
    asks = policy.can_write_entry(request.user, entry.resident)
    form = PhotoWordsForm.of(request, resident=entry.resident, shown=shown, asks=asks)
    if form.is_valid():
        mine = [one.photo for one in shown]
        photos.describe(mine, words=form.words(), by=request.user)
        form.forget()
        messages.success(request, _("Thank you. It is saved."))
        return redirect("news:entry", address)
    return render(request, "news/photo_words.html", {"form": form, "entry": entry})


@require_POST
def photo_recall(request, uuid):
    photo = looking.photo(request, uuid)
    if not policy.can_take_back_photo(request.user, photo):
        raise PermissionDenied
    photos.take_back_photo(photo, by=request.user)
    messages.success(
        request, _("The photo has been taken back. Only staff see it now.")
    )
    return redirect("news:entry", photo.entry.address)
