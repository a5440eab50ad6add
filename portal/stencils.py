"""Letters that are drawn once for many readers, and filled in for each.

Drawing five thousand mails of two parts takes longer than handing them over. A stencil is one
whole mail with marks where a reader's own words belong: name, address, number, the link that
says stop. What does not fit (a strange address, lines that were folded) is drawn as usual.
"""

import re
import secrets
from email.utils import formatdate, parseaddr

from django.core.mail import EmailMultiAlternatives
from django.utils.html import escape

from portal import mail

# Drawn by chance, so that nothing that somebody wrote can hold them. The names have a letter
# of more than seven bits, so that the mail is made for all names.
NAME, HTML_NAME = f"€{secrets.token_hex(16)}", f"€{secrets.token_hex(16)}"
# As long as a link, so that the line is folded as it would be.
STOP = secrets.token_hex(75)
NUMBER, DATE = secrets.token_hex(16), secrets.token_hex(16)
ADDRESS = f"{secrets.token_hex(16)}@reader.invalid"
PLAIN_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


class Stencil:
    """One whole mail with the marks in it: `text` begins with its subject."""

    def __init__(self, text, html, *, home):
        self.drawn = mail.letter(
            text,
            address=ADDRESS,
            number=NUMBER,
            home=home,
            links={"stop_link": STOP},
            html=html.replace(NAME, HTML_NAME),
        )
        self.drawn.extra_headers["Date"] = DATE
        self.content = self.drawn.message().as_bytes(linesep="\r\n")
        self.sender = ("", parseaddr(self.drawn.from_email)[1])
        self.fits = b"quoted-printable" not in self.content and all(
            mark.encode() in self.content for mark in (ADDRESS, NUMBER, DATE, STOP)
        )

    def filled(self, person, number, stop_link):
        """This person's letter."""
        name = " ".join(person.name.split())
        words = {
            NAME: name,
            HTML_NAME: escape(name),
            STOP: stop_link,
            ADDRESS: person.email,
            NUMBER: str(number),
            DATE: formatdate(),
        }
        fits = self.fits and PLAIN_ADDRESS.fullmatch(person.email)
        return Filled(self, words, ready=bool(fits))


class Filled(EmailMultiAlternatives):
    """One reader's. A mail like any other, but quicker to write down."""

    def __init__(self, stencil, words, *, ready):
        drawn, self.content = stencil.drawn, None
        super().__init__(
            subject=drawn.subject,
            body=_filled(drawn.body, words),
            from_email=drawn.from_email,
            to=[words[ADDRESS]],
            reply_to=drawn.reply_to,
            headers={k: _filled(v, words) for k, v in drawn.extra_headers.items()},
            alternatives=[(_filled(h, words), kind) for h, kind in drawn.alternatives],
        )
        if ready:
            ours = {mark.encode(): word.encode() for mark, word in words.items()}
            self.content = _filled(stencil.content, ours)
            # As pairs, for taking an address apart takes longer than all the rest.
            self.from_email = stencil.sender

    def message(self):
        return _Written(self.content) if self.content else super().message()

    def recipients(self):
        return [("", one) for one in self.to] if self.content else super().recipients()


class _Written:
    """What a mail server is given, and a file."""

    def __init__(self, content):
        self.content = content

    def as_bytes(self, *, linesep="\n", **_unixfrom):
        if linesep == "\r\n":
            return self.content
        return self.content.replace(b"\r\n", linesep.encode())


def _filled(text, words):
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text
