"""How people get in: nobody signs up, everybody is invited.

An invitation is a link in a mail. It is signed, opens once, and runs out; whoever opens
it chooses a password, and has thereby shown that the address is theirs.
"""

import datetime as dt
import uuid

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import audit, clock, cpr, outbox
from portal.models import Invitation, Message

SALT = "portal.invitations"
GOOD_FOR = dt.timedelta(days=14)
# Two presses of one button are one invitation.
ONE_PRESS = dt.timedelta(minutes=1)


class State(models.TextChoices):
    """How far somebody is on the way in."""

    IN = "in", _("can log in")
    OPEN = "open", _("invited")
    RUN_OUT = "run_out", _("the invitation has run out")
    NOT_DELIVERED = "not_delivered", _("the mail could not be delivered")
    NOT_INVITED = "not_invited", _("not invited")
    CLOSED = "closed", _("the log-in is closed")


class NoLongerOpen(Exception):
    """The invitation has been used, replaced, or has run out."""


@transaction.atomic
def invite(user, *, by, cpr_number=""):
    """Send the user a link to choose a password with. An earlier link stops working.

    With a CPR number only the person who has it can use the link with MitID. `by` is None when the portal itself invites. Raises ValueError if the user may not
    log in at all.
    """
    if not user.is_active:
        raise ValueError("Somebody who may not log in is not invited.")
    # Locks the user, so that two at once come one after the other.
    type(user).objects.select_for_update().get(pk=user.pk)
    now = clock.now()
    earlier = Invitation.objects.open().filter(user=user)
    just_sent = earlier.filter(invited_at__gt=now - ONE_PRESS).first()
    if just_sent:
        return just_sent
    earlier.update(expires_at=now)
    invitation = Invitation.objects.create(
        user=user,
        invited_by=by,
        expires_at=now + GOOD_FOR,
        cpr_digest=cpr.digests(cpr_number)[0] if cpr_number else "",
    )
    outbox.post(
        "invitation",
        to=user,
        key=f"invitation:{invitation.uuid}",
        invitation=invitation.pk,
    )
    audit.record("user.invited", by=by, about=user)
    return invitation


def take_back(user):
    """No link that was sent to the user opens anything any more."""
    Invitation.objects.open().filter(user=user).update(expires_at=clock.now())


def link(invitation):
    """The address that opens the invitation. Whoever has it is let in."""
    token = signing.dumps(str(invitation.uuid), salt=SALT)
    return f"{settings.PORTAL_URL}{reverse('invitation', args=[token])}"


def opened_by(token):
    """The open invitation of this link. Raises NoLongerOpen, whatever is wrong with it."""
    try:
        number = uuid.UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        raise NoLongerOpen from None
    invitation = (
        Invitation.objects.open()
        .select_related("user", "invited_by")
        .filter(uuid=number, user__is_active=True)
        .first()
    )
    if invitation is None:
        raise NoLongerOpen
    return invitation


@transaction.atomic
def accept(invitation, *, password=None):
    """The invited person is let in from now on: by the password, or without one by MitID.

    Raises NoLongerOpen if somebody was quicker with the same link.
    """
    used = (
        Invitation.objects.open().filter(pk=invitation.pk).update(used_at=clock.now())
    )
    if not used:
        raise NoLongerOpen
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    # The mail reached them: nobody else has the link.
    EmailAddress.objects.update_or_create(
        user=user,
        email=user.email.lower(),
        defaults={"verified": True, "primary": True},
    )
    audit.record("user.accepted_invitation", by=user, about=user)
    return user


def states(people):
    """How far each of these users is on the way in: {user: State}. Two queries."""
    latest = {}
    for one in Invitation.objects.filter(user__in=people).order_by("invited_at", "pk"):
        latest[one.user_id] = one
    keys = {f"invitation:{one.uuid}": one.user_id for one in latest.values()}
    returned = {
        keys[key]
        for key in Message.objects.filter(
            key__in=keys, given_up_at__isnull=False
        ).values_list("key", flat=True)
    }
    now = clock.now()
    return {p: _state(p, latest.get(p.pk), p.pk in returned, now) for p in people}


def _state(person, latest, is_returned, now):
    if not person.is_active:
        return State.CLOSED
    if person.has_usable_password() or (latest and latest.used_at):
        return State.IN
    if latest is None:
        return State.NOT_INVITED
    if is_returned:
        return State.NOT_DELIVERED
    return State.OPEN if latest.expires_at > now else State.RUN_OUT
