import datetime as dt

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Least

from portal import clock
from relatives.models.parts import Part
from relatives.models.replies import AgreementReply
from residents.access import AboutResidentQuerySet, shared_with, workplaces


class AgreementQuerySet(AboutResidentQuerySet):
    def current(self):
        """Each agreement in its latest version, not ended."""
        return self.filter(replaced_by=None, ended_on=None)

    def open(self):
        """Those that somebody still has to keep."""
        return self.current().filter(done_on=None)

    def with_too_much(self, user):
        """Each with whether its responsible relative has said that it is too much.

        As far as the user may know: one relative never learns what another has said.
        """
        said = (
            AgreementReply.objects.known_to(user)
            .too_much()
            .filter(agreement=OuterRef("pk"), relative=OuterRef("responsible_relative"))
        )
        return self.annotate(handed_back=Exists(said))

    def tasks_of(self, relative):
        """Those that the relative sees to or helps with."""
        helps = Part.objects.filter(agreement=OuterRef("pk"), relative=relative)
        return self.filter(Q(responsible_relative=relative) | Q(Exists(helps)))

    def most_urgent_first(self):
        """What should have been done or looked at longest ago, then what is next."""
        far = Value(dt.date.max)
        return self.annotate(
            next_day=Least(Coalesce("due_on", far), Coalesce("follow_up_on", far))
        ).order_by("next_day", "-recorded_at", "-pk")

    def overdue(self):
        return self.open().filter(due_on__lt=clock.today())

    def late(self):
        """Overdue, or to have been looked at again before today."""
        today = clock.today()
        return self.open().filter(Q(due_on__lt=today) | Q(follow_up_on__lt=today))

    def to_follow_up(self):
        return self.open().filter(follow_up_on__lte=clock.today())

    def at_work_of(self, user):
        """Those of the residents the user cares for: what one reads at work."""
        return self.filter(resident__department__in=workplaces(user))

    def shared_with(self, user):
        """What residents let the user see: what one reads as a relative, not at work."""
        return self.filter(shared_with(user))

    def waiting_for(self, relative):
        """Open ones in which the last word is ours: not answered yet, or answered by us."""
        latest = AgreementReply.objects.filter(
            agreement=OuterRef("pk"), relative=relative
        ).order_by("-recorded_at", "-pk")[:1]
        return (
            self.open()
            .annotate(
                last_said=Subquery(latest.values("kind")),
                last_answered=Subquery(latest.values("answered_at")),
            )
            .filter(
                Q(last_said=None)
                | Q(last_said__in=AgreementReply.ASKING, last_answered__isnull=False)
            )
        )
