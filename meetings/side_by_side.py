"""Expectations side by side: one column a party."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from meetings.models import Expectation
from meetings.models.accepted import accepted_relations
from residents import ledger


@dataclass
class Column:
    """One party's wishes."""

    party: str
    heading: str
    rows: list[Expectation] = field(default_factory=list)


def columns(user, resident):
    """The resident's, the relatives' and the home's wishes, with all answers.

    Four queries, however many wishes there are.
    """
    found = list(
        Expectation.objects.visible_to(user)
        .filter(resident=resident)
        .standing()
        .with_answers()
    )
    for wish in found:
        wish.resident = resident
    ledger.read(user, found, purpose=_purpose(user, resident))
    parties = Expectation.Party
    headings = {
        parties.RESIDENT: _("The resident"),
        parties.RELATIVES: _("The relatives"),
        parties.HOME: _("The home"),
    }
    return [
        Column(party, heading, [wish for wish in found if wish.party == party])
        for party, heading in headings.items()
    ]


def own(user):
    """A relative's own wishes, newest first, and what is answered to them."""
    found = list(
        Expectation.objects.visible_to(user)
        .filter(Q(relation__in=accepted_relations(user)))
        .standing()
        .with_answers()
        .select_related("resident", "relation__relative", "recorded_by")
        .order_by("-pk")
    )
    ledger.read(user, found)
    return found


def _purpose(user, resident):
    return "" if resident.user_id == user.pk else ledger.Purpose.MEETING
