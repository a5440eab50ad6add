"""Which kinds of notices there are, and what each person has chosen for them.

An app says in `mails.py` what it sends notices about: `KINDS`. Mails that open a log-in or
guard it are no notices: nobody chooses about those (portal.outbox).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps
from django.db import transaction
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from portal import clock, mail_times
from portal.mail_times import When
from portal.models import Letterbox, Notice, User


def _mails():
    """The mails.py of each app that has one."""
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "mails"):
            yield import_module(f"{app.name}.mails")


def decision(template):
    """The function that decides about mails of this template. Raises LookupError."""
    name = template.replace("-", "_")
    for mails in _mails():
        if found := getattr(mails, name, None):
            return found
    raise LookupError(f"No mails.py decides about {template}.")


@cache
def to_many():
    """Template to the function that decides about many of its messages at once."""
    return {
        name.removesuffix("_to_all").replace("_", "-"): found
        for mails in _mails()
        for name, found in vars(mails).items()
        if name.endswith("_to_all")
    }


def _everybody(user):
    return True


def _by_decisions(user, notices):
    return [one for one in notices if decision(one.template)(one) is not None]


@dataclass(frozen=True)
class Kind:
    """Something that people may have mail about."""

    key: str
    label: str | Promise
    # When that is, in a sentence.
    text: str | Promise
    usual: When = When.WEEKLY
    may_be_never: bool = True
    # What may be chosen: a letter that leaves by itself on its day is not put by.
    may_wait: bool = True
    # Its mails leave by themselves: each brings a file for a calendar, say.
    alone: bool = False
    # Who is asked about it: nobody is asked about what they never get.
    offered: Callable[[User], bool] = _everybody
    # Which of a person's notices of this kind are still for them, when the mail leaves.
    still: Callable[[User, list[Notice]], Iterable[Notice]] = _by_decisions
    order: int = 50

    @property
    def choices(self):
        left_out = set() if self.may_be_never else {When.NEVER}
        if not self.may_wait:
            left_out |= {When.DAILY, When.WEEKLY}
        return [choice for choice in When.choices if choice[0] not in left_out]


@cache
def all_kinds():
    """Every kind, by its key, in the order in which people are asked."""
    found = [kind for mails in _mails() for kind in getattr(mails, "KINDS", [])]
    return {kind.key: kind for kind in sorted(found, key=lambda kind: kind.order)}


def of(user):
    """The kinds that this person is asked about."""
    return [kind for kind in all_kinds().values() if kind.offered(user)]


def chosen(kind, choices):
    """When the person with these choices (of a Letterbox, or None) is told of the kind."""
    when = (choices or {}).get(kind.key, kind.usual)
    return When(when) if when in dict(kind.choices) else kind.usual


def wanted(user, notices):
    """Those of them that the person wants mail about, at this instant."""
    known = all_kinds()
    return [
        one for one in notices if (kind := known.get(one.kind)) and wants(user, kind)
    ]


def wants(user, kind):
    """Whether the person wants mail about such things at all."""
    return chosen(kind, letterbox(user).choices) != When.NEVER


def counted(user, notices):
    """How many of a person's notices are still for them, by kind. No kind has none."""
    still = {
        kind: len(list(kind.still(user, [n for n in notices if n.kind == kind.key])))
        for kind in all_kinds().values()
        if any(one.kind == kind.key for one in notices)
    }
    return {kind: count for kind, count in still.items() if count}


def letterbox(user):
    """What the person has chosen; as usual if nothing."""
    return getattr(user, "letterbox", None) or Letterbox(user=user)


@transaction.atomic
def choose(user, choices, *, rests=None):
    """The person wants to hear of these kinds at these times (None: as is usual).

    What waits to be told is told by the new choice; of what they want no mail about,
    nothing more is told.
    """
    Letterbox.objects.get_or_create(user=user)
    box = Letterbox.objects.select_for_update().get(user=user)
    before = dict(box.choices)
    box.choices = {
        key: when for key, when in (before | choices).items() if when is not None
    }
    if rests is not None:
        box.rests = rests
    box.save(update_fields=["choices", "rests"])
    for kind in all_kinds().values():
        if chosen(kind, box.choices) != chosen(kind, before):
            _tell_otherwise(kind, box)
    return box


def _tell_otherwise(kind, box):
    """What of the kind waits to be told, by another choice than before."""
    waiting = Notice.objects.waiting().filter(to=box.user_id, kind=kind.key)
    when = chosen(kind, box.choices)
    if when == When.NEVER:
        waiting.delete()
    else:
        waiting.update(due_at=mail_times.due(when, clock.now(), rests=box.rests))
