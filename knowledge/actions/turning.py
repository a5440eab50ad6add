"""What managers say about themselves, and what the home says of the municipality."""

from django.db import transaction

from knowledge.models import Guide, Portrait, Presentation
from portal import audit


@transaction.atomic
def present(job, *, phone, hours, words, picture=None, without_picture=False, by):
    """Say how somebody is reached. `picture` is what portal.pictures has kept."""
    said = {"phone": phone, "hours": hours, "words": words}
    presentation, _is_new = Presentation.objects.update_or_create(
        job=job, defaults=said
    )
    if picture or without_picture:
        # A new row, so that an address that was copied does not show the new picture.
        Portrait.objects.filter(presentation=presentation).delete()
    if picture:
        Portrait.objects.create(presentation=presentation, **picture.fields)
    audit.record("job.presented", by=by, about=job, picture=bool(picture))
    return presentation


@transaction.atomic
def guide(home, *, by, **words):
    """Say whom one turns to beyond the home."""
    row, _is_new = Guide.objects.update_or_create(home=home, defaults=words)
    audit.record("home.guide_changed", by=by, about=home)
    return row
