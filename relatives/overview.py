"""What a resident's relatives wait for, on the first of the resident's pages."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal import clock
from portal.rooms import Card, Found, Row
from relatives import entries, policy
from relatives.models import Agreement, AgreementReply, Contact
from residents import ledger

A_CARD = 5


def cards(user, resident):
    if policy.can_see_relatives(user, resident):
        yield _to_follow_up(user, resident)
    if policy.can_write_agreements(user, resident):
        yield _agreements(user, resident)


def _to_follow_up(user, resident):
    """Also what is not due yet: here one asks what is promised, not what is late."""
    contacts = (
        Contact.objects.visible_to(user)
        .to_follow_up()
        .filter(resident=resident)
        .select_related(*entries.PEOPLE)[:A_CARD]
    )
    return Found(contacts, lambda rows: [_promised(user, resident, rows)])


def _promised(user, resident, contacts):
    here = reverse("residents:resident", args=[resident.uuid])
    return Card(
        _("To follow up"),
        [
            Row(
                title=entry.person,
                url=entry.url,
                meta=_("Follow up: %(when)s") % {"when": entry.follow_up},
                text=Truncator(entry.contact.note).chars(140),
                badge=entry.badge,
                badge_kind=entry.badge_kind,
            )
            for entry in entries.of(contacts, user=user)
        ],
        empty=_("Nobody has been promised anything that is not done."),
        more=(
            _("See the contact with the relatives"),
            reverse("relatives:resident-contacts", args=[resident.uuid]),
        ),
        action=(
            _("Log contact"),
            f"{reverse('relatives:log-contact')}?resident={resident.uuid}&next={here}",
        ),
        order=10,
    )


def _agreements(user, resident):
    """Those that somebody must act on today. A wish first, for a person waits for it."""
    today = clock.today()
    wishes = AgreementReply.objects.unanswered().filter(agreement=OuterRef("pk"))
    found = (
        Agreement.objects.at_work_of(user)
        .open()
        .filter(resident=resident)
        .annotate(asks=Exists(wishes))
        .filter(Q(asks=True) | Q(due_on__lt=today) | Q(follow_up_on__lte=today))
        .select_related("resident")
        .order_by("-asks", "due_on", "pk")[:A_CARD]
    )
    return Found(found, lambda rows: _waiting(user, resident, rows))


def _waiting(user, resident, found):
    today = clock.today()
    ledger.read(user, found)
    rows = [
        Row(
            title=Truncator(agreement.text).chars(120),
            url=reverse("relatives:agreement", args=[agreement.uuid]),
            badge=badge,
            badge_kind=kind,
        )
        for agreement in found
        for badge, kind in [_why(agreement, today)]
    ]
    if rows:
        yield Card(
            _("Agreements that wait for us"),
            rows,
            more=(
                _("All agreements"),
                reverse("relatives:resident-agreements", args=[resident.uuid]),
            ),
            order=20,
        )


def _why(agreement, today):
    """In words what is wanted, and which kind of badge."""
    if agreement.asks:
        return _("A change is asked for"), "warning"
    if agreement.due_on and agreement.due_on < today:
        day = date_format(agreement.due_on, "DATE_FORMAT")
        return _("Overdue: %(day)s") % {"day": day}, "error"
    return _("Look at it again"), "info"
