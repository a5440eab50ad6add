"""The portal as one relative sees it: the same views, the same templates, one resident.

`/as/<relation>/…` is the portal once more below a prefix, so that it lies in the address
of one tab and in no session. Django's script prefix keeps every link inside.
"""

import copy
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import (
    Resolver404,
    get_script_prefix,
    resolve,
    reverse,
    set_script_prefix,
)
from django.views import defaults
from django.views.decorators.http import require_http_methods

from portal import audit
from portal.backends import Backend
from relatives.models import Relation
from residents import ledger
from residents import policy as residents
from residents.access import topics_represented_by
from residents.sight import narrowed
from residents.topics import Topic

# What a relative reads. Nothing of their account, nothing that they write in.
PAGES = {
    "home",
    "residents:search",
    "relatives:my-agreements",
    "relatives:agreement",
    "relatives:my-who-does-what",
    "relatives:my-calls",
    "relatives:my-residents",
    "relatives:confidentiality",
    "meetings:extract",
    "meetings:my-expectations",
    "news:news",
    "news:news-item",
    "news:events",
    "news:events-past",
    "news:event",
    "news:everyday",
    "news:everyday-of",
    "news:entry",
    "news:photo",
    "news:photo-small",
    "knowledge:articles",
    "knowledge:article",
    "knowledge:words",
    "knowledge:associations",
    "knowledge:whom",
    "knowledge:portrait",
}
# What somebody who acts for the resident does not read in another relative's place.
NOT_BY_LAW = {"meetings:my-expectations", "meetings:extract"}


@dataclass(frozen=True)
class Looking:
    """What the banner says: as whom, about whom, about what alone, and the way out."""

    relative: str
    resident: str
    topics: list[str]
    way_out: str


@require_http_methods(["GET", "HEAD", "POST"])
def see_as(request, uuid, page=""):
    """One page as the relative would see it now. Read only, and written in the log."""
    relation = get_object_or_404(
        Relation.objects.seen_as_by(request.user).select_related(
            "relative", "resident__department"
        ),
        uuid=uuid,
    )
    # The frame around the page names both of them.
    ledger.read(request.user, [relation])
    eyes = _eyes(request.user, relation)
    match = _page(page, by_law=_topics(request.user, relation.resident) is not None)
    if request.method == "POST":
        return _explained(request, relation, "consent/looking_only.html", status=403)
    if eyes is None:
        return _explained(request, relation, "consent/no_eyes.html")
    if match is None:
        return _explained(request, relation, "consent/not_in_view.html", status=404)
    audit.record(
        "relative.seen_as", by=request.user, about=relation, page=match.view_name
    )
    with ledger.through_the_eyes_of(relation, by=request.user):
        return _drawn(
            _request_of(eyes, relation, request, match, page),
            match,
            prefix=reverse("consent:see-as", args=[relation.uuid]),
        )


def _eyes(user, relation):
    """The relative as far as the reader may look, or None if they cannot log in."""
    relative = Backend().get_user(relation.relative.user_id)
    if relative is None:
        return None
    return narrowed(
        relative, resident=relation.resident, topics=_topics(user, relation.resident)
    )


def _topics(user, resident):
    """None is all of them; whoever acts for the resident by law sees theirs."""
    if residents.cares_for(user, resident) or resident.user_id == user.pk:
        return None
    return topics_represented_by(user).get(resident.pk, set())


def _page(path, *, by_law):
    try:
        match = resolve(f"/{path}")
    except Resolver404:
        return None
    shown = PAGES - NOT_BY_LAW if by_law else PAGES
    return match if match.view_name in shown else None


def _explained(request, relation, template, *, status=200):
    """A page of the reader's own, outside the relative's: why it is not shown."""
    context = {"relation": relation, "way_out": _way_out(request.user, relation)}
    return render(request, template, context, status=status)


def _way_out(user, relation):
    if residents.cares_for(user, relation.resident):
        return reverse("consent:consents", args=[relation.resident.uuid])
    if relation.resident.user_id == user.pk:
        return reverse("consent:mine")
    return reverse("relatives:my-residents")


def _request_of(eyes, relation, request, match, page):
    """The request as it would have come from the relative."""
    topics = _topics(request.user, relation.resident)
    inner = copy.copy(request)
    inner.user = eyes
    inner.path_info = f"/{page}"
    inner.resolver_match = match
    inner.looking = Looking(
        relative=str(relation.relative),
        resident=relation.resident.short_name,
        topics=[topic.label for topic in Topic if topics and topic in topics],
        way_out=_way_out(request.user, relation),
    )
    # What the reader is still to be told waits for a page of the reader's own.
    if hasattr(inner, "_messages"):
        del inner._messages
    return inner


def _drawn(inner, match, *, prefix):
    """The view's own answer. What it may not show looks as it does to the relative."""
    with _below(prefix), connection.execute_wrapper(_nothing_is_written):
        try:
            return match.func(inner, *match.args, **match.kwargs)
        except Http404 as error:
            return defaults.page_not_found(inner, error)
        except PermissionDenied as error:
            return defaults.permission_denied(inner, error)


@contextmanager
def _below(prefix):
    """Every address that is made in the meantime begins with the prefix."""
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(before)


READS = ("SELECT", "(SELECT", "WITH", "SAVEPOINT", "RELEASE", "ROLLBACK")


def _nothing_is_written(execute, sql, params, many, context):
    """Looking leaves no trace with the relative: nothing read, agreed or begun."""
    if not sql.lstrip().upper().startswith(READS):
        raise TypeError("Nothing is written through somebody else's eyes.")
    return execute(sql, params, many, context)
