from uuid import uuid4

from django.db import models
from django.db.models import Q


class Picture(models.Model):
    """A picture in the folder of portal.pictures, for models that have some.

    What may be seen is the model's to say. `file` is a random name; what stands in the
    picture, and where it was taken, is in no column but the words beside it.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    file = models.CharField(max_length=32, editable=False)
    width = models.PositiveSmallIntegerField(editable=False)
    height = models.PositiveSmallIntegerField(editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0),
                name="%(class)s_has_a_size",
            )
        ]
