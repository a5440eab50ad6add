import datetime as dt

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import models
from django.db.models import Count, Max
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from portal import clock, walls
from portal.models import Department
from portal.refusals import Kept
from residents.models.residents import Resident
from residents.topics import Topic


class AccessEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Reads in the departments that the user manages, or whose data they protect.

        Nobody else sees who looked.
        """
        return self.filter(department__in=Department.objects.numbers_of_logs(user))

    def by_staff(self):
        return self.filter(capacity__in=AccessEvent.STAFF)

    def on_purpose(self):
        """Not just a name among others on a list."""
        return self.exclude(topic="", among__gt=1, way=AccessEvent.Way.PORTAL)

    def opened(self):
        """What somebody chose to open, search for, print or tell, not what a list shows."""
        return self.exclude(among__gt=1, way=AccessEvent.Way.PORTAL)

    def between(self, first, last):
        """From the first of these days to the last, both included, in Denmark."""
        return self.filter(
            at__gte=clock.midnight(first),
            at__lt=clock.midnight(last + dt.timedelta(days=1)),
        )

    def in_month(self, month):
        """In the month that begins on this day."""
        return self.between(
            month, month + relativedelta(months=1) - dt.timedelta(days=1)
        )

    def of_others(self, resident, month):
        """Who was shown what about the resident in the month that begins so, by day.

        One row for each who, what, way and ground, however often; one's own are left out.
        """
        return (
            self.of_the_extract(resident, month)
            .order_by()
            .annotate(day=TruncDate("at", tzinfo=clock.DENMARK))
            .values(
                "day",
                "user",
                "capacity",
                "department__name",
                "way",
                "topic",
                "ground",
                "ground_id",
                "relation_id",
            )
            .annotate(last=Max("at"), times=Count("pk"))
            .order_by("-day", "-last")
        )

    def of_the_extract(self, resident, month):
        """What was shown or told of the resident to others that month, time by time."""
        return (
            self.filter(resident=resident)
            .in_month(month)
            .exclude(capacity=AccessEvent.Capacity.RESIDENT)
            .on_purpose()
        )

    def update(self, **kwargs):
        raise TypeError("The access log is never changed.")

    def delete(self):
        raise TypeError("The access log is never deleted.")


class AccessEvent(models.Model):
    """Somebody was shown or told something about a resident. Added, never touched again.

    Holds numbers and codes, not what was read (Datatilsynet, "Logning af brugernes
    anvendelser af personoplysninger", 7 November 2023); a search keeps what was searched
    for. A row is one topic of one resident on one page, or on one telephone call.
    """

    class Capacity(models.TextChoices):
        # The roles of portal.models.Employment that care for residents.
        CARE = "care", _("care worker")
        MANAGER = "manager", _("department manager")
        CENTRE_MANAGER = "centre_manager", _("centre manager")
        RELATIVE = "relative", _("relative")
        REPRESENTATIVE = "representative", _("representative by law")
        RESIDENT = "resident", _("the resident")
        # Reads the logs alone.
        PROTECTION = "protection", _("data protection officer")

    STAFF = (
        Capacity.CARE,
        Capacity.MANAGER,
        Capacity.CENTRE_MANAGER,
        Capacity.PROTECTION,
    )

    class Way(models.TextChoices):
        PORTAL = "portal", _("in the portal")
        SEARCH = "search", _("by a search")
        PRINT = "print", _("on paper")
        PREVIEW = "preview", _("as somebody else sees it")
        MAIL = "mail", _("by mail")
        PHONE = "phone", _("on the telephone")
        VISIT = "visit", _("at a visit")
        MEETING = "meeting", _("at a meeting")

    class Purpose(models.TextChoices):
        CARE = "care", _("to care for the resident")
        CONTACT = "contact", _("to speak with relatives")
        CONSENT = "consent", _("to ask what may be shared")
        MEETING = "meeting", _("to prepare or hold a meeting")
        OVERSIGHT = "oversight", _("to look after the department")
        SHARED = "shared", _("because it is shared")
        OWN = "own", _("one's own")

    class Ground(models.TextChoices):
        EMPLOYMENT = "employment", _("employed in the department")
        # Those of residents.models.Grant.
        CONSENT = "consent", _("consent")
        CUSTODY = "custody", _("custody")
        REPRESENTATION = "representation", _("representation")
        OWN = "own", _("oneself")
        # Told although nobody consented (sundhedsloven § 43, stk. 2).
        DISCLOSURE = "disclosure", _("a decision to tell without consent")

    at = models.DateTimeField(default=clock.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    capacity = models.CharField(max_length=20, choices=Capacity)
    # Without a constraint: the log must outlive its subject. None: a search in vain.
    resident = models.ForeignKey(
        Resident,
        models.DO_NOTHING,
        null=True,
        related_name="access_events",
        db_constraint=False,
        db_index=False,
    )
    # Where the resident lived then, or whoever searched in vain worked.
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", db_index=False
    )
    way = models.CharField(max_length=10, choices=Way)
    # Empty: who the resident is, or what no topic covers.
    topic = models.CharField(max_length=20, choices=Topic, blank=True)
    # The numbers of what was shown, by kind: {"diaryentry": [17, 12]}.
    items = models.JSONField(default=dict)
    # How many residents stood on the same page: one, or a list.
    among = models.PositiveIntegerField(default=1)
    purpose = models.CharField(max_length=10, choices=Purpose)
    ground = models.CharField(max_length=20, choices=Ground)
    ground_id = models.BigIntegerField(null=True)
    # The number of the relation that staff told, or through whose eyes they looked.
    relation_id = models.BigIntegerField(null=True)
    searched = models.CharField(max_length=100, blank=True)

    objects = AccessEventQuerySet.as_manager()

    # The database refuses it too, whoever asks.
    kept = Kept("Who has looked is never rewritten or removed.")

    # Whoever looked writes the row, and so may read it. To the manager of the department
    # it happened in, wherever the resident lives now.
    wall = walls.Wall(
        "user_id = portal_reader() OR department_id = ANY ("
        f"(SELECT portal_reader_departments())::bigint[]) OR {walls.of_staff()}"
        f" OR {walls.of_resident()} OR {walls.of_protected_department()}"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["resident", "-at", "-id"], name="reads_of_a_resident"),
            models.Index(fields=["user", "-at", "-id"], name="reads_by_a_user"),
            models.Index(
                fields=["department", "-at", "-id"], name="reads_in_a_department"
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.way} {self.resident_id} {self.topic}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("The access log is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The access log is never deleted.")
