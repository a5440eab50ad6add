"""May I say it? The search, what may be said to one caller, and the log of the call."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from consent.phone import answers, callers, searches
from consent.phone.forms import CallForm
from consent.phone.warnings import checks_of
from relatives import policy
from relatives.actions.tellings import NotToBeTold, log_telling
from relatives.views import saving
from residents import ledger

SAVED_BEFORE = gettext_lazy(
    "This call was saved already, with something else in it. Save once more if this is "
    "to be an entry of its own."
)


@require_http_methods(["GET", "HEAD", "POST"])
def may_i_say_it(request):
    """Who may it be? What was typed travels in no address: see searches."""
    if not policy.can_log_contacts(request.user):
        raise PermissionDenied
    if request.method == "POST":
        return _search(request)
    text = searches.text_of(request)
    hits = callers.found(request.user, text) if text else []
    if text:
        ledger.searched(request.user, text, hits[: callers.MOST_FOUND])
    return render(
        request,
        "consent/phone/search.html",
        {
            "text": text,
            "asked": callers.Asked.of(text),
            "found": request.GET.get(searches.KEY, ""),
            "answers": answers.about(hits[: callers.MOST_FOUND]),
            "has_more": len(hits) > callers.MOST_FOUND,
        },
    )


def _search(request):
    """To whoever it is if it is one alone, to the list of them if they are several."""
    text = request.POST.get("q", "").strip()
    address = searches.keep(request, text)
    hits = callers.found(request.user, text)
    if len(hits) == 1:
        only = reverse("consent:may-i-tell", args=[hits[0].uuid])
        return redirect(f"{only}{address}")
    return redirect(f"{request.path}{address}")


@require_http_methods(["GET", "HEAD", "POST"])
def may_i_tell(request, uuid):
    """What one relative may be told about one resident, and the log of the call."""
    relation = get_object_or_404(
        callers.relations_of(request.user)
        .select_related("relative__user", "resident__department", "resident__home")
        .prefetch_related("representations__relation__resident"),
        uuid=uuid,
    )
    typed = searches.text_of(request)
    ledger.read(
        request.user,
        [relation],
        purpose=ledger.Purpose.CONTACT,
        way=ledger.Way.SEARCH if typed else ledger.Way.PORTAL,
        searched=typed,
    )
    [answer] = answers.about([relation])
    is_oneself = relation.relative.user_id == request.user.pk
    form = None if is_oneself else CallForm.of(request, answer=answer)
    if form is None and request.method == "POST":
        raise PermissionDenied
    if form and form.is_valid() and (saved := _log(request, relation, form)):
        return saved
    return render(
        request,
        "consent/phone/answer.html",
        {
            "relation": relation,
            "resident": relation.resident,
            "relative": relation.relative,
            "answer": answer,
            "form": form,
            "checks": checks_of(relation, typed),
            "found": request.GET.get(searches.KEY, ""),
        },
    )


def _log(request, relation, form):
    """The way on if the call is saved; nothing if the form has something to say."""
    try:
        contact, is_new = log_telling(
            relation=relation,
            resident=relation.resident,
            relative=relation.relative,
            uuid=form.number,
            by=request.user,
            leaving_out_closed=form.is_without_consent,
            **form.answers(),
        )
    except NotToBeTold as refused:
        form.refuse(refused.topics, name=relation.relative)
        return None
    if not is_new and not form.is_what_was_saved(
        contact, resident=relation.resident, relation=relation
    ):
        form.renew_slip()
        form.add_error(None, SAVED_BEFORE)
        return None
    form.forget()
    return saving.way_on(
        request,
        contact,
        said=_("The call is saved."),
        without_consent=form.without_consent(contact),
        back=reverse("relatives:resident-contacts", args=[relation.resident.uuid]),
    )
