"""What has been noted for people to be told of, put into messages at once."""

import re

from portal import notices
from portal.models import Message, Notice


def gathered():
    """Every message there is; each notice is one by itself, as if nothing else were new."""
    for notice in Notice.objects.waiting().order_by("pk"):
        notices._post([notice])
    return Message.objects.all()


# The token of a stop link is drawn by chance, and any two letters may stand in it.
STOP_LINK = re.compile(r"(?<=/mail/stop/)[\w:=-]+")


def words_of(letter):
    """All that a reader sees of a mail: its subject and its words, without a token."""
    return f"{letter.subject}\n{STOP_LINK.sub('', letter.body)}"
