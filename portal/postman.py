"""Empties the outbox: once a minute, and at once when something was posted.

With Redis the sending is Celery's; without it, or while Redis is down, a thread of the
process that was called does it. The page never waits: neither for Redis nor for a mail
server, for even Celery is called by that thread.

Several may empty the outbox at once, on both databases (portal.sending).
"""

import datetime as dt
import logging
import threading
import time

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection
from django.db import connections
from django.utils.module_loading import import_string

from portal import clock, lateness, notices, sending
from portal.models import Message

log = logging.getLogger(__name__)

EVERY = 60
# Without a worker the postman also makes the rounds: what other apps want posted by now.
AN_HOUR = dt.timedelta(hours=1)
# In seconds, and a little less: a round that is due each day must not come too early.
A_DAY = 23 * 60 * 60


def look():
    """Empty the outbox, and note that somebody did. How many were sent."""
    lateness.note_that_somebody_looked()
    return empty_outbox()


def empty_outbox():
    """Send what is due, and say how many were sent."""
    notices.gather()
    sent, noted = 0, time.monotonic()
    while Message.objects.due().exists():
        try:
            # A connection for each hand: many servers take some hundred mails on one.
            with get_connection() as server:
                held, left = sending.send_some(server)
        except OSError as error:
            # The server is down: no message is to blame, and none has lost a try.
            log.warning("The mail server does not answer: %s", error)
            break
        sent += left
        if left and time.monotonic() - noted > EVERY:
            lateness.note_that_something_left()
            noted = time.monotonic()
        if not held:
            # Another postman has them in hand.
            break
    return sent


def make_rounds():
    """Let each app post what is due by the calendar (settings.ROUNDS)."""
    for path in settings.ROUNDS:
        import_string(path)()
    sweep_rooms()


def sweep_rooms():
    """Forget what is old (settings.SWEEPS): once a day, whoever asks how often."""
    if not cache.add("postman.swept-rooms", clock.now(), A_DAY):
        return
    for path in settings.SWEEPS:
        try:
            import_string(path)()
        except Exception:
            # What is wrong with one keeps none of the others.
            log.exception("%s has swept nothing", path)


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
            if not _handed_to_a_worker():
                # There is no worker, or nobody can call it, or it does nothing.
                if rounds_at <= clock.now():
                    rounds_at = clock.now() + AN_HOUR
                    make_rounds()
                look()
        except Exception:
            # The next minute tries again; a postman that stops is worse.
            log.exception("The outbox was not emptied")
        finally:
            connections.close_all()


def _handed_to_a_worker():
    if not (settings.REDIS_URL and _handed_to_celery()):
        return False
    late = lateness.late()
    return late is None or late.looked


def _handed_to_celery():
    try:
        current_app.send_task("portal.tasks.empty_outbox", retry=False, expires=EVERY)
    except Exception as error:
        log.warning("Redis does not answer: %s", error)
        return False
    return True
