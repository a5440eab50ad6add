"""The welcome folder: for everybody who belongs to the home, on paper or to keep."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge import audience, papers, turning
from knowledge.actions import folders as actions
from knowledge.forms.folders import FolderForm
from knowledge.models import Folder
from knowledge.views.finding import home_of
from portal import drawing
from portal.models import Home


@require_safe
def folder(request, uuid):
    """The home's folder, with the numbers of the reader's own departments."""
    home = get_object_or_404(
        Home.objects.filter(pk__in=audience.homes_of(request.user)), uuid=uuid
    )
    words = papers.folder(home, turning.departments_of(request.user, home))
    return drawing.answer(
        request, papers.TEMPLATE, words, filename="velkomstfolder.pdf"
    )


@require_http_methods(["GET", "POST"])
def folder_write(request):
    """What the home says first to somebody new, and what it gives along."""
    home = home_of(request.user)
    now = Folder.objects.of(home)
    form = FolderForm.of(
        request,
        articles=papers.choices(home),
        chosen=papers.chosen(home, now),
        initial={"welcome": now.welcome if now else home.about},
    )
    if form.is_valid():
        actions.write(uuid=form.number, home=home, by=request.user, **form.answers())
        form.forget()
        messages.success(request, _("The folder is saved. Look at it as it is now."))
        return redirect("knowledge:folder-write")
    return render(
        request, "knowledge/folder_form.html", {"form": form, "home": home, "now": now}
    )
