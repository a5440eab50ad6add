"""Newsletters: chosen by a manager, read by those who may, and sent once."""

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

from news import audience, letters, newsletters, policy
from news.locking import ChangedMeanwhile
from news.models import NewsItem, Newsletter
from news.newsletter_forms import NewsletterForm
from portal.models import Department

A_PAGE = 20


@require_safe
def newsletter_list(request):
    mine = Newsletter.objects.visible_to(request.user)
    can_write = policy.can_write_newsletters(request.user)
    return render(
        request,
        "news/newsletter_list.html",
        {
            "page": Paginator(mine.exclude(sent_at=None), A_PAGE).get_page(
                request.GET.get("page")
            ),
            "drafts": mine.filter(sent_at=None) if can_write else [],
            "can_write": can_write,
        },
    )


@require_http_methods(["GET", "POST"])
def newsletter_write(request):
    if not policy.can_write_newsletters(request.user):
        raise PermissionDenied
    form = NewsletterForm.of(request)
    if form.is_valid():
        letter = newsletters.write(uuid=form.number, by=request.user, **form.answers())
        form.forget()
        return redirect("news:newsletter", letter.uuid)
    return render(request, "news/newsletter_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def newsletter_edit(request, uuid):
    letter = _edited(request, uuid)
    form = NewsletterForm.filled_with(request, letter)
    if form.is_valid():
        try:
            newsletters.edit(letter, by=request.user, **form.answers())
        except ChangedMeanwhile:
            form.add_error(None, _("It has been sent in the meantime."))
        else:
            form.forget()
            return redirect("news:newsletter", letter.uuid)
    return render(
        request, "news/newsletter_form.html", {"form": form, "letter": letter}
    )


@require_safe
def newsletter(request, uuid):
    """The letter as this reader may read it; to its editors also how far it is."""
    letter = get_object_or_404(
        Newsletter.objects.visible_to(request.user).select_related("home"), uuid=uuid
    )
    can_edit = policy.can_edit_newsletter(request.user, letter)
    return render(
        request,
        "news/newsletter.html",
        {
            "letter": letter,
            "items": _items(request.user, letter, can_edit),
            "is_resident": audience.is_resident(request.user),
            "can_edit": can_edit,
            **(_for_editors(request.user, letter) if can_edit else {}),
        },
    )


def _items(user, letter, can_edit):
    if can_edit:
        shown = NewsItem.objects.visible_to(user).current()
        chosen = letter.chosen.values("address")
        items = letter.in_order(shown.filter(address__in=chosen).with_places())
    else:
        items = letters.items_for(letter, user)
    return items


def _for_editors(user, letter):
    departments = Department.objects.filter(home=letter.home)
    facts = {"departments": [one for one in departments if user.manages(one)]}
    if letter.sent_at:
        return {**facts, "progress": newsletters.progress(letter)}
    return {**facts, "recipients": newsletters.recipients(letter).count()}


@require_POST
def newsletter_send(request, uuid):
    letter = _edited(request, uuid)
    try:
        as_of = parse_datetime(request.POST.get("as_of", ""))
    except ValueError:
        as_of = None
    try:
        newsletters.send(letter, as_of=as_of, by=request.user)
    except ChangedMeanwhile:
        messages.warning(
            request, _("It has been changed since you saw it. Look once more.")
        )
    except newsletters.NothingInIt:
        messages.warning(request, _("There is nothing in it any more."))
    else:
        messages.success(request, _("The newsletter is on its way."))
    return redirect("news:newsletter", letter.uuid)


@require_POST
def newsletter_stop(request, uuid):
    letter = _edited(request, uuid)
    newsletters.stop(letter, by=request.user)
    return redirect("news:newsletter", letter.uuid)


@require_POST
def newsletter_go_on(request, uuid):
    letter = _edited(request, uuid)
    newsletters.go_on(letter, by=request.user)
    return redirect("news:newsletter", letter.uuid)


@require_POST
def newsletter_move(request, uuid, address):
    letter = _edited(request, uuid)
    try:
        newsletters.move_up(letter, address, by=request.user)
    except ChangedMeanwhile:
        messages.warning(request, _("It has been sent in the meantime."))
    return redirect("news:newsletter", letter.uuid)


@require_POST
def newsletter_discard(request, uuid):
    letter = _edited(request, uuid)
    try:
        newsletters.discard(letter, by=request.user)
    except ChangedMeanwhile:
        messages.warning(request, _("It has been sent in the meantime."))
    else:
        messages.success(request, _("The draft has been thrown away."))
    return redirect("news:newsletters")


def _edited(request, uuid):
    letter = get_object_or_404(
        Newsletter.objects.visible_to(request.user).select_related("home"), uuid=uuid
    )
    if not policy.can_edit_newsletter(request.user, letter):
        raise PermissionDenied
    return letter
