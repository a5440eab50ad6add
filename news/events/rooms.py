from django.urls import reverse
from django.utils.translation import gettext as _

from news.events import policy, rows
from news.models import HouseEvent
from portal.rooms import Card, Door, Found, Row
from portal.searching import Kind

A_CARD = 3


def doors(user):
    if policy.belongs_somewhere(user):
        yield Door(_("Events"), reverse("news:events"), order=61)


def cards(user):
    if policy.belongs_somewhere(user):
        coming = HouseEvent.objects.told_to(user).to_come()
        yield Found(coming.select_related("department")[:A_CARD], _coming)
    if policy.can_write(user):
        drafts = HouseEvent.objects.visible_to(user).drafts()
        yield Found(
            drafts.select_related("author").order_by("starts_at", "pk")[:A_CARD],
            lambda found: _waiting(user, found),
        )


def _coming(events):
    if events:
        yield Card(
            _("Soon in the house"),
            list(rows.of_events(events, words=12)),
            more=(_("All that happens in the house"), reverse("news:events")),
            order=68,
        )


def _waiting(user, events):
    lines = [
        Row(
            title=event.title,
            url=reverse("news:event-draft", args=[event.uuid]),
            meta=_("Draft by %(name)s") % {"name": event.author},
        )
        for event in events
    ]
    if lines:
        # To a manager it is a task; to its author it only waits.
        manages = any(job.is_manager for job in user.employments_in_force)
        yield Card(_("Events not yet published"), lines, order=46 if manages else 76)


def searched(user):
    yield Kind(
        "events",
        _("Events"),
        HouseEvent.objects.told_to(user)
        .select_related("department")
        .order_by("-starts_at", "-pk"),
        ("title", "text", "place"),
        _found,
        about=None,
        order=21,
    )


def _found(event):
    meta = [rows.when(event), event.place]
    return Row(
        event.title,
        reverse("news:event", args=[event.address]),
        " · ".join(part for part in meta if part),
        event.text,
        badge=_("Called off") if event.is_called_off else "",
        badge_kind="warning",
    )
