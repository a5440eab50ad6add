"""Who is told of what is new, and when: once, together, and never at night."""

import datetime as dt
import threading

import pytest
from django.core import mail
from django.db import connection, connections, transaction
from django.utils import translation

from portal import clock, kinds, mail_times, notices, postman
from portal.kinds import Kind
from portal.mail_times import When
from portal.models import Letterbox, Message, Notice, User
from tests.factories import UserFactory

NOON = dt.datetime(2026, 11, 18, 12, tzinfo=clock.DENMARK)
WEDNESDAY_AT_5 = NOON.replace(hour=17)
MONDAY_AT_5 = NOON.replace(day=23, hour=17)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def sorts(monkeypatch):
    """Kinds of the tests' own. What is `gone` is for nobody any more."""

    def still(user, notices):
        return [one for one in notices if "gone" not in one.key]

    own = [
        Kind("letter", "Letters", "?", usual=When.AT_ONCE, still=still),
        Kind("paper", "Papers", "?", still=still),
        Kind("duty", "Duties", "?", may_be_never=False, still=still),
        Kind("call", "Calls", "?", usual=When.AT_ONCE, alone=True, still=still),
    ]
    monkeypatch.setattr(kinds, "all_kinds", lambda: {kind.key: kind for kind in own})


@pytest.fixture
def noon(move_clock):
    move_clock(NOON)


@pytest.fixture
def anna(db):
    return UserFactory(name="Anna", language="en")


def tell(kind, *to, about="1", **facts):
    notices.tell(kind, to=list(to), about=about, **facts)


def sent():
    """What left, and to whom, now."""
    mail.outbox.clear()
    postman.empty_outbox()
    return [(letter.to[0], letter.body) for letter in mail.outbox]


def due():
    return set(Notice.objects.waiting().values_list("due_at", flat=True))


@pytest.mark.parametrize(
    ("when", "since", "told"),
    [
        ("at_once", NOON, NOON + 10 * MINUTE),
        ("at_once", NOON.replace(hour=20, minute=55), NOON.replace(day=19, hour=7)),
        ("at_once", NOON.replace(hour=3), NOON.replace(hour=7)),
        ("daily", NOON, WEDNESDAY_AT_5),
        ("daily", WEDNESDAY_AT_5, WEDNESDAY_AT_5.replace(day=19)),
        ("weekly", NOON, MONDAY_AT_5),
        ("weekly", MONDAY_AT_5 - MINUTE, MONDAY_AT_5),
        ("weekly", MONDAY_AT_5, MONDAY_AT_5.replace(day=30)),
    ],
)
def test_when_somebody_is_told(when, since, told):
    assert mail_times.due(When(when), since) == told


def test_who_wants_mail_at_night_gets_it():
    night = NOON.replace(hour=23)

    assert mail_times.due(When.AT_ONCE, night, rests=False) == night + 10 * MINUTE


@pytest.mark.parametrize(
    ("since", "told"),
    [
        # The clock is put back on Sunday 25 October, and forward on Sunday 28 March.
        ((2026, 10, 24, 18), (2026, 10, 25, 16)),
        ((2026, 10, 23, 18), (2026, 10, 24, 15)),
        ((2027, 3, 27, 18), (2027, 3, 28, 15)),
        ((2027, 3, 26, 18), (2027, 3, 27, 16)),
    ],
)
def test_five_o_clock_is_by_the_clock_on_the_wall(since, told):
    there = mail_times.due(When.DAILY, dt.datetime(*since, tzinfo=clock.DENMARK))

    assert there.astimezone(dt.UTC) == dt.datetime(*told, tzinfo=dt.UTC)


@pytest.mark.parametrize(("day", "hour"), [((2026, 10, 24), 6), ((2027, 3, 27), 5)])
def test_the_night_ends_at_seven_whatever_its_length(day, hour):
    night = dt.datetime(*day, 22, tzinfo=clock.DENMARK)

    morning = mail_times.awake(night).astimezone(dt.UTC)

    assert (morning.day, morning.hour) == (night.day + 1, hour)


def test_what_is_told_at_once_is_one_mail_with_what_follows_within_minutes(
    anna, noon, move_clock
):
    tell("letter", anna, about="1")
    move_clock(NOON + 9 * MINUTE)
    tell("letter", anna, about="2")
    assert sent() == []

    move_clock(NOON + 10 * MINUTE)

    [(address, text)] = sent()
    assert address == anna.email
    assert "- Letters: 2\n" in text
    move_clock(NOON + 30 * MINUTE)
    assert sent() == []


def test_the_week_is_one_mail(anna, noon, move_clock):
    for number in range(3):
        tell("paper", anna, about=number)
    move_clock(NOON.replace(day=22, hour=16))
    tell("duty", anna)
    assert sent() == []

    move_clock(MONDAY_AT_5)

    [(_address, text)] = sent()
    assert "- Papers: 3\n- Duties: 1\n" in text


def test_the_same_thing_is_told_once(anna, noon, move_clock):
    tell("letter", anna)
    tell("letter", anna)
    move_clock(NOON + 10 * MINUTE)
    assert "Letters: 1" in sent()[0][1]

    tell("letter", anna)
    move_clock(NOON + 30 * MINUTE)

    assert sent() == []


def test_what_did_not_happen_is_told_to_nobody(anna):
    with transaction.atomic():
        tell("letter", anna)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()


def test_nothing_is_sent_about_nothing_and_why_is_noted(anna, noon, move_clock):
    tell("letter", anna, about="gone")
    move_clock(NOON + 10 * MINUTE)

    assert sent() == []
    message = Message.objects.get()
    assert message.given_up_at
    assert message.last_error == "It is no longer for the recipient."


def test_only_what_is_still_for_the_reader_is_counted(anna, noon, move_clock):
    tell("letter", anna, about="gone")
    tell("letter", anna, about="there")
    move_clock(NOON + 10 * MINUTE)

    [(_address, text)] = sent()
    assert "- Letters: 1\n" in text


def test_what_comes_alone_is_in_no_mail_with_others(anna, noon, move_clock):
    tell("letter", anna)
    tell("call", anna, about="1")
    tell("call", anna, about="2")
    move_clock(NOON + 10 * MINUTE)

    assert len(sent()) == 3


def test_who_died_in_the_evening_leaves_nothing_for_the_night(anna, noon, move_clock):
    tell("letter", anna)
    move_clock(NOON.replace(hour=23))
    assert sent() == []
    assert due() == {NOON.replace(day=19, hour=7)}

    move_clock(NOON.replace(day=19, hour=7))

    assert len(sent()) == 1


def test_a_mail_that_could_not_leave_waits_for_the_morning_too(
    anna, noon, move_clock, settings, caplog
):
    tell("letter", anna)
    move_clock(NOON.replace(hour=20, minute=58))
    settings.EMAIL_BACKEND = "tests.portal.test_outbox.Down"
    assert sent() == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    move_clock(NOON.replace(hour=22))
    assert sent() == []

    move_clock(NOON.replace(day=19, hour=7))
    assert len(sent()) == 1


# What each has chosen


def test_each_is_told_as_they_have_chosen(anna, noon):
    kinds.choose(anna, {"paper": "daily", "letter": "never"}, rests=True)
    bo = UserFactory()
    for kind in ("paper", "letter"):
        tell(kind, anna, bo)

    assert {(one.to, one.kind, one.due_at) for one in Notice.objects.all()} == {
        (anna, "paper", WEDNESDAY_AT_5),
        (bo, "paper", MONDAY_AT_5),
        (bo, "letter", NOON + 10 * MINUTE),
    }


def test_what_waits_follows_another_choice(anna, noon):
    tell("paper", anna)

    kinds.choose(anna, {"paper": "daily"})
    assert due() == {WEDNESDAY_AT_5}
    kinds.choose(anna, {"paper": "at_once"})
    assert due() == {NOON + 10 * MINUTE}
    kinds.choose(anna, {"paper": None})
    assert due() == {MONDAY_AT_5}
    kinds.choose(anna, {"letter": "never"})
    assert due() == {MONDAY_AT_5}
    kinds.choose(anna, {"paper": "never"})
    assert due() == set()


def test_never_holds_for_a_mail_on_its_way(anna, noon, move_clock):
    tell("letter", anna)
    move_clock(NOON + 10 * MINUTE)
    notices.gather()

    kinds.choose(anna, {"letter": "never"})

    assert sent() == []
    assert Message.objects.get().given_up_at


def test_nobody_says_never_to_a_duty(anna, noon):
    kinds.choose(anna, {"duty": "never"})

    tell("duty", anna)

    assert due() == {MONDAY_AT_5}


def test_a_kind_that_is_no_more_hinders_nobody(anna, noon, move_clock):
    tell("letter", anna)
    Notice.objects.create(to=anna, kind="old", key="old:1", due_at=NOON)
    move_clock(NOON + 10 * MINUTE)

    assert len(sent()) == 1


def test_what_is_wrong_with_one_keeps_nobody_else_s_mails_back(
    anna, noon, move_clock, caplog
):
    bo = UserFactory()
    tell("letter", anna, bo)
    # As if another message were about it already.
    first = Notice.objects.get(to=anna)
    Message.objects.create(key=f"notices:{first.pk}", to=anna, sent_at=NOON)
    move_clock(NOON + 10 * MINUTE)

    assert [address for address, _text in sent()] == [bo.email]


def test_who_cannot_log_in_is_told_nothing(db, noon):
    tell("letter", UserFactory(is_active=False))

    assert not Notice.objects.exists()


# Many


def test_many_are_told_in_as_many_statements_as_few(
    db, noon, django_assert_num_queries
):
    few, many = UserFactory.create_batch(2), UserFactory.create_batch(40)
    Letterbox.objects.create(user=many[0], choices={"paper": "never"})
    for about, people in (("few", few), ("many", many)):
        numbers = [one.pk for one in people]
        # Begin, read, write, end.
        with django_assert_num_queries(4):
            notices.tell("paper", to=User.objects.filter(pk__in=numbers), about=about)

    assert Notice.objects.count() == 41


def test_a_digest_costs_the_same_however_much_is_in_it(
    anna, noon, move_clock, django_assert_max_num_queries
):
    for number in range(20):
        tell("letter", anna, about=number)
    move_clock(NOON + 10 * MINUTE)

    with django_assert_max_num_queries(24):
        assert len(sent()) == 1


@pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="SQLite in memory locks whole tables; tests/test_mail_faults.py tries a file",
)
def test_two_postmen_gather_everything_once(transactional_db):
    people = UserFactory.create_batch(5)
    for number in range(4):
        tell("letter", *people, about=number)
    Notice.objects.update(due_at=clock.now() - MINUTE)
    Letterbox.objects.bulk_create([Letterbox(user=one, rests=False) for one in people])
    together = threading.Barrier(2)

    def sweep():
        together.wait()
        notices.gather()
        connections.close_all()

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not Notice.objects.waiting().exists()
    assert Message.objects.count() == 5
    assert {one.notices.count() for one in Message.objects.all()} == {4}
