"""E-mails that leave exactly once.

A message is posted in the transaction of what it tells about, so that there is never a
mail about something that did not happen, nor a happening whose mail was forgotten.
portal.postman fetches it after the commit; what it left lying, it fetches a minute later.
"""

from django.db import connection, transaction

from portal import postman
from portal.models import Message


def post(template, *, to, key, not_before=None, **facts):
    """Put a message in the outbox, in the caller's transaction.

    `template` names templates/mail/<template>.txt, and the function in some app's
    mails.py that decides again when the mail leaves (portal.mail); `to` is a user; the
    same `key` is the same message and is posted once; `facts` are ids, never what was
    said.
    """
    details = {"template": template, "to": to, "facts": facts}
    if not_before:
        details["not_before"] = not_before
    message, _created = Message.objects.get_or_create(key=key, defaults=details)
    _fetch_after_commit()
    return message


def post_to_all(template, *, to, key, not_before=None, **facts):
    """The same message to many users, in one statement. Each has the key "<key>:<user>"."""
    details = {"template": template, "facts": facts}
    if not_before:
        details["not_before"] = not_before
    Message.objects.bulk_create(
        [Message(key=f"{key}:{user.pk}", to=user, **details) for user in to],
        ignore_conflicts=True,
    )
    _fetch_after_commit()


def _fetch_after_commit():
    # Two hundred messages in one transaction need the postman once.
    if not any(entry[1] is postman.call for entry in connection.run_on_commit):
        transaction.on_commit(postman.call, robust=True)
