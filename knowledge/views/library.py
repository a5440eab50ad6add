"""Reading in the library: its articles, for those they are written for."""

from django.http import Http404
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge import policy, prose, rows
from knowledge.models import Article, Word
from knowledge.views.finding import must_belong, one_each, readable


@require_safe
def articles(request):
    """All that is written for the reader, by subject."""
    user = request.user
    must_belong(user)
    found = one_each(Article.objects.visible_to(user).listed(), user)
    drafts = Article.objects.kept_by(user).drafts().listed()
    gone = Article.objects.kept_by(user).holding().filter(recalled_at__isnull=False)
    can_write = policy.can_write(user)
    return render(
        request,
        "knowledge/articles.html",
        {
            "shelves": rows.shelves(found),
            "can_write": can_write,
            "drafts": drafts if can_write else [],
            "gone": gone.listed() if can_write else [],
        },
    )


@require_safe
def article(request, address):
    """One article, or its easy version: the first that a resident sees."""
    user = request.user
    found, is_gone = _found(user, address)
    is_easy = bool(found.easy) and _wants_easy(request)
    words = one_each(Word.objects.visible_to(user), user)
    can_change = policy.can_change(user, found)
    return render(
        request,
        "knowledge/article.html",
        {
            "article": found,
            "is_gone": is_gone,
            "is_easy": is_easy,
            "body": prose.html(found.easy if is_easy else found.text, words=words),
            "checked": _checked(found, user),
            "can_change": can_change,
            **(_for_editor(user, found) if can_change else {}),
        },
    )


def _found(user, address):
    """(the article, whether it has been taken back). Only its editors find the latter."""
    try:
        return readable(
            Article.objects.select_related("home", "author"), user, address
        ), False
    except Http404:
        kept = Article.objects.holding().kept_by(user).select_related("home", "author")
        gone = kept.filter(address=address).select_related("recalled_by").first()
        if gone is None:
            raise
        return gone, True


def _wants_easy(request):
    asked = request.GET.get("read")
    if asked in ("easy", "whole"):
        return asked == "easy"
    user = request.user
    return bool(getattr(user, "resident", None)) and not user.is_employed


def _checked(article, user):
    """When the words were last held against the law, and by whom, in a sentence."""
    check = (
        article.checks.filter(home__in=policy.homes(user))
        .select_related("checked_by")
        .first()
    )
    if check:
        return _("Looked through on %(day)s by %(name)s.") % {
            "day": date_format(localtime(check.checked_at)),
            "name": check.checked_by,
        }
    day = date_format(article.checked_on)
    if article.author:
        return _("Looked through on %(day)s by %(name)s.") % {
            "day": day,
            "name": article.author,
        }
    return _("Written from the law as it stood on %(day)s.") % {"day": day}


def _for_editor(user, article):
    versions = Article.objects.kept_by(user).filter(address=article.address)
    common = Article.objects.common().filter(address=article.address).first()
    return {
        "earlier": versions.exclude(replaced_at=None).order_by("-published_at"),
        "draft": versions.drafts().first(),
        # What the portal has brought since the home wrote its own.
        "renewed": common
        if common and article.home_id and common.pk != article.based_on_id
        else None,
    }
