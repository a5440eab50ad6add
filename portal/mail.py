"""What a mail says, decided when it leaves.

A message holds ids. The app that posted it has a function of the template's name (with
"-" as "_") in its `mails.py`: it is given the message and answers None when the
recipient may no longer have it, else a dict of what the letter needs. A template without
such a function is never sent.

Mails are plain text and tell nothing: no resident's name, nothing that was written. What
there is to know stands behind the log-in.
"""

from importlib import import_module
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import module_has_submodule

from portal import rooms


def decision(template):
    """The function that decides about mails of this template. Raises LookupError."""
    name = template.replace("-", "_")
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "mails"):
            found = getattr(import_module(f"{app.name}.mails"), name, None)
            if found:
                return found
    raise LookupError(f"No mails.py decides about {template}.")


def compose(message):
    """The letter, or None if it is no longer for the recipient."""
    if not message.to.is_active:
        return None
    with translation.override(message.to.language):
        facts = decision(message.template)(message)
        if facts is None:
            return None
        home = rooms.home_of(message.to)
        text = render_to_string(
            f"mail/{message.template}.txt",
            {"person": message.to, "home": home, "portal": settings.PORTAL_URL} | facts,
        )
    subject, _newline, body = text.strip().partition("\n")
    letter = EmailMultiAlternatives(
        subject=subject.strip(),
        body=body.strip() + "\n",
        to=[message.to.email],
        reply_to=[home.email] if home and home.email else None,
        headers={
            "Message-ID": f"<{message.uuid}@{urlsplit(settings.PORTAL_URL).hostname}>",
            # Keeps away the answers of machines: "I am on holiday".
            "Auto-Submitted": "auto-generated",
        },
    )
    # For a calendar: the same file for programs that read it and to be opened by hand.
    if file := facts.get("file"):
        name, content, kind = file
        letter.attach_alternative(content, kind)
        letter.attach(name, content, kind)
    return letter
