"""The invitation as a letter: with a square for the telephone, and a code to type."""

from urllib.parse import urlsplit

import qrcode
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from qrcode.constants import ERROR_CORRECT_M

from portal import clock, codes, drawing, pdf, rooms
from portal.accounts import mitid

TEMPLATE = "pdf/way_in.html"
# No name in it: the file may lie on a computer that others use.
NAME = "invitation.pdf"


def answer(request, print_it, *, lines=(), called=""):
    """The letter with a code that is new. `print_it` makes it and gives (invitation, code).

    Drawn while the page waits, and never laid aside, for it opens a log-in. Where it
    cannot be drawn nothing has happened: what was sent before still works.
    """
    try:
        with transaction.atomic():
            invitation, code = print_it()
            told = words(invitation, code, lines=lines, called=called)
            paper = pdf.render(TEMPLATE, told)
    except pdf.Unavailable:
        return pdf.unavailable(request)
    except pdf.Failed as error:
        return drawing.failed(request, error)
    return pdf.response(paper, filename=NAME)


def words(invitation, code, *, lines=(), called=""):
    """What stands in it. No resident is named: others may open the envelope.

    `lines` are for the window of the envelope, `called` is how the person is greeted.
    """
    user, now = invitation.user, localtime(clock.now())
    home = rooms.home_of(user)
    with translation.override("da"):
        return {
            "home": home.name,
            "home_address": home.address,
            "phone": home.phone,
            "day": date_format(now, "DATE_FORMAT"),
            "lines": lines or [user.name],
            "called": called or user.name,
            "from": str(invitation.invited_by or home),
            "until": date_format(localtime(invitation.expires_at), "DATE_FORMAT"),
            "by_cpr": bool(invitation.cpr_digest),
            "mitid": mitid.is_offered(),
            "code": codes.in_groups(code),
            "typed": typed_address(),
            "square": square(address(code)),
            "written": now.isoformat(timespec="seconds"),
        }


def address(code):
    """What the telephone reads from the square."""
    path = reverse("invitation", args=[codes.in_groups(code)])
    return f"{settings.PORTAL_URL}{path}"


def typed_address():
    """As short as it can be typed into a browser."""
    return urlsplit(settings.PORTAL_URL).netloc + reverse("invitation-code").rstrip("/")


def square(text):
    """The QR code as an SVG path, a unit a module, with the light border it must have."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return {"path": path, "size": len(rows)}
