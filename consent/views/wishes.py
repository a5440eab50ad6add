"""Staff read that a resident wants to talk, and say when somebody has."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consent import actions, policy, texts
from consent.models import TalkWish
from residents import ledger


@require_http_methods(["GET", "HEAD", "POST"])
def talk_wish(request, uuid):
    """One wish: about whom and what, and the button that says it is done."""
    wish = get_object_or_404(
        TalkWish.objects.visible_to(request.user).select_related(
            "resident__department", "relation__relative", "talked_by"
        ),
        uuid=uuid,
    )
    if not policy.can_record_answers(request.user, wish.resident):
        raise PermissionDenied
    ledger.read(request.user, [wish], purpose=ledger.Purpose.CONSENT)
    if request.method == "POST":
        actions.talked(wish, by=request.user)
        messages.success(request, _("It is noted that you have talked about it."))
        return redirect("residents:resident", uuid=wish.resident.uuid)
    return render(
        request,
        "consent/talk_wish.html",
        {
            "wish": wish,
            "resident": wish.resident,
            "question": wish.topic
            and texts.question(wish.topic, wish.relation.relative.given_name),
        },
    )
