from django.conf import settings
from django.db import models
from django.db.models import Q

from portal import clock
from portal.models.messages import Message


class Letterbox(models.Model):
    """How mails reach one person: what they want mail about, and whether it arrives.

    Whoever has none wants what is usual (portal.kinds).
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="letterbox",
    )
    # Kind to when; what is not there is as usual.
    choices = models.JSONField(default=dict)
    # Nothing at night.
    rests = models.BooleanField(default=True)
    # The address that a mail server did not take, when and why. Another address is
    # another matter: compare it with the person's.
    refused_address = models.EmailField(blank=True)
    refused_at = models.DateTimeField(null=True)
    refused_why = models.CharField(max_length=300, blank=True)
    # When the mail was handed over, rather than by a letter that came back.
    refused_at_the_door = models.BooleanField(default=False)

    def __str__(self):
        return f"{self.user}"

    @property
    def is_refused(self):
        """Mails do not reach the person, at the address they have now."""
        return self.refused_address.lower() == self.user.email.lower()


class NoticeQuerySet(models.QuerySet):
    def waiting(self):
        """Those that no mail has taken along yet."""
        return self.filter(message=None)

    def due(self):
        return self.waiting().filter(due_at__lte=clock.now())


class Notice(models.Model):
    """That one person is to be told of one thing, once, when they want to be told.

    Written in the transaction of what happened. Several that are due together become
    one message (portal.notices). Holds ids, never content.
    """

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=30)
    # What it is about: the same key is the same thing, and told once.
    key = models.CharField(max_length=150)
    # The mail that tells of this alone, and the function that decides about it.
    template = models.CharField(max_length=50)
    facts = models.JSONField(default=dict)
    noticed_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, related_name="notices"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "to", "key", name="a_person_is_told_once_of_a_thing"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(message=None),
                name="notices_still_to_tell",
            )
        ]

    def __str__(self):
        return self.key
