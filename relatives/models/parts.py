from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal import walls
from portal.refusals import Kept, Refused
from relatives.models.people import Relative
from relatives.models.replies import AgreementReply

# A child is a child on the day the task is given : whoever writes the row,
# the database refuses.
_YOUNGER_THAN_18 = {
    "sqlite": """EXISTS (SELECT 1 FROM relatives_relative child WHERE child.{whose}
        AND strftime('%Y%m%d', portal_today()) - strftime('%Y%m%d', child.born_on) < 180000)""",
    "postgresql": """EXISTS (SELECT 1 FROM relatives_relative child WHERE child.{whose}
        AND to_char(portal_today(), 'YYYYMMDD')::integer
            - to_char(child.born_on, 'YYYYMMDD')::integer < 180000)""",
}


def no_child(column, *, by="id = {new}"):
    """The database gives no task to a relative below 18. `by`: whose row the column is."""
    whose = by.format(new=f"NEW.{column}")
    return Refused(
        "INSERT",
        "A relative under 18 is not given tasks.",
        {vendor: sql.format(whose=whose) for vendor, sql in _YOUNGER_THAN_18.items()},
    )


class Doer(models.TextChoices):
    """Who can have something to do in an agreement."""

    RESIDENT = "resident", _("the resident")
    RELATIVE = "relative", _("a relative")
    CONTACT_PERSON = "contact_person", _("the contact person")
    STAFF = "staff", _("the staff")
    MANAGER = "manager", _("the manager")
    OTHER = "other", _("somebody else")


class PartQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the agreements that the user may see."""
        agreements = self.model.agreement.field.related_model.objects
        return self.filter(agreement__in=agreements.visible_to(user))

    def with_too_much(self, user):
        """Each with whether its relative has said that it is too much.

        As far as the user may know: one relative never learns what another has said.
        """
        said = (
            AgreementReply.objects.known_to(user)
            .too_much()
            .filter(agreement=OuterRef("agreement"), relative=OuterRef("relative"))
        )
        return self.annotate(handed_back=Exists(said))


class Part(models.Model):
    """What somebody does beside whoever sees to an agreement: one person, one thing.

    Belongs to one version of the agreement and is written with it.
    """

    agreement = models.ForeignKey(
        "relatives.Agreement", models.PROTECT, related_name="parts"
    )
    who = models.CharField(_("who helps"), max_length=20, choices=Doer)
    relative = models.ForeignKey(
        Relative, models.PROTECT, null=True, related_name="parts"
    )
    task = models.CharField(_("what they do"), max_length=300)

    objects = PartQuerySet.as_manager()

    wall = walls.Wall(walls.behind("relatives_agreement", "agreement_id"))
    kept = Kept("Who helps with what is never rewritten or removed.")
    refused = (no_child("relative_id"),)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(who="relative", relative__isnull=False)
                | ~Q(who="relative") & Q(relative=None),
                name="a_helping_relative_is_a_certain_one",
            ),
            models.CheckConstraint(
                condition=~Q(task=""), name="a_helper_does_something"
            ),
        ]

    def __str__(self):
        return self.task
