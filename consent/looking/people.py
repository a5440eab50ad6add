"""Whose eyes and ears they were: the numbers of the log as people."""

from dataclasses import dataclass

from consent.models import Consent
from portal.models import User
from relatives.models import Relation
from residents.models import AccessEvent

Ground, Way = AccessEvent.Ground, AccessEvent.Way

TOLD = (Way.MAIL, Way.PHONE, Way.VISIT, Way.MEETING)


@dataclass
class People:
    """The relations, employees and consents that rows of the log are about."""

    by_user: dict
    by_number: dict
    staff: dict
    consents: dict

    @classmethod
    def of(cls, rows, resident):
        """Three questions, however many rows there are."""
        relations = Relation.objects.filter(resident=resident).select_related(
            "relative"
        )
        relations = list(relations.order_by("pk"))
        return cls(
            # The latest, if somebody has been two things to the resident.
            by_user={one.relative.user_id: one for one in relations},
            by_number={one.pk: one for one in relations},
            staff=User.objects.in_bulk({row["user"] for row in rows if is_staff(row)}),
            consents=Consent.objects.in_bulk(
                {row["ground_id"] for row in rows if row["ground"] == Ground.CONSENT}
            ),
        )

    def relation(self, row):
        """Who was told, or who read; None if the log knows of nobody there."""
        if row["relation_id"]:
            return self.by_number.get(row["relation_id"])
        return self.by_user.get(row["user"])


def is_staff(row):
    return row["capacity"] in AccessEvent.STAFF
