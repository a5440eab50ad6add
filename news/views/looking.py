"""What the views of glimpses share: how they find things, and what they say afterwards."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from news.models import DiaryEntry, DiaryPhoto
from residents.models import Resident


def resident(request, uuid):
    return get_object_or_404(
        Resident.objects.visible_to(request.user).select_related("department__home"),
        uuid=uuid,
    )


def entry(request, address):
    return get_object_or_404(
        DiaryEntry.objects.visible_to(request.user)
        .latest_versions()
        .select_related("resident__department__home", "recorded_by", "recalled_by"),
        address=address,
    )


def photo(request, uuid):
    return get_object_or_404(
        DiaryPhoto.objects.visible_to(request.user).select_related(
            "entry", "resident__department"
        ),
        uuid=uuid,
    )


def after_photos(entry, photos, otherwise):
    """Of several photographs each has its own words: on to where they are given."""
    return redirect("news:photo-words", entry.address) if len(photos) > 1 else otherwise


def saved(names):
    if names:
        return _("Saved. It can be seen by %(people)s.") % {"people": ", ".join(names)}
    return _("Saved. No relatives can see it.")


def saved_photos(audience):
    """What is said of photographs that were saved, to staff."""
    if audience.see:
        return _("The photos can be seen by %(people)s.") % {
            "people": ", ".join(audience.see)
        }
    return _(
        "No relatives can see the photos until there is a consent for photos. They are "
        "kept here for the staff and for %(name)s."
    ) % {"name": audience.resident.short_name}
