"""The audit log in words: who did what, and to what."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from consent.protecting.lines import when
from portal import clock
from portal.models import AuditEvent, Employment, Home, User
from residents import lookups

A_PAGE = 50

# What verbs begin with, by what people call it.
KINDS = {
    "log-ins": _("Log-ins"),
    "people": _("Roles and employments"),
    "consents": _("Consents"),
    "told": _("Told without consent"),
    "prints": _("Prints and files"),
    "relatives": _("Relatives and representatives"),
    "home": _("Settings of the home"),
    "logs": _("The logs themselves"),
}
PREFIXES = {
    "log-ins": ("user.s", "user.log_in", "user.invited", "user.accepted"),
    "people": ("employment.", "user.c", "user.a", "job."),
    "consents": ("consent.",),
    "told": ("disclosure.",),
    "prints": ("conversation.printed", "newsletter.addresses", "register."),
    "relatives": ("relative.", "relation.", "representation.", "chain."),
    "home": ("home.", "department.", "desk."),
    "logs": ("log.", "access_log.", "sample.", "incident."),
}
WORDS = {
    "user.signed_in": _("Logged in"),
    "user.signed_out": _("Logged out"),
    "user.sign_in_failed": _("Tried to log in, and was refused"),
    "user.sessions_ended": _("Ended log-ins"),
    "user.log_in_changed": _("Changed a log-in"),
    "user.invited": _("Invited somebody"),
    "user.accepted_invitation": _("Answered the invitation"),
    "user.created": _("Made a log-in"),
    "user.changed": _("Changed a name"),
    "user.address_changed": _("Changed an e-mail address"),
    "user.second_factor_forgotten": _("Let codes be set up anew"),
    "employment.started": _("Employed somebody"),
    "employment.ended": _("Ended an employment"),
    "consent.asked": _("Recorded a talk about consent"),
    "consent.answered": _("Recorded an answer about consent"),
    "consent.withdrawn": _("Stopped a consent"),
    "consent.in_error": _("Marked a consent as recorded in error"),
    "consent.scanned": _("Scanned a signed consent"),
    "consent.printed": _("Printed questions about consent"),
    "disclosure.recorded": _("Recorded what was told without consent"),
    "disclosure.told": _("Told the resident what had been passed on"),
    "representation.recorded": _("Recorded a representative"),
    "representation.ended": _("Ended a representation"),
    "representation.in_error": _("Marked a representation as recorded in error"),
    "relative.let_in": _("Let a relative in"),
    "relative.shut_out": _("Shut a relative out"),
    "relation.recorded": _("Recorded a relative of a resident"),
    "relation.ended": _("Ended a relation"),
    "privacy.shown": _("Was told what is kept, and why"),
    "incident.reported": _("Reported that something went wrong"),
    "incident.step": _("Wrote down what is done about it"),
    "home.changed": _("Changed what the home says of itself"),
    "department.opened": _("Opened a department"),
    "department.closed": _("Closed a department"),
    "conversation.printed": _("Printed a conversation"),
    "register.imported": _("Read the register in"),
    "log.holds": _("Checked the logs: they hold"),
    "log.broken": _("Checked the logs: they do not hold"),
    "log.read": _("Read this log"),
    "log.looked_up": _("Looked something up in the logs"),
    "log.exported": _("Took an answer of the logs as a file"),
    "access_log.sealed": _("Sealed the access log"),
}


@dataclass(frozen=True)
class Asked:
    """What of the log one wants to see."""

    kind: str = ""
    name: str = ""
    day: dt.date | None = None
    before: int | None = None

    @classmethod
    def of(cls, query):
        """From an address, whatever stands in it."""
        kind, before = query.get("kind", ""), query.get("before", "")
        try:
            day = parse_date(query.get("day", ""))
        except ValueError:
            day = None
        return cls(
            kind=kind if kind in KINDS else "",
            name=query.get("name", "").replace("\x00", "")[:100].strip(),
            day=day if day and 2000 <= day.year <= 2100 else None,
            before=int(before) if before.isdecimal() and len(before) < 18 else None,
        )

    @property
    def query(self):
        """For the address of the next page."""
        day = self.day.isoformat() if self.day else ""
        said = {"kind": self.kind, "name": self.name, "day": day}
        return urlencode({name: value for name, value in said.items() if value})


def of(home, asked):
    """One more than a page of the home's lines, the newest first."""
    rows = AuditEvent.objects.select_related("actor").order_by("-pk")
    if Home.objects.exclude(pk=home.pk).exists():
        rows = rows.filter(Q(actor=None) | Q(actor__in=lookups.people_of(home)))
    if asked.kind:
        begins = Q()
        for prefix in PREFIXES[asked.kind]:
            begins |= Q(verb__startswith=prefix)
        rows = rows.filter(begins)
    if asked.name:
        people = lookups.people_called(home, asked.name)
        subjects = [f"portal.user:{number}" for number in people]
        rows = rows.filter(Q(actor__in=list(people)) | Q(subject__in=subjects))
    if asked.day:
        rows = rows.filter(
            at__gte=clock.midnight(asked.day),
            at__lt=clock.midnight(asked.day + dt.timedelta(days=1)),
        )
    if asked.before:
        rows = rows.filter(pk__lt=asked.before)
    return list(rows[: A_PAGE + 1])


@dataclass(frozen=True)
class Line:
    number: int | None
    when: str
    who: str
    what: str
    # Words of our own, or the code that the log keeps.
    is_code: bool
    about: str


def lines(events):
    """A Line for each of these. Two questions, however many."""
    named = _named(events)
    return [
        Line(
            number=one.number,
            when=when(one.at),
            who=str(one.actor or "Samspil"),
            what=str(WORDS.get(one.verb, one.verb)),
            is_code=one.verb not in WORDS,
            about=named.get(one.subject, ""),
        )
        for one in events
    ]


def _named(events):
    """The names of log-ins and of those whose job it is; of nothing about residents."""
    numbers = {"portal.user": set(), "portal.employment": set()}
    for one in events:
        kind, _colon, number = one.subject.partition(":")
        if kind in numbers and number.isdecimal():
            numbers[kind].add(int(number))
    people = User.objects.filter(pk__in=numbers["portal.user"])
    jobs = Employment.objects.filter(pk__in=numbers["portal.employment"])
    return {
        f"portal.user:{pk}": name for pk, name in people.values_list("pk", "name")
    } | {
        f"portal.employment:{pk}": name
        for pk, name in jobs.values_list("pk", "user__name")
    }
