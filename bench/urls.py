"""The portal's own pages, and those that they are measured against."""

from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.http import require_safe

from bench import textbook


@require_safe
def empty(request):
    """The frame that every page has, and nothing in it."""
    return render(request, "base.html")


urlpatterns = [
    path("bench/empty/", empty),
    path("bench/textbook/", textbook.newest),
    path("", include("portal.urls")),
]
