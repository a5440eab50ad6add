"""Addresses that mails do not reach: marked, shown to staff, and forgotten when it is over.

A mail server says so at once (portal.postman), or writes back later (RFC 3464).
"""

import email
import email.policy
from dataclasses import dataclass
from email.utils import parseaddr
from uuid import UUID

from portal import clock
from portal.models import Letterbox, Message


@dataclass(frozen=True)
class Report:
    """What a mail server wrote about one of our mails."""

    message: Message
    # The address that the mail was sent to.
    address: str
    # "failed", "delivered", "delayed", …
    action: str
    why: str


def mark(user, address, why, *, at_the_door):
    """The address was refused: `at_the_door`, when the mail was handed over, or later."""
    Letterbox.objects.update_or_create(
        user=user,
        defaults={
            "refused_address": address,
            "refused_at": clock.now(),
            "refused_why": why[:300],
            "refused_at_the_door": at_the_door,
        },
    )


def unmark(user, *, at_the_door):
    """A mail was taken at the door, or has come all the way, which says more."""
    found = Letterbox.objects.filter(user=user).exclude(refused_address="")
    if at_the_door:
        # Who writes back that nobody lives there took the mail at the door, too.
        found = found.filter(refused_at_the_door=True)
    found.update(refused_address="", refused_at=None, refused_why="")


def of(user):
    """The person's letterbox if mails do not reach their address, else None."""
    box = user and Letterbox.objects.select_related("user").filter(user=user).first()
    return box if box and box.is_refused else None


def take(text):
    """Mark what a bounce tells of, and say what was done. Bytes, from anybody."""
    report = read(text)
    if report is None:
        return None
    # A bounce of a mail to an address that has been put right since says nothing.
    if report.address.lower() == report.message.to.email.lower():
        if report.action == "failed":
            user = report.message.to
            mark(user, user.email, report.why, at_the_door=False)
        elif report.action == "delivered":
            unmark(report.message.to, at_the_door=False)
    return report


def read(text):
    """The report in a mail, or None if it is none, or about no mail of ours."""
    try:
        return _read(text)
    except RecursionError:
        # Parts within parts, a thousand deep: no mail server writes so, and whoever does
        # must not have the mail come again and again.
        return None


def _read(text):
    mail = email.message_from_bytes(text, policy=email.policy.compat32)
    fields, ours = {}, None
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status" and isinstance(part.get_payload(), list):
            for block in part.get_payload():
                if block.get("Action"):
                    fields = block
        elif kind == "text/rfc822-headers":
            ours = email.message_from_string(str(part.get_payload()))
        elif kind == "message/rfc822" and isinstance(part.get_payload(), list):
            ours = part.get_payload()[0]
    message = ours and _message(str(ours.get("Message-ID", "")))
    if not (fields and message):
        return None
    return Report(
        message=message,
        address=parseaddr(str(ours.get("To", "")))[1],
        action=str(fields.get("Action", "")).strip().lower(),
        why=" ".join(
            " ".join(
                str(fields.get(name, "")) for name in ("Status", "Diagnostic-Code")
            )
            .replace("\0", "")
            .split()
        ),
    )


def _message(number):
    try:
        uuid = UUID(number.strip().strip("<>").partition("@")[0])
    except ValueError:
        return None
    return Message.objects.select_related("to").filter(uuid=uuid).first()
