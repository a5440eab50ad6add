"""Files that go with house news: checked, made anew, and shared by its versions."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from news.models import Attachment
from news.publishing import unpublished
from portal import audit, clock, documents, pictures

MOST = 10
NO_ROOM = (documents.NotKept, pictures.NotKept)


def attach(item, *, file, name, by):
    """Put a PDF or a picture with a draft. Raises ValidationError, ChangedMeanwhile."""
    is_pdf = file.read(5) == b"%PDF-"
    file.seek(0)
    if not is_pdf and not name:
        raise ValidationError(
            _("Say in a few words what the picture shows, for those who cannot see it.")
        )
    try:
        if is_pdf:
            return _with_document(item, file, name, by=by)
        kept = pictures.keep(pictures.read(file))
    except NO_ROOM:
        raise ValidationError(
            _("There is no room for the file right now. Your text is safe.")
        ) from None
    # Left in the folder if it fails here: portal.picture_sweep sees to that.
    return _added(item, "pictures", by=by, name=name, **kept.fields)


def _with_document(item, file, name, *, by):
    content = documents.read(file)
    kept = documents.keep(content)
    try:
        facts = {"name": name or plain_name(file.name), "size": len(content)}
        return _added(item, "attachments", by=by, file=kept, **facts)
    except Exception:
        documents.remove(kept)
        raise


@transaction.atomic
def _added(item, among, *, by, **facts):
    item = unpublished(item)
    if number_of(item) >= MOST:
        raise ValidationError(_("There are 10 files already. Take one away first."))
    added = getattr(item, among).create(**facts)
    _edited(item, "news.attached", added, by=by)
    return added


@transaction.atomic
def detach(file, *, by):
    """Take a file away from a draft. Raises ChangedMeanwhile if it was published."""
    item = unpublished(file.item)
    _edited(item, "news.detached", file, by=by)
    file.delete()
    if isinstance(file, Attachment):
        Attachment.sweep({file.file})


def _edited(item, verb, file, *, by):
    """Who publishes has seen the files too."""
    item.edited_at = clock.now()
    item.save(update_fields=["edited_at"])
    audit.record(verb, by=by, about=item, file=str(file.uuid))


def number_of(item):
    return item.attachments.count() + item.pictures.count()


def plain_name(name):
    """The name by which it was given, without marks that turn it or hide in it."""
    shown = "".join(sign for sign in PurePath(name).stem if sign.isprintable())
    return shown.strip()[:120] or _("File")
