import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.models import Home
from residents.access import StaffOnlyQuerySet, topics_represented_by, workplaces
from residents.models import Grant, Resident


class RelativeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The relatives of those the user cares for, and oneself; never one another."""
        departments = workplaces(user)
        known = Relation.objects.filter(resident__department__in=departments)
        return self.filter(Q(pk__in=known.values("relative")) | Q(user=user))


class Relative(models.Model):
    """A person whom a resident counts among their own; kinship is not needed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    home = models.ForeignKey(Home, models.PROTECT, related_name="relatives")
    # None until they are invited; the only thing that lets them in.
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relative",
    )
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    born_on = models.DateField(_("born"), null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    protected_address = models.BooleanField(_("protected address"), default=False)
    language = models.CharField(
        _("language at home"), max_length=50, blank=True, default=""
    )
    interpreter = models.BooleanField(_("needs an interpreter"), default=False)
    register_id = models.CharField(_("number in the care system"), max_length=50)
    # Nobody sees anything about a resident before they have read what confidentiality asks.
    confidentiality_accepted_at = models.DateTimeField(null=True, editable=False)
    # They asked to be forgotten (portal.erasing).
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = RelativeQuerySet.as_manager()

    class Meta:
        ordering = ["given_name", "family_name", "pk"]
        verbose_name = _("relative")
        verbose_name_plural = _("relatives")
        constraints = [
            models.UniqueConstraint(
                "home", "register_id", name="one_relative_a_number_in_the_care_system"
            ),
            # What is not there cannot slip out.
            models.CheckConstraint(
                condition=Q(protected_address=False)
                | Q(address="", postcode="", city=""),
                name="a_protected_address_is_not_kept",
            ),
        ]

    @property
    def envelope_lines(self):
        """What stands behind an envelope's window; a protected address on no paper."""
        lines = [str(self)]
        if not self.protected_address:
            town = f"{self.postcode} {self.city}".strip()
            lines += [line for line in (self.address, town) if line]
        return lines

    def __str__(self):
        return f"{self.given_name} {self.family_name}"

    @property
    def is_minor(self):
        """Below 18 today in Denmark: may not be given tasks."""
        return bool(self.born_on and clock.years_old(self.born_on) < 18)

    @property
    def is_under_15(self):
        """Too young to agree alone to a log-in (databeskyttelsesloven § 6)."""
        return bool(self.born_on and clock.years_old(self.born_on) < 15)


def _let_in_where_acting(user):
    let_in = Q(pk__in=[])
    for resident, topics in topics_represented_by(user).items():
        grants = Grant.objects.filter(
            user=OuterRef("relative__user"), content_object=resident
        )
        consents = grants.filter(ground=Grant.Ground.CONSENT, topic__in=topics)
        by_law = grants.exclude(ground=Grant.Ground.CONSENT)
        let_in |= Q(Exists(consents), ~Exists(by_law), resident=resident)
    return let_in


class RelationQuerySet(StaffOnlyQuerySet):
    def standing(self):
        return self.filter(ended_at=None)

    def seen_as_by(self, user):
        """Those as whom the user may see the portal, as far as it is about the resident.

        Whoever cares for the resident, and the resident: all of them. Whoever acts for
        the resident by law: those with whom the resident's own consent shares one of the
        topics that they act in. So they learn of nobody whom they need not know of, and
        two who share the custody never look through each other's eyes.
        """
        at_work = Q(resident__department__in=workplaces(user))
        own = Q(resident__in=Resident.objects.of(user))
        return self.standing().filter(at_work | own | _let_in_where_acting(user))

    def let_in_where_acting(self, user):
        """Of the above those whom somebody may know who acts for the resident by law."""
        return self.standing().filter(_let_in_where_acting(user))


class Relation(models.Model):
    """Who one relative is to one resident."""

    class Kind(models.TextChoices):
        MOTHER = "mother", _("mother")
        FATHER = "father", _("father")
        PARENT = "parent", _("parent")
        PARTNER = "partner", _("partner")
        CHILD = "child", _("child")
        SISTER = "sister", _("sister")
        BROTHER = "brother", _("brother")
        GRANDPARENT = "grandparent", _("grandparent")
        FAMILY = "family", _("other family")
        FRIEND = "friend", _("friend")
        NEIGHBOUR = "neighbour", _("neighbour")
        LEGAL_GUARDIAN = "legal_guardian", _("legal guardian")
        NETWORK = "network", _("chosen network")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="relations")
    relative = models.ForeignKey(Relative, models.PROTECT, related_name="relations")
    kind = models.CharField(_("relation"), max_length=20, choices=Kind)
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering = ["resident", "pk"]
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(
                "resident",
                "relative",
                condition=Q(ended_at=None),
                name="one_standing_relation_between_two_people",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="relation_is_ended_by_somebody_at_some_time",
            ),
        ]

    def __str__(self):
        return f"{self.relative} ({self.get_kind_display()})"

    @property
    def rests_on_law(self):
        """Whether custody, a guardianship or a power of attorney holds today."""
        return any(row.holds_today for row in self.representations.all())

    @property
    def former_representations(self):
        """What has ended, or was recorded in error: kept to be seen."""
        return [row for row in self.representations.all() if not row.can_still_end]
