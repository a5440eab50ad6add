"""What is forgotten when it is old, also without a worker; and that it is said who is late."""

import datetime as dt
import os
import time

import pytest
from django.core.cache import cache
from django.db import Error

from portal import (
    clock,
    drafts,
    kinds,
    lateness,
    outbox,
    picture_sweep,
    pictures,
    postman,
    retention,
)
from portal.models import Draft, Message, Notice
from tests.factories import UserFactory

DAY = dt.timedelta(days=1)
NOON = dt.datetime(2026, 11, 18, 12, tzinfo=clock.DENMARK)


@pytest.fixture(autouse=True)
def nobody_has_swept(db):
    cache.clear()


def message(key, **details):
    return Message.objects.create(key=key, to=UserFactory(), template="x", **details)


def test_what_left_long_ago_is_forgotten_and_what_waits_never(db, monkeypatch):
    monkeypatch.setattr(retention, "A_BATCH", 2)
    now = clock.now()
    old, young = now - retention.KEPT - DAY, now - retention.KEPT + DAY
    for number in range(3):
        sent = message(f"sent {number}", sent_at=old)
        Notice.objects.create(
            to=sent.to, kind="news", key="n", due_at=old, message=sent
        )
    message("given up", given_up_at=old)
    message("sent lately", sent_at=young, not_before=old)
    message("given up lately", given_up_at=young)
    message("waits", not_before=old)
    someone = UserFactory()
    known = next(iter(kinds.all_kinds()))
    for kind, due_at in ((known, old), ("no more", old), ("no more yet", young)):
        Notice.objects.create(to=someone, kind=kind, key=kind, due_at=due_at)

    for _twice in range(2):
        retention.sweep()

    assert set(Message.objects.values_list("key", flat=True)) == {
        "sent lately",
        "given up lately",
        "waits",
    }
    assert set(Notice.objects.values_list("kind", flat=True)) == {known, "no more yet"}


@pytest.fixture
def old_things(settings, tmp_path):
    """A draft, a mail and a photograph that nobody took up; how many are left."""
    settings.DATA_DIR = tmp_path
    Draft.objects.create(user=UserFactory(), form="/old/")
    Draft.objects.update(saved_at=clock.now() - drafts.RESCUED_FOR - DAY)
    message("old", sent_at=clock.now() - retention.KEPT - DAY)
    stray = pictures._path("ab" * 16, next(iter(pictures.SIDES)))
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    past = time.time() - picture_sweep.AFTER - 60
    os.utime(stray, (past, past))
    return lambda: (
        Draft.objects.count(),
        Message.objects.count(),
        len(list(stray.parent.iterdir())),
    )


def test_without_a_worker_the_postman_sweeps_too(old_things):
    postman.make_rounds()

    assert old_things() == (0, 0, 0)


def test_the_rooms_are_swept_once_a_day_however_often_somebody_asks(
    old_things, settings, monkeypatch
):
    swept = []
    monkeypatch.setattr(retention, "sweep", lambda: swept.append(1))
    for _minute in range(3):
        postman.make_rounds()

    assert swept == [1]


def test_what_is_wrong_with_one_broom_hinders_no_other(old_things, monkeypatch, caplog):
    monkeypatch.setattr(drafts, "sweep", lambda: 1 / 0)

    postman.make_rounds()

    assert old_things() == (1, 0, 0)
    assert "portal.drafts.sweep has swept nothing" in caplog.text


def test_every_broom_is_also_the_workers(settings):
    """A worker does them by its own clock; neither list lacks one of the other."""
    tasks = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    daily = {task for task in tasks if ".forget_" in task or ".check_" in task}

    assert len(daily) == len(settings.SWEEPS)


# Late


@pytest.fixture
def waiting(move_clock):
    """A mail that has been due for a quarter of an hour."""
    move_clock(NOON)
    outbox.post("account-changed", to=UserFactory(), key="k", what="password_changed")
    move_clock(NOON + dt.timedelta(minutes=15))


def said(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    return answer.content.decode()


def test_when_all_is_well_nothing_is_said(db, client, move_clock):
    move_clock(NOON)
    message("just now", not_before=NOON)
    message("in somebody's hand", not_before=NOON + DAY)
    message("done", not_before=NOON - DAY, sent_at=NOON)

    assert said(client) == "ready"


def test_when_nobody_sweeps_it_says_so(client, waiting):
    assert said(client) == "ready, but mails are late by 15 minutes: nobody sends them"


def test_a_notice_that_nobody_gathers_is_late_too(client, move_clock):
    move_clock(NOON)
    Notice.objects.create(to=UserFactory(), kind="news", key="n", due_at=NOON)
    move_clock(NOON + dt.timedelta(minutes=15))

    assert "nobody sends them" in said(client)


def test_when_the_mail_server_is_down_it_says_that(client, waiting, settings, caplog):
    settings.EMAIL_BACKEND = "tests.portal.test_outbox.Down"
    postman.look()

    assert said(client).endswith("no mail server takes them")


def test_a_long_newsletter_that_goes_on_is_not_late(client, waiting):
    lateness.note_that_something_left()

    assert said(client) == "ready"


def test_without_its_database_the_portal_is_not_ready(client, monkeypatch):
    def gone():
        raise Error

    monkeypatch.setattr(lateness, "late", gone)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (503, b"no database")


def test_whoever_keeps_the_portal_running_reads_it_on_the_start_page(
    cast, sign_in, waiting
):
    page = sign_in(cast.sysse).get("/")

    assert "15 minut" in page.context["columns"][0][0].empty
    assert b"15 minut" not in sign_in(cast.mette).get("/").content


def test_a_worker_that_does_nothing_is_not_waited_for(waiting, settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(postman, "_handed_to_celery", lambda: True)

    assert postman._handed_to_a_worker() is False
    lateness.note_that_somebody_looked()
    assert postman._handed_to_a_worker() is True
