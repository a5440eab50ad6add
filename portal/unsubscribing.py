"""Links in a mail by which its reader has no more of the kind: one click, no log-in.

RFC 2369 and RFC 8058. Signed for one person and for the kinds that the mail told of; the
link does not run out, for mails are read late, and opens nothing else.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from portal import kinds
from portal.models import User

SALT = "portal.unsubscribing"


def links(user, notices):
    """Where the reader chooses, and where they say stop; nothing for other mails."""
    if not notices:
        return {}
    known = kinds.all_kinds()
    keys = sorted({one.kind for one in notices if known[one.kind].may_be_never})
    stop = stop_links(keys)(user) if keys else ""
    return {"choices_link": choices_link(), "stop_link": stop}


def choices_link():
    return f"{settings.PORTAL_URL}{reverse('mail-choices')}"


def headers(links):
    """What a mail program needs for a button of its own."""
    if not links.get("stop_link"):
        return {}
    return {
        "List-Unsubscribe": f"<{links['stop_link']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def opened_by(token):
    """Whose link it is, and for which kinds. Raises signing.BadSignature if it is none."""
    try:
        number, keys = signing.Signer(salt=SALT).unsign_object(token)
        user = User.objects.get(uuid=UUID(number))
    except (ValueError, TypeError, User.DoesNotExist):
        raise signing.BadSignature from None
    known = kinds.all_kinds()
    return user, [known[key] for key in keys if key in known]


def stop_links(keys):
    """For many: the function that answers each one's link for the same kinds."""
    signer = signing.Signer(salt=SALT)
    page = f"{settings.PORTAL_URL}{reverse('mail-stop', args=['-'])}"
    before, _dash, after = page.rpartition("-")

    def link(user):
        return f"{before}{signer.sign_object([user.uuid.hex, keys])}{after}"

    return link
