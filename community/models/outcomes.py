from django.conf import settings
from django.db import models
from django.db.models import Q

from community import walls as own_walls
from community.models.enquiries import Enquiry
from portal import clock, walls
from portal.refusals import Kept
from relatives.models import Agreement, Contact


class Outcome(models.Model):
    """What was made of an enquiry: an entry of the contact log, or an agreement."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="outcomes")
    contact = models.OneToOneField(
        Contact, models.PROTECT, null=True, related_name="enquiry_outcome"
    )
    agreement = models.OneToOneField(
        Agreement, models.PROTECT, null=True, related_name="enquiry_outcome"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now)

    kept = Kept("What was made of an enquiry is never rewritten or removed.")
    wall = walls.Wall(own_walls.OF_STAFF)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False, agreement=None)
                | Q(contact=None, agreement__isnull=False),
                name="an_enquiry_is_made_into_one_thing_at_a_time",
            )
        ]

    def __str__(self):
        return f"{self.enquiry}"
