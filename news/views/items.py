"""House news as it is read: told to everybody who belongs to the home or the department."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from news import actions, audience, policy, publishing, rows
from news.forms import RecallForm
from news.locking import ChangedMeanwhile
from news.models import NewsItem
from news.news_forms import NewsCorrectionForm
from news.views import files

A_PAGE = 20


@require_safe
def news_list(request):
    mine = NewsItem.objects.visible_to(request.user).with_places()
    page = Paginator(mine.current(), A_PAGE).get_page(request.GET.get("page"))
    can_write = policy.can_write_news(request.user)
    unpublished = mine.drafts().select_related("author").order_by("-edited_at", "-pk")
    return render(
        request,
        "news/news_list.html",
        {
            "page": page,
            "rows": list(rows.of_news(page, request.user)),
            "can_write": can_write,
            "drafts": list(rows.of_drafts(unpublished)) if can_write else [],
            "ahead": list(rows.of_news(mine.ahead(), request.user))
            if can_write
            else [],
        },
    )


@require_safe
def news_archive(request):
    """What was told for some time that is over, for those who could see it then."""
    mine = NewsItem.objects.visible_to(request.user).with_places()
    page = Paginator(mine.past(), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "news/news_archive.html",
        {"page": page, "rows": list(rows.of_news(page, request.user))},
    )


@require_safe
def news_item(request, address):
    item = _published(request, address)
    can_publish = policy.can_publish_news(request.user, item)
    versions = NewsItem.objects.visible_to(request.user).filter(address=address)
    reads = _reads(request.user, item, can_publish)
    return render(
        request,
        "news/news_item.html",
        {
            "item": item,
            "is_resident": audience.is_resident(request.user),
            **files.of(item, request.user),
            "can_publish": can_publish,
            "earlier": versions.filter(replaced_at__isnull=False)
            if can_publish and item.is_correction
            else [],
            **reads,
        },
    )


def _reads(user, item, can_publish):
    """Who of the staff has said to have read it; whoever asks sees their own mark."""
    if not item.important or not user.is_employed:
        return {}
    facts = {"can_mark": policy.can_mark_news_read(user, item)}
    if facts["can_mark"]:
        facts["has_read"] = item.reads.filter(user=user).exists()
    if can_publish:
        staff = audience.staff_of(item).exclude(pk=item.author_id)
        facts["staff"] = staff.count()
        facts["unread"] = list(staff.exclude(news_read__item=item))
        facts["read"] = facts["staff"] - len(facts["unread"])
    return facts


@require_POST
def news_read(request, address):
    item = _published(request, address)
    if not policy.can_mark_news_read(request.user, item):
        raise PermissionDenied
    publishing.mark_read(item, by=request.user)
    messages.success(request, _("Thank you. It is noted that you have read it."))
    return redirect("news:news-item", item.address)


@require_http_methods(["GET", "POST"])
def news_correct(request, address):
    item = _published(request, address)
    if not policy.can_publish_news(request.user, item):
        raise PermissionDenied
    form = NewsCorrectionForm.filled_with(request, item, corrects=item)
    if form.is_valid():
        try:
            new = publishing.draft_news(
                uuid=form.number, corrects=item, by=request.user, **form.answers()
            )
        except ChangedMeanwhile:
            form.add_error(None, _("Somebody else is already correcting this."))
        else:
            form.forget()
            return redirect("news:news-draft", new.uuid)
    return render(request, "news/news_form.html", {"form": form, "corrects": item})


@require_http_methods(["GET", "POST"])
def news_recall(request, address):
    item = _published(request, address)
    if not policy.can_publish_news(request.user, item):
        raise PermissionDenied
    form = RecallForm(request.POST or None)
    if form.is_valid():
        try:
            actions.recall(item, by=request.user, **form.cleaned_data)
        except ChangedMeanwhile:
            messages.warning(request, _("It has been corrected in the meantime."))
        else:
            messages.success(request, _("The news has been taken back."))
        return redirect("news:news-item", item.address)
    return render(request, "news/news_recall.html", {"form": form, "item": item})


def _published(request, address):
    """The latest version that was published; what was recalled only its editors find."""
    return get_object_or_404(
        NewsItem.objects.visible_to(request.user)
        .filter(published_at__isnull=False, replaced_at=None)
        .select_related("home", "author", "recalled_by", "correction")
        .prefetch_related("departments"),
        address=address,
    )
