"""The files of house news: to be saved, or shown, for those who see the news itself."""

from itertools import chain

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from news import attaching
from news.locking import ChangedMeanwhile
from news.models import Attachment, NewsPicture
from news.views.late import too_late
from portal import documents, pictures


def of(item, user):
    """What the page of a piece of news needs to show its files to this user."""
    prefix = reverse("news:news")
    shown = list(item.pictures.all())
    for picture in shown:
        picture.path = f"{prefix}pictures/{picture.uuid}/{pictures.key(picture, user)}/"
    return {"attachments": list(item.attachments.all()), "pictures": shown}


@require_safe
def news_attachment(request, uuid):
    """A PDF to be saved: never drawn by the browser on our own pages."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user), uuid=uuid)
    return documents.answer(found.file, filename="bilag.pdf")


@require_safe
def news_picture(request, uuid, key):
    found = get_object_or_404(NewsPicture.objects.visible_to(request.user), uuid=uuid)
    return pictures.show(request, found, "full", key)


@require_POST
def news_detach(request, uuid):
    mine = (kind.objects.visible_to(request.user) for kind in (Attachment, NewsPicture))
    drafts = (rows.filter(item__published_at=None, uuid=uuid) for rows in mine)
    found = next(chain(*(rows.select_related("item") for rows in drafts)), None)
    if found is None:
        raise Http404
    try:
        attaching.detach(found, by=request.user)
    except ChangedMeanwhile:
        return too_late(request)
    return redirect("news:news-draft", found.item.uuid)
