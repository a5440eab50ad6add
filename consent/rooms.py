"""Consent on the start page, in the menu and on a resident's pages."""

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consent import policy, readers, renewals, wishes
from consent.models import Consent
from portal.rooms import Card, Door, Found, Row, Tab
from relatives import policy as relatives
from residents import ledger
from residents.models import Grant

# Soon enough to ask in peace.
SOON_DAYS = 30
A_CARD = 5


def said_yes(user):
    """From the standing answers themselves, by the grants that rest on them."""
    grants = Grant.objects.of(user).filter(ground=Grant.Ground.CONSENT)
    rows = dict(grants.values_list("ground_id", "content_object_id"))
    for number, topic, given_at in Consent.objects.filter(pk__in=rows).values_list(
        "pk", "topic", "given_at"
    ):
        yield (rows[number], topic), localtime(given_at).date()


def doors(user):
    if relatives.can_log_contacts(user):
        yield Door(_("May I say it?"), reverse("consent:may-i-say-it"), order=12)
    if getattr(user, "resident", None):
        yield Door(_("Who may see what"), reverse("consent:mine"), order=10)


def tabs(user, resident):
    if policy.can_record_answers(user, resident):
        yield Tab(
            _("Consent"), reverse("consent:consents", args=[resident.uuid]), order=30
        )


def who_sees(user, row):
    if policy.can_see_readers(user, row.resident):
        return readers.of(row, to_resident=row.resident.user_id == user.pk)
    return None


def overview(user, resident):
    """Which relatives are soon told nothing more, unless the resident is asked again."""
    if not policy.can_record_answers(user, resident):
        return
    yield wishes.card_of_one(user, resident)
    due = renewals.due(user, SOON_DAYS).filter(relation__resident=resident)
    yield Found(
        renewals.with_people(due), lambda consents: _of_one(user, resident, consents)
    )


def _of_one(user, resident, consents):
    talks = renewals.talks(consents)
    rows = [_row(talk, user, str(talk.relation)) for talk in talks]
    if rows:
        yield Card(
            _("Talks about consent"),
            rows,
            more=(
                _("All consents"),
                reverse("consent:consents", args=[resident.uuid]),
            ),
            order=30,
        )


def cards(user):
    if relatives.can_log_contacts(user):
        yield wishes.card_of_work(user)
        yield _talks_to_have(user)
    elif getattr(user, "resident", None):
        yield wishes.card_of_resident()
    relative = getattr(user, "relative", None)
    if relative and relative.confidentiality_accepted_at:
        soon = renewals.soon_ends_for(user)[:A_CARD]
        yield Found(soon, lambda residents: _of_a_relative(user, residents))


def _talks_to_have(user):
    """A few: one's own residents', and to a manager what ends first in the departments."""
    due = renewals.due(user, SOON_DAYS)
    if not any(job.is_manager for job in user.employments_in_force):
        due = due.filter(relation__resident__contact_person=user)
    return Found(
        renewals.with_people(due)[:200],
        lambda consents: _of_work(user, renewals.talks(consents)),
    )


def _of_work(user, talks):
    shown = [talk.relation for talk in talks[:A_CARD]]
    ledger.read(user, shown, purpose=ledger.Purpose.CONSENT)
    if talks:
        yield Card(
            _("Talks about consent"),
            [
                _row(talk, user, f"{talk.relation.resident}: {talk.relation}")
                for talk in talks[:A_CARD]
            ],
            more=(_("All talks to have"), reverse("consent:renewals")),
            order=40,
        )


def _row(talk, user, title):
    """One line a relative, for the resident is asked about one relative at a time."""
    consents = reverse("consent:consents", args=[talk.relation.resident.uuid])
    ask = reverse("consent:consent-ask", args=[talk.relation.uuid])
    return Row(
        title=title,
        url=ask if policy.can_ask_about(user, talk.relation) else consents,
        meta=_("Until and including %(day)s") % {"day": talk.when} if talk.when else "",
        text=talk.topics,
        badge=talk.badge,
        badge_kind=talk.badge_kind,
    )


def _of_a_relative(user, soon):
    """What soon ends, while it holds; and the same words to everybody for all the rest."""
    to_all = (_("What I may see"), reverse("relatives:my-residents"))
    ledger.read(user, soon)
    for name in [resident.short_name for resident in soon]:
        yield Card(
            _("Soon we talk with %(name)s") % {"name": name},
            empty=_(
                "Some of what %(name)s shares with you holds for a short time yet. We ask "
                "%(name)s again when it suits. It is for %(name)s to decide."
            )
            % {"name": name},
            more=to_all,
            order=55,
        )
    yield Card(
        _("Is there something you cannot see?"),
        empty=_(
            "The residents decide what they share, one thing at a time and for a time. So it"
            " can change what you see. It says nothing about you. You may always call us."
        ),
        more=to_all,
        order=95,
    )
