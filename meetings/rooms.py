from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from meetings import (
    disagreeing,
    hundred_days,
    invited,
    meeting_rooms,
    policy,
    wishing,
)
from meetings import searched as in_search
from meetings.models import Conversation, HandOut
from portal.rooms import Card, Door, Found, Row, Tab
from residents import ledger
from residents.policy import cares_for, manages

A_CARD = 5


def doors(user):
    if policy.can_list(user):
        yield Door(
            _("Move-in conversations"), reverse("meetings:conversations"), order=45
        )
    if policy.can_print_blank(user):
        yield Door(_("Meetings"), reverse("meetings:meetings"), order=46)
    elif getattr(user, "relative", None) or getattr(user, "resident", None):
        yield Door(_("Meetings"), reverse("meetings:my-meetings"), order=36)
    if getattr(user, "relative", None):
        yield Door(_("My wishes"), reverse("meetings:my-expectations"), order=35)
    elif getattr(user, "resident", None):
        yield Door(_("What we hope for"), reverse("meetings:my-expectations"), order=35)


def searched(user):
    return in_search.kinds(user)


def tabs(user, resident):
    if cares_for(user, resident):
        yield Tab(
            _("Move-in"), reverse("meetings:move-in", args=[resident.uuid]), order=50
        )
        yield Tab(
            _("Meetings"),
            reverse("meetings:of-resident", args=[resident.uuid]),
            order=51,
        )


def overview(user, resident):
    """The conversation to come; to a manager also the record to print."""
    if not cares_for(user, resident):
        return
    yield disagreeing.card_of_one(user, resident)
    yield wishing.card_of_one(user, resident)
    yield hundred_days.card_of_one(user, resident)
    yield meeting_rooms.card_of_one(user, resident)
    found = Conversation.objects.visible_to(user).filter(resident=resident).to_do()
    if not manages(user, resident):
        found = found.filter(status=Conversation.Status.PLANNED)
    yield Found(
        found.select_related("resident").order_by("planned_at"),
        lambda conversations: _of_one(user, conversations),
    )


def _of_one(user, conversations):
    ledger.read(user, conversations, purpose=ledger.Purpose.MEETING)
    rows = [_to_hold_or_print(conversation) for conversation in conversations]
    if rows:
        yield Card(_("Moving in"), rows, order=40)


def was_handed(user):
    """The extracts that a relative was handed in the portal and may read now."""
    found = HandOut.objects.handed_to(user).select_related("resident")
    ledger.read(user, [one.resident for one in found])
    for one in found:
        title = _("Extract of the conversation on %(day)s, version %(number)s") % {
            "day": one.content.get("held_on"),
            "number": one.content.get("number"),
        }
        yield one.resident_id, Row(title, reverse("meetings:extract", args=[one.uuid]))


def _of_the_resident(user):
    """Who was handed something about the resident who reads this."""
    found = HandOut.objects.visible_to(user).exclude(kind=HandOut.Kind.OTHER)
    found = found.filter(resident__user=user)
    newest = found.select_related("resident", "relation__relative")[:A_CARD]
    yield Found(newest, lambda rows: _card_of_papers(user, rows))


def _card_of_papers(user, found):
    ledger.read(user, [one.resident for one in found])
    rows = [
        Row(
            title=one.recipient,
            url=reverse("meetings:extract", args=[one.uuid]),
            meta=formats.date_format(timezone.localtime(one.handed_at)),
        )
        for one in found
    ]
    if rows:
        yield Card(_("Who got papers from our talk"), rows, order=60)


def cards(user):
    """A manager's: whom to offer a conversation, what is planned, what to print."""
    if getattr(user, "resident", None):
        yield from _of_the_resident(user)
    if getattr(user, "relative", None):
        yield invited.card_of_relative(user)
        yield invited.card_of_handed(user)
    elif getattr(user, "resident", None):
        yield invited.card_of_resident(user)
    if getattr(user, "relative", None) or getattr(user, "resident", None):
        yield from meeting_rooms.cards_of_guest(user)
    if policy.can_print_blank(user):
        yield meeting_rooms.card_of_work(user)
    if user.employments_in_force:
        yield disagreeing.card_of_work(user)
        yield wishing.card_of_work(user)
        yield hundred_days.card_of_work(user)
    if not policy.can_list(user):
        return
    to_do = (
        Conversation.objects.managed_by(user)
        .to_do()
        .select_related("resident")
        .order_by("planned_at")[:A_CARD]
    )
    yield Found(to_do, lambda found: _of_manager(user, found))


def _of_manager(user, to_do):
    waiting = Conversation.waiting_for(user)[:A_CARD]
    ledger.read(user, [*waiting, *to_do], purpose=ledger.Purpose.MEETING)
    rows = [
        *(_to_offer(resident) for resident in waiting),
        *(_to_hold_or_print(conversation) for conversation in to_do),
    ]
    if rows:
        yield Card(
            _("Moving in"),
            rows,
            more=(_("All move-in conversations"), reverse("meetings:conversations")),
            order=35,
        )


def _to_offer(resident):
    return Row(
        title=_("Offer %(name)s a conversation") % {"name": resident},
        url=reverse("meetings:move-in", args=[resident.uuid]),
        meta=_("Moves in %(day)s")
        % {"day": formats.date_format(resident.moved_in_on, "DATE_FORMAT")}
        if not resident.has_moved_in
        else _("Declined last time. It is time to ask again."),
        badge=_("Not planned"),
        badge_kind="warning",
    )


def _to_hold_or_print(conversation):
    at = formats.date_format(timezone.localtime(conversation.at), "DATETIME_FORMAT")
    planned = conversation.status == Conversation.Status.PLANNED
    return Row(
        title=_("Conversation with %(name)s") % {"name": conversation.resident},
        url=reverse("meetings:move-in", args=[conversation.resident.uuid]),
        meta=at,
        badge=_("Planned") if planned else _("Not printed"),
        badge_kind="info" if planned else "warning",
    )
