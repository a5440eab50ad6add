"""Articles as their writers see them: drafted, looked at, published, taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from knowledge import policy, prose
from knowledge.actions import articles as actions
from knowledge.actions.pieces import ChangedMeanwhile, recall
from knowledge.forms.articles import ArticleForm, RecallForm
from knowledge.models import Article
from knowledge.views.finding import changeable, home_of, readable


@require_http_methods(["GET", "POST"])
def article_write(request):
    home = home_of(request.user)
    form = ArticleForm.of(request)
    if form.is_valid():
        draft = actions.draft(
            uuid=form.number, home=home, by=request.user, **form.answers()
        )
        form.forget()
        return redirect("knowledge:article-draft", draft.uuid)
    return render(request, "knowledge/article_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def article_correct(request, address):
    """A new version; of a common article, the home's own."""
    article = changeable(Article.objects, request.user, address)
    home = home_of(request.user, article)
    form = ArticleForm.filled_with(request, article)
    if form.is_valid():
        try:
            draft = actions.draft(
                uuid=form.number,
                home=home,
                corrects=article,
                by=request.user,
                **form.answers(),
            )
        except ChangedMeanwhile:
            form.add_error(None, _("Somebody else is already correcting this."))
        else:
            form.forget()
            return redirect("knowledge:article-draft", draft.uuid)
    common = Article.objects.common().filter(address=address).first()
    context = {"form": form, "corrects": article, "common": common}
    return render(request, "knowledge/article_form.html", context)


@require_safe
def article_draft(request, uuid):
    """The draft as its readers will see it."""
    draft = _draft(request, uuid)
    return render(
        request,
        "knowledge/article_draft.html",
        {
            "article": draft,
            "body": prose.html(draft.text, level=3),
            "easy": prose.html(draft.easy, level=3),
        },
    )


@require_http_methods(["GET", "POST"])
def article_edit(request, uuid):
    draft = _draft(request, uuid)
    form = ArticleForm.filled_with(request, draft)
    if form.is_valid():
        try:
            actions.edit(draft, by=request.user, **form.answers())
        except ChangedMeanwhile:
            form.add_error(None, _("It has been published in the meantime."))
        else:
            form.forget()
            return redirect("knowledge:article-draft", draft.uuid)
    context = {"form": form, "draft": draft}
    return render(request, "knowledge/article_form.html", context)


@require_POST
def article_publish(request, uuid):
    draft = get_object_or_404(Article.objects.kept_by(request.user), uuid=uuid)
    try:
        as_of = parse_datetime(request.POST.get("as_of", ""))
    except ValueError:
        as_of = None
    try:
        actions.publish(draft, as_of=as_of, by=request.user)
    except ChangedMeanwhile:
        messages.warning(
            request, _("The text has been changed since you saw it. Look once more.")
        )
        return redirect("knowledge:article-draft", draft.uuid)
    messages.success(request, _("The article has been published."))
    return redirect("knowledge:article", draft.address)


@require_POST
def article_discard(request, uuid):
    try:
        actions.discard(_draft(request, uuid), by=request.user)
    except ChangedMeanwhile:
        messages.warning(request, _("It has been published in the meantime."))
    else:
        messages.success(request, _("The draft has been thrown away."))
    return redirect("knowledge:articles")


@require_http_methods(["GET", "POST"])
def article_recall(request, address):
    article = changeable(Article.objects, request.user, address)
    form = RecallForm(request.POST or None)
    if form.is_valid():
        home = home_of(request.user, article)
        try:
            recall(article, home=home, by=request.user, **form.cleaned_data)
        except ChangedMeanwhile:
            messages.warning(request, _("It has been corrected in the meantime."))
        else:
            messages.success(request, _("The article has been taken back."))
        return redirect("knowledge:article", address)
    context = {"form": form, "article": article}
    return render(request, "knowledge/article_recall.html", context)


@require_POST
def article_checked(request, address):
    """It has been read through and still holds."""
    article = readable(Article.objects, request.user, address)
    if not policy.can_change(request.user, article):
        raise PermissionDenied
    try:
        actions.check(article, home=home_of(request.user, article), by=request.user)
    except ChangedMeanwhile:
        messages.warning(request, _("It has been corrected in the meantime."))
    else:
        messages.success(request, _("It is written down that it still holds."))
    return redirect("knowledge:article", address)


def _draft(request, uuid):
    if not policy.can_write(request.user):
        raise PermissionDenied
    drafts = Article.objects.kept_by(request.user).drafts().select_related("home")
    return get_object_or_404(drafts, uuid=uuid)
