"""What a relative was told in one contact, topic by topic, and what allowed it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import walls
from portal.refusals import Kept
from relatives.models.contacts import Contact
from residents.models import Grant
from residents.topics import Topic


class ToldTopicQuerySet(models.QuerySet):
    def by_contact(self, contacts):
        """Topics in words by the number of each contact's first version.

        What was told stays told: a correction of the entry does not take it back.
        """
        first = {contact.first_id or contact.pk for contact in contacts}
        topics = {pk: [] for pk in first}
        order = {topic: number for number, topic in enumerate(Topic.values)}
        rows = self.filter(contact__in=first)
        for told in sorted(rows, key=lambda told: order[told.topic]):
            topics[told.contact_id].append(told.get_topic_display())
        return topics


class ToldTopic(models.Model):
    """One topic that staff told a relative about, and the ground it rested on then.

    Of the entry's first version, and never changed: the ground is what held at the
    instant of saving, whatever became of it afterwards.
    """

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="told")
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    ground = models.CharField(max_length=20, choices=Grant.Ground)
    # The consent or the representation.
    ground_id = models.BigIntegerField()

    objects = ToldTopicQuerySet.as_manager()
    kept = Kept("What was told is never rewritten or removed.")

    wall = walls.Wall(walls.behind("relatives_contact", "contact_id"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("contact", "topic", name="told_once_a_contact"),
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="told_topic_is_known"
            ),
        ]

    def __str__(self):
        return f"{self.contact}: {self.get_topic_display()}"
