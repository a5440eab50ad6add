"""Empties the outbox: once a minute, and at once when something was posted.

With Redis the sending is Celery's; without it, or while Redis is down, a thread of the
process that was called does it. The page never waits: neither for Redis nor for a mail
server, for even Celery is called by that thread.

Several may empty the outbox at once, on both databases: a message is claimed by moving
its `not_before` on, and only one can do that. Whoever dies with a message in hand has
not lost it, it is due again when the claim runs out.
"""

import contextlib
import datetime as dt
import logging
import threading
from smtplib import SMTPRecipientsRefused

from celery import current_app
from django.conf import settings
from django.core.mail import get_connection
from django.db import connections
from django.db.models import F
from django.utils.module_loading import import_string

from portal import bounces, clock, mail, notices
from portal.models import Message

log = logging.getLogger(__name__)

EVERY = 60
# Without a worker the postman also makes the rounds: what other apps want posted by now.
AN_HOUR = dt.timedelta(hours=1)
AT_ONCE = 100
# Longer than a slow mail server may take with one message.
CLAIM = dt.timedelta(minutes=5)
# Four days in all, as mail servers do among themselves (RFC 5321, 4.5.4.1).
WAITS = [dt.timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720)] + [
    dt.timedelta(days=1)
] * 3


def empty_outbox():
    """Send what is due, and say how many were sent."""
    notices.gather()
    sent = 0
    while due := list(Message.objects.due().values_list("pk", "not_before")[:AT_ONCE]):
        try:
            with get_connection() as server:
                sent += sum(_send(server, *claim) for claim in due)
        except OSError as error:
            # The server is down: no message is to blame, and none has lost a try.
            log.warning("The mail server does not answer: %s", error)
            break
    return sent


def make_rounds():
    """Let each app post what is due by the calendar (settings.ROUNDS)."""
    for path in settings.ROUNDS:
        import_string(path)()


def _send(server, pk, not_before):
    now = clock.now()
    claimed = Message.objects.filter(
        pk=pk, not_before=not_before, sent_at=None, given_up_at=None
    ).update(not_before=now + CLAIM, attempts=F("attempts") + 1)
    if not claimed:
        return False
    message = Message.objects.select_related("to__letterbox").get(pk=pk)
    if morning := notices.morning(message):
        # It was to leave in the evening, and the mail server was not there.
        _put_off(message, morning)
        return False
    try:
        letter = mail.compose(message)
        if letter is not None:
            letter.connection = server
            letter.send()
    except mail.NotNow as answer:
        _put_off(message, answer.until)
        return False
    except Exception as error:
        log.exception("Message %s was not sent", message.uuid)
        _failed(message, error)
        with contextlib.suppress(Exception):
            server.close()
        # Raises when it is the server that is gone, and so ends the round.
        server.open()
        return False
    if letter is None:
        _give_up(message, "It is no longer for the recipient.")
        return False
    message.sent_at, message.last_error = clock.now(), ""
    message.save(update_fields=["sent_at", "last_error"])
    bounces.unmark(message.to, at_the_door=True)
    return True


def _put_off(message, until):
    message.not_before, message.attempts = until, message.attempts - 1
    message.save(update_fields=["not_before", "attempts"])


def _failed(message, error):
    for_good = isinstance(error, SMTPRecipientsRefused) and all(
        code >= 500 for code, _text in error.recipients.values()
    )
    if for_good:
        bounces.mark(message.to, message.to.email, str(error), at_the_door=True)
    if for_good or message.attempts >= len(WAITS):
        _give_up(message, str(error))
        return
    message.not_before = clock.now() + WAITS[message.attempts - 1]
    message.last_error = str(error)[:300]
    message.save(update_fields=["not_before", "last_error"])


def _give_up(message, why):
    message.given_up_at, message.last_error = clock.now(), why[:300]
    message.save(update_fields=["given_up_at", "last_error"])


_called = threading.Event()
_lock = threading.Lock()
_thread = None


def call():
    """Something was posted. Returns at once."""
    _called.set()
    start()


def start():
    """Have a postman in this process."""
    global _thread
    with _lock:
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_wait_for_calls, daemon=True)
            _thread.start()


def _wait_for_calls():
    rounds_at = clock.now()
    while True:
        _called.wait(EVERY)
        _called.clear()
        try:
            if not (settings.REDIS_URL and _handed_to_celery()):
                # There is no worker, or nobody can call it.
                if rounds_at <= clock.now():
                    rounds_at = clock.now() + AN_HOUR
                    make_rounds()
                empty_outbox()
        except Exception:
            # The next minute tries again; a postman that stops is worse.
            log.exception("The outbox was not emptied")
        finally:
            connections.close_all()


def _handed_to_celery():
    try:
        current_app.send_task("portal.tasks.empty_outbox", retry=False, expires=EVERY)
    except Exception as error:
        log.warning("Redis does not answer: %s", error)
        return False
    return True
