"""House news: told to everybody who belongs to the home or the department."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from news import actions, audience, mentions, policy, rows
from news.forms import NewsCorrectionForm, NewsForm, RecallForm
from news.models import NewsItem

A_PAGE = 20


@require_safe
def news_list(request):
    mine = NewsItem.objects.visible_to(request.user).select_related("department")
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
            "drafts": unpublished if can_write else [],
        },
    )


@require_safe
def news_item(request, address):
    item = _published(request, address)
    can_publish = policy.can_publish_news(request.user, item)
    versions = NewsItem.objects.visible_to(request.user).filter(address=address)
    return render(
        request,
        "news/news_item.html",
        {
            "item": item,
            "can_publish": can_publish,
            "earlier": versions.filter(replaced_at__isnull=False)
            if can_publish and item.is_correction
            else [],
        },
    )


@require_http_methods(["GET", "POST"])
def news_write(request):
    if not policy.can_write_news(request.user):
        raise PermissionDenied
    form = NewsForm.of(request)
    if form.is_valid():
        item = actions.draft_news(uuid=form.number, by=request.user, **form.answers())
        form.forget()
        return redirect("news:news-draft", item.uuid)
    return render(request, "news/news_form.html", {"form": form})


@require_safe
def news_draft(request, uuid):
    """The draft as readers will see it, and exactly who they are."""
    item = _draft(request, uuid)
    text = f"{item.title}\n{item.text}"
    return render(
        request,
        "news/news_draft.html",
        {
            "item": item,
            "readers": audience.readers(item.home, item.department),
            "named": mentions.shown_to(
                request.user, mentions.named_in(text, item.home)
            ),
            "can_publish": policy.can_publish_news(request.user, item),
        },
    )


@require_http_methods(["GET", "POST"])
def news_edit(request, uuid):
    item = _draft(request, uuid)
    form = NewsForm.filled_with(request, item)
    if form.is_valid():
        try:
            actions.edit_draft(item, by=request.user, **form.answers())
        except actions.ChangedMeanwhile:
            form.add_error(None, _("It has been published in the meantime."))
        else:
            form.forget()
            return redirect("news:news-draft", item.uuid)
    return render(request, "news/news_form.html", {"form": form, "item": item})


@require_POST
def news_publish(request, uuid):
    item = get_object_or_404(NewsItem.objects.visible_to(request.user), uuid=uuid)
    if not policy.can_publish_news(request.user, item):
        raise PermissionDenied
    try:
        as_of = parse_datetime(request.POST.get("as_of", ""))
    except ValueError:
        as_of = None
    try:
        actions.publish(item, as_of=as_of, by=request.user)
    except actions.ChangedMeanwhile:
        messages.warning(
            request, _("The text has been changed since you saw it. Look once more.")
        )
        return redirect("news:news-draft", item.uuid)
    messages.success(request, _("The news has been published."))
    return redirect("news:news-item", item.address)


@require_POST
def news_discard(request, uuid):
    try:
        actions.discard_draft(_draft(request, uuid), by=request.user)
    except actions.ChangedMeanwhile:
        messages.warning(request, _("It has been published in the meantime."))
    else:
        messages.success(request, _("The draft has been thrown away."))
    return redirect("news:news")


@require_http_methods(["GET", "POST"])
def news_correct(request, address):
    item = _published(request, address)
    if not policy.can_publish_news(request.user, item):
        raise PermissionDenied
    form = NewsCorrectionForm.filled_with(request, item, corrects=item)
    if form.is_valid():
        try:
            new = actions.draft_news(
                uuid=form.number, corrects=item, by=request.user, **form.answers()
            )
        except actions.ChangedMeanwhile:
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
        except actions.ChangedMeanwhile:
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
        .select_related("home", "department", "author", "recalled_by", "correction"),
        address=address,
    )


def _draft(request, uuid):
    return get_object_or_404(
        NewsItem.objects.visible_to(request.user)
        .drafts()
        .select_related("home", "department", "author"),
        uuid=uuid,
    )
