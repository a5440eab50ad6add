import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.matters import ROUTES
from portal import clock, workdays
from portal.models import Department, Home


def opening():
    return dt.time(8)


def closing():
    return dt.time(15)


class Desk(models.Model):
    """How one department receives enquiries: when it reads them, and who answers what."""

    department = models.OneToOneField(Department, models.PROTECT, related_name="desk")
    reads_from = models.TimeField(_("staff read from"), default=opening)
    reads_until = models.TimeField(_("staff read until"), default=closing)
    # {matter: profession}; what is not there goes where it goes in every department.
    routes = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reads_from__lt=models.F("reads_until")),
                name="a_desk_opens_before_it_closes",
            )
        ]

    def __str__(self):
        return str(self.department)

    @classmethod
    def of(cls, department):
        """The department's, or what every department begins with."""
        return cls.objects.filter(department=department).first() or cls(
            department=department
        )

    def route(self, matter):
        """The profession, or the manager, to whom such a matter goes."""
        return str(self.routes.get(matter, ROUTES[matter]))

    def read_at(self, moment):
        """When staff read what arrives at the moment: at once, or when they open."""
        there = moment.astimezone(clock.DENMARK)
        day = there.date()
        if workdays.is_workday(day) and there.time() < self.reads_until:
            return max(moment, self._opens(day))
        return self._opens(workdays.first_from(day + dt.timedelta(days=1)))

    def is_read_at_once(self, moment):
        return self.read_at(moment) == moment

    def _opens(self, day):
        return dt.datetime.combine(day, self.reads_from, tzinfo=clock.DENMARK)


class Series(models.Model):
    """The last number that a home has given an enquiry this year, and nothing else.

    A row of its own, for whoever writes to us sees no other enquiry to count on from.
    """

    home = models.ForeignKey(Home, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint("home", "year", name="one_series_a_home_a_year")
        ]

    def __str__(self):
        return f"{self.home} {self.year}: {self.last}"

    @classmethod
    def next(cls, home):
        """Year and serial of a new enquiry. In the caller's transaction."""
        key = {"home": home, "year": clock.today().year}
        cls.objects.bulk_create([cls(**key)], ignore_conflicts=True)
        series = cls.objects.select_for_update().get(**key)
        series.last += 1
        series.save(update_fields=["last"])
        return series.year, series.last
