"""Relatives and agreements on the start page, in the menu and on a resident's pages."""

from django.urls import reverse
from django.utils import formats
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal.rooms import Card, Door, Found, Row, Tab
from relatives import overview as of_one
from relatives import papers, policy, today
from relatives import searched as in_search
from relatives.models import Agreement, AgreementReply
from relatives.readings import is_new_to
from residents import ledger

A_CARD = 5

READ_WITH_USER = ["relative__home"]


def role(user):
    return _("relative") if getattr(user, "relative", None) else ""


def home(user):
    relative = getattr(user, "relative", None)
    return relative.home if relative else None


def first(user):
    """A relative reads what confidentiality asks before anything else."""
    return reverse("relatives:confidentiality") if _has_not_promised(user) else None


def _has_not_promised(user):
    relative = getattr(user, "relative", None)
    return bool(relative) and relative.confidentiality_accepted_at is None


def doors(user):
    if policy.can_log_contacts(user):
        yield Door(_("Log contact"), reverse("relatives:log-contact"), order=10)
        yield Door(_("To follow up"), reverse("relatives:to-follow-up"), order=15)
        yield Door(_("Agreements"), reverse("relatives:agreements"), order=40)
    relative = getattr(user, "relative", None)
    if relative or getattr(user, "resident", None):
        yield Door(_("My agreements"), reverse("relatives:my-agreements"), order=30)
    if relative:
        yield Door(_("What I may see"), reverse("relatives:my-residents"), order=60)


def batches():
    """What can be drawn for a whole department at once."""
    return {"agreement-sheets": papers.sheets_of}


def searched(user):
    return in_search.kinds(user)


def tabs(user, resident):
    if policy.can_write_agreements(user, resident):
        yield Tab(
            _("Agreements"),
            reverse("relatives:resident-agreements", args=[resident.uuid]),
            order=30,
        )
    if policy.can_see_relatives(user, resident):
        yield Tab(
            _("Relatives"),
            reverse("relatives:resident-relatives", args=[resident.uuid]),
            order=20,
        )
        yield Tab(
            _("Who to call"),
            reverse("relatives:who-to-call", args=[resident.uuid]),
            order=22,
        )
        yield Tab(
            _("Contact"),
            reverse("relatives:resident-contacts", args=[resident.uuid]),
            order=25,
        )


def overview(user, resident):
    return of_one.cards(user, resident)


def cards(user):
    yield from today.cards(user)
    if user.employments_in_force:
        if _has_not_promised(user):
            # Work cannot wait for it, so at work it is a card and not the first page.
            yield Card(
                _("You are a relative too"),
                [Row(_("Read about confidentiality"), first(user))],
                order=60,
            )
        yield _asked_for(user)
        yield _overdue(user)
    if getattr(user, "relative", None):
        yield _waiting(user)
    elif getattr(user, "resident", None):
        yield _new_to_the_resident(user)


def _waiting(user):
    """What a relative has the next word in: new agreements, and our answers."""
    found = (
        Agreement.objects.shared_with(user)
        .waiting_for(user.relative)
        .select_related("resident")[: A_CARD + 1]
    )
    return Found(found, lambda rows: _card_of_waiting(user, rows))


def _card_of_waiting(user, found):
    ledger.read(user, found)
    rows = [
        Row(
            title=_("Our answer to your wish: %(text)s") % {"text": _short(agreement)}
            if agreement.last_answered
            else _short(agreement),
            url=reverse("relatives:agreement", args=[agreement.uuid]),
            meta=_("Agreement about %(topic)s – %(name)s")
            % {
                "topic": agreement.get_topic_display(),
                "name": agreement.resident.short_name,
            },
            badge=_("New") if is_new_to(user, agreement.recorded_at) else "",
        )
        for agreement in found
    ]
    if rows:
        yield Card(
            _("It waits for you"),
            rows[:A_CARD],
            more=(_("All agreements"), reverse("relatives:my-agreements")),
            order=10,
        )


def _new_to_the_resident(user):
    found = Agreement.objects.shared_with(user).open()
    if user.previous_login:
        found = found.filter(recorded_at__gt=user.previous_login)
    newest = found.select_related("resident")[:A_CARD]
    return Found(newest, lambda rows: _card_of_new(user, rows))


def _card_of_new(user, newest):
    ledger.read(user, newest)
    rows = [
        Row(
            title=_short(agreement),
            url=reverse("relatives:agreement", args=[agreement.uuid]),
            badge=_("New"),
        )
        for agreement in newest
    ]
    if rows:
        yield Card(
            _("New agreements about you"),
            rows,
            more=(_("All agreements"), reverse("relatives:my-agreements")),
            order=20,
        )


def _asked_for(user):
    """What relatives wait for."""
    found = (
        AgreementReply.objects.at_work_of(user)
        .unanswered()
        .select_related("agreement__resident", "relative")
        .order_by("-kind", "recorded_at")[: 2 * A_CARD]
    )
    return Found(found, lambda rows: _cards_of_what_is_asked(user, rows))


def _cards_of_what_is_asked(user, found):
    """Who says that it is too much does not wait in a list."""
    ledger.read(user, [reply.agreement for reply in found])
    too_much = [reply for reply in found if reply.kind == reply.Kind.TOO_MUCH]
    wishes = [reply for reply in found if reply not in too_much]
    for heading, some, order in (
        (_("It is too much for a relative: talk with them"), too_much, 8),
        (_("Relatives ask for a change"), wishes[:A_CARD], 20),
    ):
        if some:
            yield Card(
                heading,
                [_asking(user, reply) for reply in some],
                more=(
                    _("All of them"),
                    reverse("relatives:agreements") + "?show=change",
                ),
                order=order,
            )


def _asking(user, reply):
    return Row(
        title=Truncator(reply.text or reply.agreement.text).chars(80),
        url=reverse("relatives:agreement", args=[reply.agreement.uuid]),
        meta=f"{reply.agreement.resident} · {reply.relative}",
        badge=_("New") if is_new_to(user, reply.recorded_at) else "",
    )


def _overdue(user):
    """To a manager those of the departments, to others those of their own residents."""
    found = Agreement.objects.at_work_of(user).late()
    if not any(job.is_manager for job in user.employments_in_force):
        found = found.filter(resident__contact_person=user)
    found = found.select_related("resident", "replaced_by").most_urgent_first()
    return Found(found[:A_CARD], lambda rows: _card_of_overdue(user, rows))


def _card_of_overdue(user, found):
    ledger.read(user, found)
    rows = [
        Row(
            title=_short(agreement),
            url=reverse("relatives:agreement", args=[agreement.uuid]),
            meta=str(agreement.resident),
            badge=(
                _("Overdue: %(day)s")
                if agreement.is_overdue
                else _("To be looked at: %(day)s")
            )
            % {"day": formats.date_format(agreement.next_day, "DATE_FORMAT")},
            badge_kind="error",
        )
        for agreement in found
    ]
    if rows:
        yield Card(
            _("Overdue agreements"),
            rows,
            more=(_("All of them"), reverse("relatives:agreements") + "?show=overdue"),
            order=25,
        )


def _short(agreement):
    return Truncator(agreement.text).chars(80)
