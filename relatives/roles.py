"""Who does what: each agreement as a row, and a column for each party."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from relatives.models import Agreement, Doer

PARTY = {
    Doer.RESIDENT: "resident",
    Doer.RELATIVE: "relatives",
    Doer.CONTACT_PERSON: "staff",
    Doer.STAFF: "staff",
    Doer.MANAGER: "staff",
    Doer.OTHER: "others",
}


@dataclass(frozen=True)
class Share:
    """What one of them does: by a name that the reader may know."""

    name: str
    task: str
    sees_to_it: bool = False


@dataclass(frozen=True)
class Row:
    agreement: Agreement
    resident: list[Share] = field(default_factory=list)
    relatives: list[Share] = field(default_factory=list)
    staff: list[Share] = field(default_factory=list)
    others: list[Share] = field(default_factory=list)

    @property
    def cells(self):
        """The columns in their order, with what stands over each."""
        return [
            (_("Resident"), self.resident),
            (_("Relatives"), self.relatives),
            (_("Staff"), self.staff),
            (_("Others"), self.others),
        ]


def table(readings):
    """A Row for each of the readings, which must know their parts (with_parts)."""
    return [_row(reading) for reading in readings]


def _row(reading):
    agreement = reading.agreement
    row = Row(agreement)
    # What is too much for a relative, the home does for now.
    party = "staff" if agreement.handed_back else PARTY[agreement.responsible]
    getattr(row, party).append(
        Share(capfirst(reading.responsible), _("sees to it"), sees_to_it=True)
    )
    for name, part in reading.parts:
        party = "staff" if part.handed_back else PARTY[part.who]
        getattr(row, party).append(Share(capfirst(name), part.task))
    return row


def load(rows):
    """How much each relative has to do, most first: (name, number). For staff."""
    return Counter(share.name for row in rows for share in row.relatives).most_common()
