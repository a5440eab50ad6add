"""The contact log on the start page: promises to keep, and what I wrote last."""

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal import clock, drafts
from portal.limited import Lists
from portal.rooms import Card, Found, Row
from relatives import entries, policy
from relatives.models import Contact

A_FEW = 5
# More than this is not a to-do list any more; the rest stands on the page of them all.
MOST = 200


def cards(user):
    if not policy.can_log_contacts(user):
        return
    begun = drafts.begun(user, "/contacts/")[:A_FEW]
    yield Found(begun, _begun)
    due, latest = _due_and_latest(user)
    mine = [one for one in due if one.follow_up_by_id in (user.pk, None)]
    others = [one for one in due if one.is_overdue and one not in mine]
    here = reverse("home")
    to_all = reverse("relatives:to-follow-up")
    yield Card(
        _("To follow up"),
        [_row(entry, _due(entry)) for entry in entries.of(mine[:A_FEW], user=user)],
        empty=_("Nobody is waiting to hear from you today."),
        more=(_("See all that is to be followed up"), to_all),
        action=(_("Log contact"), f"{reverse('relatives:log-contact')}?next={here}"),
        order=10,
    )
    if others and any(job.is_manager for job in user.employments_in_force):
        yield Card(
            _("Overdue with your staff (%(number)s)") % {"number": len(others)},
            [
                _row(entry, _due(entry))
                for entry in entries.of(others[:A_FEW], user=user)
            ],
            more=(_("See all that is to be followed up"), f"{to_all}?whose=all"),
            order=15,
        )
    rows = [_row(entry, entry.when) for entry in entries.of(latest, user=user)]
    if rows:
        yield Card(_("You wrote last"), rows, order=80)


def _due_and_latest(user):
    """What is to be followed up by today, and what I wrote last, in one question."""
    today, contacts = clock.today(), Contact.objects.visible_to(user)
    mine = contacts.current().filter(recorded_by=user).order_by("-recorded_at", "-pk")
    lists = Lists()
    lists.add(contacts.to_follow_up().filter(follow_up_on__lte=today)[:MOST])
    lists.add(mine[:A_FEW])
    found = list(
        Contact.objects.filter(pk__in=lists.numbers() if lists else [])
        .select_related(*entries.PEOPLE)
        .order_by("-recorded_at", "-pk")
    )
    due = [one for one in found if one.waits and one.follow_up_on <= today]
    written = [one for one in found if one.recorded_by_id == user.pk]
    return sorted(due, key=lambda one: (one.follow_up_on, one.pk)), written[:A_FEW]


def _begun(drafts):
    """What I have begun to write and not saved: nothing is lost, also if I forget it."""
    rows = [
        Row(
            title=Truncator(text).chars(80),
            url=draft.form,
            meta=_("Draft of %(when)s") % {"when": entries.moment(draft.saved_at)},
        )
        for draft in drafts
        if (text := "".join(draft.fields.get("note", [])).strip())
    ]
    if rows:
        yield Card(_("Begun and not saved"), rows, order=5)


def _row(entry, meta):
    return Row(
        title=f"{entry.contact.resident}: {entry.person}",
        url=entry.url,
        meta=meta,
        text=Truncator(entry.contact.note).chars(140),
        badge=entry.badge,
        badge_kind=entry.badge_kind,
    )


def _due(entry):
    return _("Follow up: %(when)s") % {"when": entry.follow_up}
