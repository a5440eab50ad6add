"""Helping with somebody's log-in: a lost telephone, a stranger at the screen, an end to it.

Whoever helps never comes to know a password or a code: the person sets both up anew
(OWASP ASVS 6.4.6 and 7.4.5).
"""

from django.db import transaction

from portal import actions, audit, invitations
from portal.accounts import sessions


@transaction.atomic
def close(person, *, by):
    """They cannot log in, and are logged out everywhere. What they wrote stays."""
    if not person.is_active:
        return
    person.is_active = False
    person.save(update_fields=["is_active"])
    invitations.take_back(person)
    audit.record("user.closed", by=by, about=person)
    sessions.end(person, by=by)


@transaction.atomic
def open_again(person, *, by):
    """They log in as before; what they may see is asked anew, as always."""
    if person.is_active:
        return
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit.record("user.opened", by=by, about=person)


def log_out(person, *, by):
    """On every telephone and computer. They can log in again at once."""
    sessions.end(person, by=by)


# What a page's buttons are called.
ACTS = {
    "forget-codes": actions.forget_second_factor,
    "log-out": log_out,
    "close": close,
    "open": open_again,
}
