"""Whether the ground's own mails may still leave, and what they need. See portal.mail.

Links that open something are made here, when the mail leaves: the outbox holds none.
"""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from portal import invitations, kinds
from portal.models import Invitation


def invitation(message):
    """Only the latest invitation is sent, and only while it opens something."""
    found = (
        Invitation.objects.select_related("invited_by")
        .open()
        .filter(pk=message.facts["invitation"])
        .first()
    )
    if found is None:
        return None
    return {"invitation": found, "link": invitations.link(found)}


def password_reset(message):
    """Who asks for a new password is told by mail, and by nobody else."""
    key = default_token_generator.make_token(message.to)
    path = reverse(
        "account_reset_password_from_key",
        args=[user_pk_to_url_str(message.to), key],
    )
    return {"link": f"{settings.PORTAL_URL}{path}"}


def log_head(message):
    """The newest line of the audit log, to lie outside the house. See portal.chain."""
    if not message.to.homes_protected:
        return None
    return {"head": message.facts["head"], "holds": message.facts["holds"]}


def digest(message):
    """How much is new, of each kind; nothing is sent about nothing."""
    told = kinds.wanted(message.to, message.notices.all())
    counts = kinds.counted(message.to, told)
    return {"counts": counts} if counts else None


def account_changed(message):
    """Told to everybody whose password or second factor has changed: was it you?"""
    return {"what": message.facts["what"]}
