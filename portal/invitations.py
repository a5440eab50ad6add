"""How people get in: nobody signs up, everybody is invited.

An invitation is a link in a mail, or a code on a letter. It opens once, and runs out.
Whoever opens the link has shown that the address is theirs; whoever has the letter says
the address too, and it must be the one that staff wrote down.
"""

import datetime as dt
import hmac
import uuid

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import audit, clock, codes, cpr, outbox
from portal.models import Invitation, Message

SALT = "portal.invitations"
GOOD_FOR = dt.timedelta(days=14)
# A letter lies in a postbox, and on a kitchen table.
LETTER_GOOD_FOR = dt.timedelta(days=28)
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

    With a CPR number only the person who has it can use it. `by` is None when the portal
    itself invites. Raises ValueError if the user may not log in at all.
    """
    _lock(user)
    now = clock.now()
    by_mail = Invitation.objects.open().filter(user=user, code_digest="")
    just_sent = by_mail.filter(invited_at__gt=now - ONE_PRESS).first()
    if just_sent:
        return just_sent
    invitation = _new(user, by=by, cpr_number=cpr_number, good_for=GOOD_FOR)
    outbox.post(
        "invitation",
        to=user,
        key=f"invitation:{invitation.uuid}",
        invitation=invitation.pk,
    )
    audit.record("user.invited", by=by, about=user)
    return invitation


@transaction.atomic
def print_for(user, *, by, cpr_number=""):
    """A new code for a letter to the user: (invitation, code). What was sent or printed
    before stops working. The code is kept nowhere: a second print has another.

    Raises ValueError if the user may not log in at all.
    """
    _lock(user)
    code = codes.new()
    invitation = _new(
        user,
        by=by,
        cpr_number=cpr_number,
        good_for=LETTER_GOOD_FOR,
        code_digest=codes.digests(code)[0],
    )
    audit.record("user.invitation_printed", by=by, about=user)
    return invitation, code


def _lock(user):
    if not user.is_active:
        raise ValueError("Somebody who may not log in is not invited.")
    # Two at once come one after the other.
    type(user).objects.select_for_update().get(pk=user.pk)


def _new(user, *, by, cpr_number, good_for, **secret):
    now = clock.now()
    Invitation.objects.open().filter(user=user).update(expires_at=now)
    return Invitation.objects.create(
        user=user,
        invited_by=by,
        expires_at=now + good_for,
        cpr_digest=cpr.digests(cpr_number)[0] if cpr_number else "",
        **secret,
    )


def take_back(user):
    """No link that was sent to the user opens anything any more."""
    Invitation.objects.open().filter(user=user).update(expires_at=clock.now())


def link(invitation):
    """The address that opens the invitation. Whoever has it is let in."""
    token = signing.dumps(str(invitation.uuid), salt=SALT)
    return f"{settings.PORTAL_URL}{reverse('invitation', args=[token])}"


def opened_by(token):
    """The open invitation of this link, or of this code on paper.

    Raises NoLongerOpen, whatever is wrong with it.
    """
    invitation = (
        Invitation.objects.open()
        .select_related("user", "invited_by")
        .filter(_named_by(token), user__is_active=True)
        .first()
    )
    if invitation is None:
        raise NoLongerOpen
    return invitation


def _named_by(token):
    try:
        return models.Q(code_digest__in=codes.digests(codes.read(token)))
    except ValueError:
        pass
    try:
        number = uuid.UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        raise NoLongerOpen from None
    return models.Q(uuid=number)


def is_for(invitation, number):
    """Whether somebody with this CPR number is the one for whom it was written.

    Where no number was written down with it, whoever was given the letter is.
    """
    if not invitation.cpr_digest:
        return True
    try:
        digests = cpr.digests(cpr.read(number))
    except ValueError:
        return False
    return any(hmac.compare_digest(invitation.cpr_digest, one) for one in digests)


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
    # The mail reached them, or they wrote the address that staff had written too.
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
