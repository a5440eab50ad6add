"""Addresses that mails do not reach: who is told, and when it is over."""

import smtplib
import sys
from io import BytesIO, TextIOWrapper

import pytest
from django.core.management import call_command
from django.urls import reverse

from portal import bounces, outbox, postman
from portal.models import Letterbox, Message
from tests.portal.test_outbox import Broken

REPORT = """From: MAILER-DAEMON@mail.example.dk
To: samspil@example.dk
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

I'm sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.dk

Final-Recipient: rfc822; {final}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user

--b
Content-Type: {returned}

Message-ID: <{number}@127.0.0.1>
To: {to}
Subject: x

--b--
"""


class Refusing(Broken):
    error = smtplib.SMTPRecipientsRefused({"x@example.com": (550, b"No such user")})


class Busy(Broken):
    error = smtplib.SMTPRecipientsRefused({"x@example.com": (450, b"Come later")})


def mailed(user, key="k"):
    outbox.post("account-changed", to=user, key=key, what="password_changed")
    postman.empty_outbox()
    return Message.objects.get(key=key)


def report(message, action="failed", to=None, returned="text/rfc822-headers"):
    to = to or message.to.email
    return REPORT.format(
        number=message.uuid, action=action, to=to, final=to, returned=returned
    ).encode()


@pytest.fixture
def anna(cast, settings, caplog):
    """The mail server knows nobody of that name."""
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    mailed(cast.anna)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return cast.anna


def test_what_the_server_refuses_is_marked(anna):
    box = bounces.of(anna)

    assert (box.refused_address, "No such user" in box.refused_why) == (
        anna.email,
        True,
    )


def test_what_may_be_tried_again_marks_nobody(cast, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Busy"

    message = mailed(cast.anna)

    assert bounces.of(cast.anna) is None
    assert message.given_up_at is None


def test_it_is_over_when_a_mail_is_taken_or_the_address_is_another(anna):
    box = Letterbox.objects.get(user=anna)
    anna.email = "anna.new@example.com"
    anna.save()
    assert bounces.of(anna) is None
    Letterbox.objects.update(refused_address=anna.email)
    assert bounces.of(anna)

    mailed(anna, "again")

    assert bounces.of(anna) is None
    box.refresh_from_db()
    assert (box.refused_address, box.refused_at) == ("", None)


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_letter_that_comes_back_marks_until_one_has_arrived(cast, returned):
    message = mailed(cast.anna)

    assert bounces.take(report(message, returned=returned)).action == "failed"

    assert bounces.of(cast.anna).refused_why == "5.1.1 smtp; 550 5.1.1 No such user"
    # The mail server took the next one at the door, as it took the one that came back.
    mailed(cast.anna, "again")
    assert bounces.of(cast.anna)
    bounces.take(report(message, "delivered"))
    assert bounces.of(cast.anna) is None


def test_a_delay_is_no_refusal(cast):
    bounces.take(report(mailed(cast.anna), "delayed"))

    assert bounces.of(cast.anna) is None


def test_a_letter_back_from_an_old_address_says_nothing_of_the_new(cast):
    bounces.take(report(mailed(cast.anna), to="old@example.com"))

    assert bounces.of(cast.anna) is None


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\0\xff\xfe",
        b"Subject: I am on holiday\n\nBack on Monday.",
        REPORT.format(
            number="not-a-number", action="failed", to="a", final="a", returned="a/b"
        ).encode(),
        b"Content-Type: message/delivery-status\n\n\n\nAction: failed\n\n",
        (
            b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: "
            b"message/delivery-status\n\n--b\nContent-Type: message/rfc822\n\n--b--"
        ),
    ],
)
def test_what_is_no_report_of_ours_does_nothing(db, text):
    assert bounces.take(text) is None
    assert not Letterbox.objects.exists()


def test_the_mail_server_hands_it_to_a_command(cast, monkeypatch, capsys):
    message = mailed(cast.anna)
    for text in (report(message), b"nonsense"):
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(text)))
        call_command("take_bounce")

    said = capsys.readouterr().out
    assert said == f"Message {message.uuid}: failed\nThis tells of no mail of ours.\n"
    assert bounces.of(cast.anna)


# Shown


def test_staff_see_it_on_the_page_of_the_person(anna, cast, sign_in):
    page = reverse("relatives:relative", args=[cast.annas.relative.uuid])
    shown = sign_in(cast.mette).get(page).content.decode()

    assert anna.email in shown
    assert "alert-warning" in shown
    assert "No such user" not in shown
    bounces.mark(cast.mette, cast.mette.email, "x", at_the_door=True)
    colleague = reverse("employee", args=[cast.mette.uuid])
    assert "alert-warning" in sign_in(cast.karen).get(colleague).content.decode()


def test_those_who_manage_see_it_on_their_start_page(anna, cast, sign_in):
    page = reverse("relatives:relative", args=[cast.annas.relative.uuid])

    listing = {
        name
        for name in ("karen", "clara", "mette", "vera", "rikke", "anna", "jens")
        if page in sign_in(getattr(cast, name)).get("/").content.decode()
    }

    assert listing == {"karen", "clara"}


def test_one_is_told_oneself(anna, cast, sign_in):
    for person, told in ((anna, True), (cast.jens, False)):
        page = sign_in(person).get(reverse("mail-choices")).content.decode()
        assert ("alert-warning" in page) is told


@pytest.mark.parametrize(
    "part",
    [
        'Content-Type: multipart/mixed; boundary="b{0}"\n\n--b{0}\n',
        "Content-Type: message/rfc822\n\n",
        "To: " + "(" * 9000 + "\n",
    ],
)
def test_parts_within_parts_without_end_are_no_report_and_no_error(cast, part):
    mail = "".join(part.format(number) for number in range(2000))

    assert bounces.take(mail.encode()) is None


def test_whom_it_was_sent_to_is_read_without_end_too(cast):
    message = mailed(cast.mette)
    report = REPORT.format(
        final="x@example.com",
        action="failed",
        returned="text/rfc822-headers",
        number=message.uuid,
        to="(" * 9000,
    )

    assert bounces.take(report.encode()) is None
