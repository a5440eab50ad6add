"""What a mail says, decided when it leaves.

A message holds ids. The app that posted it has a function of the template's name (with
"-" as "_") in its `mails.py`: it is given the message and answers None when the
recipient may no longer have it, else a dict of what the letter needs. A template without
such a function is never sent. A function of the same name with "_to_all" behind it decides
about many at once, in as many statements as about one: it is given a list of messages and
answers by their numbers; what it leaves out is for its recipient no more. Such mails are
sent after all others, so that a link to log in does not wait for five thousand letters.

Mails are plain text and tell nothing: no resident's name, nothing that was written. What
there is to know stands behind the log-in. Only a newsletter holds its text, which is about
nobody, and is drawn once for all who read the same (`stencil` of its facts).
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Case, When
from django.template.loader import render_to_string
from django.utils import translation

from portal import kinds, rooms, unsubscribing
from portal.kinds import decision


class NotNow(Exception):
    """Raised by a decision: the mail waits `until` then, and no try of it is lost."""

    def __init__(self, until):
        super().__init__(until)
        self.until = until


# What compose() is given when nobody has decided yet.
UNDECIDED = object()


def urgent_first(messages):
    """In their order, but those that are decided together after all others."""
    last = Case(When(template__in=kinds.to_many(), then=1), default=0)
    return messages.order_by(last, "pk")


def decided_together(messages):
    """By number, for templates that decide so: facts, None, or what the decision raised."""
    decided = {}
    for template, decide in kinds.to_many().items():
        some = [one for one in messages if one.template == template]
        if not some:
            continue
        try:
            known = decide([one for one in some if one.to.is_active])
        except Exception as error:
            known = {one.pk: error for one in some}
        decided |= {one.pk: known.get(one.pk) for one in some}
    return decided


def compose(message, facts=UNDECIDED):
    """The letter, or None if it is no longer for the recipient.

    `facts` are what decided_together() said of it; if that is an exception, it is raised.
    """
    if isinstance(facts, Exception):
        raise facts
    if facts is None or not message.to.is_active:
        return None
    if facts is not UNDECIDED and (stencil := facts.get("stencil")):
        return stencil.filled(message.to, message.uuid, facts["stop_link"])
    with translation.override(message.to.language):
        told = list(message.notices.all())
        kept = kinds.wanted(message.to, told)
        if facts is UNDECIDED:
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
    written = letter(
        text,
        address=message.to.email,
        number=message.uuid,
        home=home,
        links=links | facts,
    )
    # For a calendar: the same file for programs that read it and to be opened by hand.
    if file := facts.get("file"):
        name, content, kind = file
        written.attach_alternative(content, kind)
        written.attach(name, content, kind)
    return written


def letter(text, *, address, number, home, links, html=""):
    """A mail of the portal's. `text` begins with its subject."""
    subject, _newline, body = text.strip().partition("\n")
    written = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[address],
        reply_to=[home.email] if home and home.email else None,
        headers={
            "Message-ID": f"<{number}@{urlsplit(settings.PORTAL_URL).hostname}>",
            # Keeps away the answers of machines: "I am on holiday".
            "Auto-Submitted": "auto-generated",
        }
        | unsubscribing.headers(links),
    )
    if html:
        written.attach_alternative(html, "text/html")
    return written
