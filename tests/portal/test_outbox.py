import datetime as dt
import smtplib
import threading

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, connections, transaction

from portal import clock, outbox, postman, sending
from portal.models import Message
from tests.factories import UserFactory


@pytest.fixture
def letters(monkeypatch):
    """One template of the tests' own, which everybody may have."""
    monkeypatch.setattr("portal.mail.decision", lambda template: lambda message: {})
    monkeypatch.setattr(
        "portal.mail.render_to_string",
        lambda template, context: f"\nNews\n\nDear {context['person'].name}\n",
    )


class Broken(EmailBackend):
    """A server that takes connections and refuses mails."""

    error = smtplib.SMTPServerDisconnected("gone")

    def send_messages(self, messages):
        raise self.error


class Refusing(Broken):
    error = smtplib.SMTPRecipientsRefused({"x@example.com": (550, b"No such user")})


class Down(EmailBackend):
    def open(self):
        raise ConnectionRefusedError("nobody there")


def post(to, key="k"):
    return outbox.post("news", to=to, key=key)


def server(settings, kind):
    settings.EMAIL_BACKEND = f"{__name__}.{kind.__name__}"


def test_a_message_is_sent_once(db, letters):
    post(UserFactory(name="Anna"))

    assert postman.empty_outbox() == 1
    assert postman.empty_outbox() == 0
    assert [(m.subject, m.body) for m in mail.outbox] == [("News", "Dear Anna\n")]


def test_the_same_key_is_the_same_message(db, letters):
    anna = UserFactory()

    assert post(anna).pk == post(anna).pk


def test_a_message_to_many_is_one_statement_and_nobody_gets_two(
    db, letters, django_assert_num_queries
):
    people = UserFactory.create_batch(3)
    outbox.post_to_all("news", to=people[:1], key="news:1")

    with django_assert_num_queries(1):
        outbox.post_to_all("news", to=people, key="news:1")

    assert postman.empty_outbox() == 3


def test_a_second_try_is_the_same_mail_to_the_mail_program(db, letters):
    message = post(UserFactory())

    postman.empty_outbox()

    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{message.uuid}@127.0.0.1>"


def test_a_message_waits_for_its_time(db, letters):
    outbox.post(
        "news",
        to=UserFactory(),
        key="later",
        not_before=clock.now() + dt.timedelta(hours=1),
    )

    assert postman.empty_outbox() == 0


def test_nothing_is_sent_about_what_did_not_happen(db, letters):
    with transaction.atomic():
        post(UserFactory())
        transaction.set_rollback(True)

    assert postman.empty_outbox() == 0


def test_the_postman_is_called_once_and_after_the_commit(
    db, letters, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as calls:
        post(UserFactory(), "one")
        post(UserFactory(), "two")

    assert calls == [postman.call]
    robust = [entry[2] for entry in connection.run_on_commit]
    assert all(robust)


def test_who_may_not_log_in_gets_nothing(db, letters):
    post(UserFactory(is_active=False))

    assert postman.empty_outbox() == 0
    assert Message.objects.get().given_up_at


def test_who_may_no_longer_have_it_gets_nothing(db, monkeypatch):
    monkeypatch.setattr("portal.mail.decision", lambda template: lambda message: None)
    post(UserFactory())

    assert postman.empty_outbox() == 0
    assert Message.objects.get().last_error == "It is no longer for the recipient."


def test_a_template_that_nobody_decides_about_is_not_sent(db, caplog):
    post(UserFactory())

    assert postman.empty_outbox() == 0
    assert Message.objects.get().last_error == "No mails.py decides about news."


def test_a_failure_is_tried_again_later_and_at_last_given_up(
    db, letters, settings, caplog
):
    server(settings, Broken)
    post(UserFactory())
    for tries in range(len(sending.WAITS)):
        Message.objects.update(not_before=clock.now() - dt.timedelta(seconds=1))
        assert Message.objects.get().given_up_at is None, tries

        postman.empty_outbox()

        assert Message.objects.get().not_before > clock.now()
    assert Message.objects.get().given_up_at
    assert Message.objects.get().last_error == "gone"


def test_an_address_that_does_not_exist_is_not_asked_again(
    db, letters, settings, caplog
):
    server(settings, Refusing)
    post(UserFactory())

    postman.empty_outbox()

    assert "No such user" in Message.objects.get().last_error
    assert Message.objects.get().given_up_at


def test_a_server_that_is_down_costs_no_message_a_try(db, letters, settings, caplog):
    server(settings, Down)
    post(UserFactory())

    assert postman.empty_outbox() == 0
    assert Message.objects.get().attempts == 0


def test_a_message_in_somebodys_hand_is_left_alone_until_the_claim_runs_out(
    db, letters, move_clock
):
    now = clock.now()
    move_clock(now)
    post(UserFactory())
    dead = sending.Hand()

    assert len(dead.left) == 1
    assert not sending.Hand().left
    assert postman.empty_outbox() == 0
    move_clock(now + sending.CLAIM)
    assert postman.empty_outbox() == 1


def test_a_hand_that_is_late_begins_nothing_and_lets_go(db, letters, move_clock):
    now = clock.now()
    move_clock(now)
    for number in range(3):
        post(UserFactory(), str(number))
    hand = sending.Hand()
    one = next(hand.messages())
    move_clock(now + sending.BEGUN_WITHIN)

    assert one
    assert not list(hand.messages())
    hand.let_go()
    # The one that was begun may have left: it is not touched before the claim runs out.
    assert Message.objects.due().count() == 2


def test_who_dies_with_a_hand_full_leaves_one_in_doubt(db, letters, monkeypatch):
    for number in range(5):
        post(UserFactory(), str(number))
    deliver = mail.EmailMessage.send

    class Killed(BaseException):
        """As by kill -9: nothing is cleaned up."""

    def dies(letter, *args, **kwargs):
        deliver(letter, *args, **kwargs)
        if len(mail.outbox) == 3:
            raise Killed

    monkeypatch.setattr(mail.EmailMessage, "send", dies)
    monkeypatch.setattr(sending.Hand, "let_go", lambda hand: None)
    with pytest.raises(Killed):
        postman.empty_outbox()
    monkeypatch.setattr(mail.EmailMessage, "send", deliver)
    Message.objects.filter(sent_at=None).update(not_before=clock.now())

    assert postman.empty_outbox() == 3
    numbers = [one.extra_headers["Message-ID"] for one in mail.outbox]
    assert len(numbers) == 6
    assert len(set(numbers)) == 5


@pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="SQLite in memory locks whole tables; tests/test_mail_faults.py tries a file",
)
def test_two_who_empty_the_outbox_at_once_send_everything_once(
    transactional_db, letters
):
    for number in range(10):
        post(UserFactory(), str(number))
    together = threading.Barrier(2)

    def sweep():
        together.wait()
        postman.empty_outbox()
        connections.close_all()

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(mail.outbox) == 10
    assert len({m.extra_headers["Message-ID"] for m in mail.outbox}) == 10


def test_the_page_does_not_wait_for_a_redis_that_is_gone(settings, monkeypatch, caplog):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    def refuse(*args, **kwargs):
        raise ConnectionError("no Redis")

    monkeypatch.setattr("portal.postman.current_app.send_task", refuse)

    assert postman._handed_to_celery() is False
