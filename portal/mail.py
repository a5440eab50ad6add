"""What a mail says, decided when it leaves.

A message holds ids. The app that posted it has a function of the template's name (with
"-" as "_") in its `mails.py`: it is given the message and answers None when the
recipient may no longer have it, else a dict of what the letter needs. A template without
such a function is never sent.

Mails are plain text and tell nothing: no resident's name, nothing that was written. What
there is to know stands behind the log-in. Only a newsletter holds its text, which is about
nobody, and brings it as HTML too (`html` of its facts).
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from portal import kinds, rooms, unsubscribing
from portal.kinds import decision


class NotNow(Exception):
    """Raised by a decision: the mail waits `until` then, and no try of it is lost."""

    def __init__(self, until):
        super().__init__(until)
        self.until = until


def compose(message):
    """The letter, or None if it is no longer for the recipient."""
    if not message.to.is_active:
        return None
    with translation.override(message.to.language):
        told = list(message.notices.all())
        kept = kinds.wanted(message.to, told)
        facts = decision(message.template)(message) if kept or not told else None
        if facts is None:
            return None
        home = rooms.home_of(message.to)
        links = unsubscribing.links(message.to, kept)
        text = render_to_string(
            f"mail/{message.template}.txt",
            {"person": message.to, "home": home, "portal": settings.PORTAL_URL}
            | links
            | facts,
        )
    subject, _newline, body = text.strip().partition("\n")
    letter = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[message.to.email],
        reply_to=[home.email] if home and home.email else None,
        headers={
            "Message-ID": f"<{message.uuid}@{urlsplit(settings.PORTAL_URL).hostname}>",
            # Keeps away the answers of machines: "I am on holiday".
            "Auto-Submitted": "auto-generated",
        }
        | unsubscribing.headers(links | facts),
    )
    if html := facts.get("html"):
        letter.attach_alternative(html, "text/html")
    # For a calendar: the same file for programs that read it and to be opened by hand.
    if file := facts.get("file"):
        name, content, kind = file
        letter.attach_alternative(content, kind)
        letter.attach(name, content, kind)
    return letter
