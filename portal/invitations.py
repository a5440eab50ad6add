"""How people get in: nobody signs up, everybody is invited.

An invitation is a link in a mail. It is signed, opens once, and runs out; whoever opens
it chooses a password, and has thereby shown that the address is theirs.
"""

import datetime as dt
import uuid

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from portal import audit, clock, outbox
from portal.models import Invitation

SALT = "portal.invitations"
GOOD_FOR = dt.timedelta(days=14)
# Two presses of one button are one invitation.
ONE_PRESS = dt.timedelta(minutes=1)


class NoLongerOpen(Exception):
    """The invitation has been used, replaced, or has run out."""


@transaction.atomic
def invite(user, *, by):
    """Send the user a link to choose a password with. An earlier link stops working.

    `by` is None when the portal itself invites. Raises ValueError if the user may not
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
        user=user, invited_by=by, expires_at=now + GOOD_FOR
    )
    outbox.post(
        "invitation",
        to=user,
        key=f"invitation:{invitation.uuid}",
        invitation=invitation.pk,
    )
    audit.record("user.invited", by=by, about=user)
    return invitation


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
def accept(invitation, *, password):
    """The invited person has chosen a password, and is let in by it from now on.

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
