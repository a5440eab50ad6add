"""Looking at an agreement again."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from relatives import actions
from relatives.forms.reviews import ReviewForm
from relatives.models import Review
from relatives.views.agreement_changes import agreement_for_work, overtaken
from residents import ledger


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_follow_up(request, uuid):
    """Was it kept, and what comes of it? What is changed is changed on the next page."""
    agreement = agreement_for_work(request, uuid)
    if request.method != "POST" and not agreement.is_current:
        return overtaken(request, agreement)
    form = ReviewForm.of(request)
    if form.is_valid():
        try:
            review = actions.review_agreement(
                agreement, uuid=form.number, by=request.user, **form.answers()
            )
        except actions.Overtaken as quicker:
            return _draw(request, quicker.newest, form, overtaken=True)
        form.forget()
        messages.success(request, _("It is noted how the agreement went."))
        changed = review.outcome == Review.Outcome.CHANGED
        page = "relatives:agreement-change" if changed else "relatives:agreement"
        return redirect(page, agreement.uuid)
    return _draw(request, agreement, form)


def _draw(request, agreement, form, *, overtaken=False):
    """The form; if somebody was quicker, beside what holds now."""
    ledger.read(request.user, [agreement])
    return render(
        request,
        "relatives/agreement_follow_up.html",
        {"agreement": agreement, "form": form, "overtaken": overtaken},
        status=409 if overtaken else 200,
    )
