"""What is due, sent: claimed together, decided together, handed over one by one.

A postman takes some messages into its hand by moving their `not_before` on, and only one
can do that, on both databases. What each recipient may still have is asked for all of them
at once, and again as soon as the answer is a second old. Each that the mail server took is
noted before the next is handed to it: whoever dies leaves one in doubt at the most, with
the same Message-ID, and the others are due again when the claim runs out.
"""

import contextlib
import datetime as dt
import logging
import time
from smtplib import SMTPRecipientsRefused

from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from portal import bounces, clock, mail, notices
from portal.models import Message

log = logging.getLogger(__name__)

NOTE = 'UPDATE "portal_message" SET "sent_at" = %s WHERE "id" = %s'

AT_ONCE = 100
CLAIM = dt.timedelta(minutes=5)
# Nothing is begun later than this, for a slow server must answer within the claim.
BEGUN_WITHIN = CLAIM / 2
# In seconds: what was decided about a letter is no older when it leaves.
FRESH = 1
# Four days in all, as mail servers do among themselves (RFC 5321, 4.5.4.1).
WAITS = [dt.timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720)] + [
    dt.timedelta(days=1)
] * 3


class Hand:
    """Some messages that nobody else sends until the claim runs out. May be empty."""

    def __init__(self):
        self.since = clock.now()
        self.until = self.since + CLAIM
        with transaction.atomic():
            due = mail.urgent_first(Message.objects.due())
            due = due.select_for_update(skip_locked=True)
            self.left = list(due.values_list("pk", flat=True)[:AT_ONCE])
            Message.objects.filter(pk__in=self.left).update(not_before=self.until)

    def __bool__(self):
        return bool(self.left)

    def messages(self):
        """Each that may still leave, with what was decided about it for all of them."""
        decided, at = {}, None
        while self.left and clock.now() < self.since + BEGUN_WITHIN:
            if at is None or time.monotonic() - at > FRESH:
                decided, at = self._decided(), time.monotonic()
            number = self.left.pop(0)
            if number in decided:
                yield decided[number]

    def let_go(self):
        """What it did not come to is due again, and has not lost a try."""
        if self.left:
            self._mine().update(not_before=clock.now())

    def _mine(self):
        return Message.objects.filter(
            pk__in=self.left, not_before=self.until, sent_at=None, given_up_at=None
        )

    def _decided(self):
        """By number. Those that are not for now, or for nobody, are put away at once."""
        messages = list(self._mine().select_related("to__letterbox").order_by("pk"))
        known = mail.decided_together(messages)
        alone = [message for message in messages if message.pk not in known]
        prefetch_related_objects(alone, "notices")
        decided, over, later = {}, [], {}
        for message in messages:
            facts = known.get(message.pk, mail.UNDECIDED)
            until = None
            if isinstance(facts, mail.NotNow):
                until = facts.until
            elif facts is mail.UNDECIDED:
                # It was to leave in the evening, and the mail server was not there.
                until = notices.morning(message)
            if until:
                later.setdefault(until, []).append(message.pk)
            elif facts is None:
                over.append(message.pk)
            else:
                decided[message.pk] = (message, facts)
        for until, some in later.items():
            _put_off(some, until)
        if over:
            _give_up(over)
        return decided


def send_some(server):
    """Send what is due, as much as one hand holds: how many it held, how many left."""
    hand = Hand()
    held, sent = len(hand.left), 0
    try:
        for message, facts in hand.messages():
            sent += _send(server, message, facts)
    finally:
        hand.let_go()
    return held, sent


def _send(server, message, facts):
    try:
        letter = mail.compose(message, facts)
        if letter is not None:
            letter.connection = server
            letter.send()
    except mail.NotNow as answer:
        _put_off([message.pk], answer.until)
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
        _give_up([message.pk])
        return False
    _note_as_sent(message)
    box = getattr(message.to, "letterbox", None)
    if box and box.refused_address:
        bounces.unmark(message.to, at_the_door=True)
    return True


def _note_as_sent(message):
    """Once a letter, and written by hand: making the statement took longer than asking it."""
    now = connection.ops.adapt_datetimefield_value(clock.now())
    with connection.cursor() as cursor:
        cursor.execute(NOTE, [now, message.pk])


def _put_off(numbers, until):
    Message.objects.filter(pk__in=numbers).update(not_before=until)


def _give_up(numbers):
    Message.objects.filter(pk__in=numbers).update(
        given_up_at=clock.now(), last_error="It is no longer for the recipient."
    )


def _failed(message, error):
    for_good = isinstance(error, SMTPRecipientsRefused) and all(
        code >= 500 for code, _text in error.recipients.values()
    )
    if for_good:
        bounces.mark(message.to, message.to.email, str(error), at_the_door=True)
    message.attempts += 1
    message.last_error = str(error)[:300]
    if for_good or message.attempts >= len(WAITS):
        message.given_up_at = clock.now()
    else:
        message.not_before = clock.now() + WAITS[message.attempts - 1]
    message.save(update_fields=["attempts", "last_error", "given_up_at", "not_before"])
