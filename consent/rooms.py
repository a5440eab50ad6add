from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consent import policy
from consent.models import Consent
from portal.rooms import Card, Door, Row, Tab
from relatives import policy as relatives

# Soon enough to ask in peace.
SOON_DAYS = 30


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


def overview(user, resident):
    """Which relatives are soon told nothing more, unless the resident is asked again."""
    if not policy.can_record_answers(user, resident):
        return
    found = (
        Consent.objects.visible_to(user)
        .running_out(SOON_DAYS)
        .filter(
            relation__resident=resident,
            relation__ended_at=None,
            action=Consent.Action.SEE,
        )
        .select_related("relation__relative")
        .order_by("ends_at", "pk")
    )
    by_relation = {}
    for consent in found:
        by_relation.setdefault(consent.relation, []).append(consent)
    if by_relation:
        yield Card(
            _("Consents that run out"),
            [_row(relation, consents) for relation, consents in by_relation.items()],
            more=(
                _("All consents"),
                reverse("consent:consents", args=[resident.uuid]),
            ),
            order=30,
        )


def _row(relation, consents):
    """One line a relative, for the resident is asked about one relative at a time."""
    first = consents[0]
    return Row(
        title=str(relation),
        url=reverse("consent:consent-ask", args=[relation.uuid]),
        meta=_("Until and including %(day)s")
        % {"day": date_format(first.last_day, "DATE_FORMAT")},
        text=", ".join(consent.get_topic_display() for consent in consents),
        badge=_("Has run out") if first.has_lapsed else _("Ask again"),
        badge_kind="warning" if first.has_lapsed else "info",
    )
