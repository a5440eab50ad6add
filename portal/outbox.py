"""E-mails that leave exactly once.

A message is posted in the transaction of what it tells about, so that there is never a
mail about something that did not happen, nor a happening whose mail was forgotten.
Redis only makes it quick; a sweep sends what nobody has fetched.
"""

from portal.models import Message


def post(template, *, to, key, not_before=None, **facts):
    """Put a message in the outbox, in the caller's transaction.

    `template` names templates/mail/<template>.txt; `to` is a user; the same `key` is
    the same message and is posted once; `facts` are ids, never what was said.
    """
    details = {"template": template, "to": to, "facts": facts}
    if not_before:
        details["not_before"] = not_before
    message, _created = Message.objects.get_or_create(key=key, defaults=details)
    return message
