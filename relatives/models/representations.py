"""What the law opens to a relative, and what staff may tell them at this instant."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal import clock, walls
from relatives.models.people import Relation
from relatives.walls import of_relation
from residents.access import workplaces
from residents.models import Grant
from residents.topics import Topic


class RepresentationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For those who care for the resident. A relative reads of it in what they see."""
        departments = workplaces(user)
        return self.filter(relation__resident__department__in=departments)

    def not_in_error(self):
        return self.filter(in_error_at=None)


class Representation(models.Model):
    """The law lets this relative hear of some topics, or decide in them.

    Custody (forældreansvarsloven §§ 1-3) ends at 18 by date arithmetic; health needs the
    young person's own consent from 15 (sundhedsloven § 17). A legal guardian hears of
    what the guardianship is about and no more (værgemålsloven §§ 5-7).
    """

    class Kind(models.TextChoices):
        SOLE_CUSTODY = "sole_custody", _("sole custody")
        SHARED_CUSTODY = "shared_custody", _("shared custody")
        PERSONAL = "personal", _("personal guardianship (§ 5)")
        ECONOMIC = "economic", _("economic guardianship (§ 5)")
        INCAPACITATED = "incapacitated", _("guardianship with loss of capacity (§ 6)")
        JOINT = "joint", _("co-guardianship (§ 7)")
        FUTURE_POWER = "future_power", _("future power of attorney in force")

    CUSTODY = (Kind.SOLE_CUSTODY, Kind.SHARED_CUSTODY)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    relation = models.ForeignKey(
        Relation, models.PROTECT, related_name="representations"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    # Topics a guardianship covers; custody covers them all and names none.
    topics = models.JSONField(_("topics"), default=list, blank=True)
    # With whom custody is shared: somebody registered here, or a name.
    other_holder = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    other_holder_name = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(_("from"), default=clock.today)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    document = models.CharField(_("document seen"), max_length=200, blank=True)
    document_date = models.DateField(_("date of the document"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    ended_because = models.CharField(max_length=200, blank=True, editable=False)
    # Never was: opens nothing from that instant on, and is kept to be seen.
    in_error_at = models.DateTimeField(null=True, editable=False)
    in_error_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    in_error_note = models.CharField(max_length=500, blank=True, editable=False)

    objects = RepresentationQuerySet.as_manager()

    wall = walls.Wall(of_relation())

    class Meta:
        ordering = ["pk"]
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        constraints = [
            models.UniqueConstraint(
                "relation",
                "kind",
                condition=Q(ends_on=None, in_error_at=None),
                name="one_open_representation_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="representation_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(in_error_at=None, in_error_by=None, in_error_note="")
                | Q(in_error_at__isnull=False, in_error_by__isnull=False)
                & ~Q(in_error_note=""),
                name="a_representation_in_error_says_who_found_it_and_why",
            ),
        ]

    def __str__(self):
        return f"{self.relation}: {self.get_kind_display()}"

    @property
    def shared_with(self):
        """The other holder of shared custody, in words."""
        if self.other_holder:
            return str(self.other_holder.relative)
        return self.other_holder_name

    @property
    def can_still_end(self):
        return self.in_error_at is None and (
            self.ends_on is None or self.ends_on >= clock.today()
        )

    @property
    def is_custody(self):
        return self.kind in self.CUSTODY

    @property
    def holds_today(self):
        """For pages; access asks the view (consent.grants)."""
        today = clock.today()
        return (
            self.in_error_at is None
            and self.starts_on <= today
            and (self.ends_on is None or self.ends_on >= today)
            and (not self.is_custody or self.relation.resident.is_minor)
        )


class TellingQuerySet(models.QuerySet):
    def by_law(self, relations):
        """The topics that no consent, but a representation opens to each relative.

        Answers a dict of the relation's number and the topics in words.
        """
        topics = {relation.pk: [] for relation in relations}
        rows = self.filter(relation__in=relations).exclude(ground=Grant.Ground.CONSENT)
        for telling in rows:
            topics[telling.relation_id].append(telling.get_topic_display())
        return topics


class Telling(models.Model):
    """One topic that staff may tell one relative about at this instant.

    A view over consents and representations (consent.grants), also of relatives who
    have no log-in. What a relative may *see* in the portal is residents.models.Grant.
    """

    relation = models.ForeignKey(
        Relation, models.DO_NOTHING, db_constraint=False, related_name="tellings"
    )
    topic = models.CharField(max_length=20, choices=Topic)
    # Why: the consent or the representation that allows it.
    ground = models.CharField(max_length=20, choices=Grant.Ground)
    ground_id = models.BigIntegerField()

    objects = TellingQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "relatives_telling"

    def __str__(self):
        return f"{self.relation}: {self.get_topic_display()}"
