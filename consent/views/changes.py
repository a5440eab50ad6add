"""What a yes or a no would change, before the resident is asked."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consent import policy, texts
from consent.changes import Preview
from consent.models import Consent
from relatives.models import Relation
from residents import ledger
from residents.topics import Topic


@require_safe
def what_would_change(request, uuid):
    """Topic by topic for one relative; the newest things of the topic that was chosen."""
    relation = get_object_or_404(
        Relation.objects.seen_as_by(request.user).select_related(
            "relative__user", "resident__department"
        ),
        uuid=uuid,
    )
    if not policy.can_see_changes(request.user, relation):
        raise PermissionDenied
    ledger.read(request.user, [relation], purpose=ledger.Purpose.CONSENT)
    preview = Preview(relation, user=request.user)
    outlooks = preview.outlook()
    chosen = _chosen(request, outlooks)
    mine = relation.resident.user_id == request.user.pk
    return render(
        request,
        "consent/my_outlook.html" if mine else "consent/what_would_change.html",
        {
            "relation": relation,
            "resident": relation.resident,
            "face": texts.face(relation),
            "can_ask": policy.can_ask_about(request.user, relation),
            "outlooks": outlooks,
            "unwritten": [one.topic.label for one in outlooks if not one.is_anything],
            "chosen": chosen,
            "changes": chosen and preview.if_answered(_the_change(chosen)),
        },
    )


def _chosen(request, outlooks):
    wanted = request.GET.get("topic", "")
    return next((one for one in outlooks if one.topic == wanted), None)


def _the_change(outlook):
    """The answer that changes something: a yes to what is not seen, else a no."""
    answer = Consent.Answer.YES if outlook.if_yes else Consent.Answer.NO
    return {Topic(outlook.topic).value: answer}
