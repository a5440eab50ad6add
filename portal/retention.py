"""What is of use for a time is forgotten after it: each rule says what, when and why.

What belongs to a resident's record is not among it: that is the home's and its
municipality's to hand over or destroy (Rigsarkivet's rules). Who was told what and when
stands in the logs, which forget nothing (portal.audit, residents.ledger). And what waits
is never forgotten here, however long: it has not been told.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from portal import clock, kinds
from portal.models import Draft, Drawing, Invitation, Message, Notice
from portal.models.drawings import KEPT_FOR as A_PAPER

# A year, and some weeks in which one looks back at it.
KEPT = dt.timedelta(days=400)
A_DRAFT = dt.timedelta(days=30)
A_BATCH = 1_000


@dataclass(frozen=True)
class Rule:
    """Rows of one kind that are forgotten: which of them are due now, and why then."""

    name: str
    what: str | Promise
    after: str | Promise
    why: str | Promise
    due: Callable
    # Whether a broom of its own sweeps it (settings.SWEEPS), oftener than the others.
    is_swept_apart: bool = False


def _mails():
    """Messages that left, or were given up, so long ago; with their notices."""
    limit = clock.now() - KEPT
    yield Message.objects.filter(Q(sent_at__lt=limit) | Q(given_up_at__lt=limit))
    # Of a kind that is no more: no mail will take them along.
    orphans = Notice.objects.waiting().filter(due_at__lt=limit)
    yield orphans.exclude(kind__in=kinds.all_kinds())


def _drafts():
    yield Draft.objects.filter(saved_at__lt=clock.now() - A_DRAFT)


def _papers():
    yield Drawing.objects.filter(asked_at__lt=clock.now() - A_PAPER)


def _invitations():
    limit = clock.now() - KEPT
    yield Invitation.objects.filter(Q(used_at__lt=limit) | Q(expires_at__lt=limit))


def _sessions():
    yield Session.objects.filter(expire_date__lt=clock.now())


RULES = [
    Rule(
        "mails",
        _("Mails, and what they told of"),
        _("400 days after they were sent or given up"),
        _("So that one can see for a year whether a mail left."),
        _mails,
    ),
    Rule(
        "drafts",
        _("Drafts"),
        _("30 days after they were last written in"),
        _("Nobody comes back to them, and they may hold anything."),
        _drafts,
        is_swept_apart=True,
    ),
    Rule(
        "papers",
        _("Papers on their way"),
        _("an hour"),
        _("They can be made again."),
        _papers,
        is_swept_apart=True,
    ),
    Rule(
        "invitations",
        _("Invitations that were used or have run out"),
        _("400 days"),
        _("So that one can see for a year who was invited by whom."),
        _invitations,
    ),
    Rule(
        "sessions",
        _("Log-ins that are over"),
        _("when they have run out"),
        _("They open nothing any more."),
        _sessions,
    ),
]


def rules():
    """Those of all apps (settings.RETENTION)."""
    return [rule for path in settings.RETENTION for rule in import_string(path)]


def counts():
    """How many rows each rule would forget now: [(rule, number)]."""
    return [(rule, sum(rows.count() for rows in rule.due())) for rule in rules()]


def sweep():
    """Forget what is due by the rules that have no broom of their own."""
    _by(rule for rule in rules() if not rule.is_swept_apart)


def sweep_all():
    """Forget what is due by any rule: [(rule, number)]."""
    return _by(rules())


def _by(some):
    return [(rule, sum(_forget(rows) for rows in rule.due())) for rule in some]


def _forget(rows):
    """A few at a time, so that nobody who posts waits long for the table."""
    number = 0
    while some := list(rows.order_by("pk").values_list("pk", flat=True)[:A_BATCH]):
        rows.model.objects.filter(pk__in=some).delete()
        number += len(some)
    return number
