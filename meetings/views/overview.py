from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings import next_step, policy, sheet, side_by_side
from meetings.models import Conversation
from meetings.views.finding import resident_for
from portal import rooms
from residents import ledger

A_PAGE = 50


@require_safe
def conversations(request):
    """The conversations of the departments one manages, and who still waits for one."""
    if not policy.can_list(request.user):
        raise PermissionDenied
    found = (
        Conversation.objects.managed_by(request.user)
        .with_latest_print()
        .select_related("resident__department", "chair")
        .order_by("-planned_at", "-pk")
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    waiting = list(Conversation.waiting_for(request.user))
    ledger.read(
        request.user, [*page.object_list, *waiting], purpose=ledger.Purpose.MEETING
    )
    return render(
        request,
        "meetings/conversations.html",
        {
            "page": page,
            "waiting": waiting,
            "can_choose_days": policy.home_run_by(request.user) is not None,
        },
    )


@require_safe
def move_in(request, uuid):
    """The conversation with one resident, whatever has become of it so far."""
    resident = resident_for(request, uuid)
    history = list(
        Conversation.objects.visible_to(request.user)
        .filter(resident=resident)
        .with_prepared()
        .select_related("template", "chair", "minute_taker", "recorded_by")
    )
    standing = next((c for c in history if c.status in Conversation.STANDING), None)
    context = {
        "resident": resident,
        "tabs": rooms.tabs(request.user, resident),
        "can_plan": policy.can_plan(request.user, resident),
        "conversation": standing,
        "declined": [c for c in history if c.status == Conversation.Status.DECLINED],
    }
    for made in history:
        # One resident in memory, not another copy for each.
        made.resident = resident
    ledger.read(request.user, history, purpose=ledger.Purpose.MEETING)
    if standing:
        context |= _standing(request.user, standing)
    return render(request, "meetings/move_in.html", context)


def _standing(user, conversation):
    pages = sheet.of(conversation)
    participants = list(conversation.participants.with_names())
    for person in participants:
        person.conversation = conversation
    answered, total = sheet.count(pages)
    printouts = list(
        conversation.printouts.listed()
        .select_related("printed_by")
        .annotate(handed=Count("hand_outs"))[:5]
    )
    return {
        "step": next_step.of(
            user,
            conversation,
            pages=pages,
            participants=participants,
            printouts=printouts,
        ),
        "pages": pages,
        "answered": answered,
        "total": total,
        "participants": participants,
        "columns": side_by_side.columns(user, conversation.resident),
        "agreements": [
            made.agreement
            for made in conversation.agreements_made.select_related("agreement")
        ],
        "printouts": printouts,
        "can_write": policy.can_write(user, conversation),
        "can_finish": policy.can_finish(user, conversation),
        "can_print": policy.can_print(user, conversation),
        "can_invite": policy.can_invite(user, conversation),
    }
