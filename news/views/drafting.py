"""House news before it is told: written, looked at by somebody else, published."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from news import (
    attaching,
    audience,
    policy,
    publishing,
    reached,
    reading_ease,
)
from news.locking import ChangedMeanwhile
from news.models import NewsItem
from news.news_forms import AttachmentForm, NewsForm, ReturnForm
from news.views import files
from news.views.late import too_late
from residents import mentions


@require_http_methods(["GET", "POST"])
def news_write(request):
    if not policy.can_write_news(request.user):
        raise PermissionDenied
    form = NewsForm.of(request)
    if form.is_valid():
        item = publishing.draft_news(
            uuid=form.number, by=request.user, **form.answers()
        )
        form.forget()
        return redirect("news:news-draft", item.uuid)
    return render(request, "news/news_form.html", {"form": form})


@require_safe
def news_draft(request, uuid):
    """The draft as readers will see it, and exactly who they are."""
    return _shown(request, _draft(request, uuid), AttachmentForm())


def _shown(request, item, form, *, status=200):
    text = f"{item.title}\n{item.text}\n{item.easy_text}"
    named = mentions.named_in(text, item.home)
    return render(
        request,
        "news/news_draft.html",
        {
            "item": item,
            "form": form,
            **files.of(item, request.user),
            "is_full": attaching.number_of(item) >= attaching.MOST,
            "readers": audience.readers(item),
            "groups": reached.by_name(item, request.user),
            "named": mentions.shown_to(request.user, named),
            "ease": reading_ease.said(item.text),
            "easy_ease": reading_ease.said(item.easy_text),
            "can_publish": policy.can_publish_news(request.user, item),
        },
        status=status,
    )


@require_http_methods(["GET", "POST"])
def news_edit(request, uuid):
    item = _draft(request, uuid)
    form = NewsForm.filled_with(request, item)
    if form.is_valid():
        try:
            publishing.edit_draft(item, by=request.user, **form.answers())
        except ChangedMeanwhile:
            form.add_error(None, _("It has been published in the meantime."))
        else:
            form.forget()
            return redirect("news:news-draft", item.uuid)
    return render(request, "news/news_form.html", {"form": form, "item": item})


@require_POST
def news_attach(request, uuid):
    """Here, and not in the form: the text is saved already, whatever the file is like."""
    item = _draft(request, uuid)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            attaching.attach(item, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        except ChangedMeanwhile:
            return too_late(request)
        else:
            return redirect("news:news-draft", item.uuid)
    return _shown(request, item, form)


@require_POST
def news_ask(request, uuid):
    """Its author asks whoever may publish it to look at it."""
    item = _draft(request, uuid)
    try:
        publishing.ask_for_a_look(item, by=request.user)
    except ChangedMeanwhile:
        return too_late(request)
    messages.success(request, _("Your manager now sees that it is ready."))
    return redirect("news:news-draft", item.uuid)


@require_http_methods(["GET", "POST"])
def news_return(request, uuid):
    item = _draft(request, uuid)
    if not policy.can_publish_news(request.user, item):
        raise PermissionDenied
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        try:
            publishing.return_draft(item, by=request.user, **form.cleaned_data)
        except ChangedMeanwhile:
            return too_late(request)
        messages.success(request, _("The draft is back with its author."))
        return redirect("news:news")
    return render(request, "news/news_return.html", {"form": form, "item": item})


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
        publishing.publish(item, as_of=as_of, by=request.user)
    except ChangedMeanwhile:
        messages.warning(
            request, _("The text has been changed since you saw it. Look once more.")
        )
        return redirect("news:news-draft", item.uuid)
    except publishing.OverBeforeItBegins:
        messages.warning(
            request, _("The time until which it is shown is over. Choose a later one.")
        )
        return redirect("news:news-edit", item.uuid)
    messages.success(request, _("The news has been published."))
    return redirect("news:news-item", item.address)


@require_POST
def news_discard(request, uuid):
    try:
        publishing.discard_draft(_draft(request, uuid), by=request.user)
    except ChangedMeanwhile:
        return too_late(request)
    messages.success(request, _("The draft has been thrown away."))
    return redirect("news:news")


def _draft(request, uuid):
    return get_object_or_404(
        NewsItem.objects.visible_to(request.user)
        .drafts()
        .select_related("home", "author", "corrects", "returned_by")
        .prefetch_related("departments"),
        uuid=uuid,
    )
