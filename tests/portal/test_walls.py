"""The second wall, alone: what PostgreSQL hides when nobody asks visible_to()."""

import datetime as dt
import threading

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse

from consent import actions as consent
from consent.models import ConsentTalk
from meetings.models import Answer, Conversation, Participant, Printout
from news.models import DiaryEntry
from portal import walls
from portal.middleware import behind_the_wall
from portal.models import User
from relatives.models import Agreement, AgreementReply, Contact, ToldTopic
from residents import access
from residents.shared import shared_models
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import DiaryEntryFactory, UserFactory

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no second wall"
)
NOON = dt.datetime(2027, 3, 2, 11, 0, 0, 250_007, tzinfo=dt.UTC)
MOMENT = dt.timedelta(microseconds=1)


def everything(model):
    """What is in sight when a page forgets to ask: numbers."""
    return set(model._base_manager.values_list("pk", flat=True))


def behind(user, model):
    with walls.seen_by(user):
        return everything(model)


def standing_at():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('samspil.reader', true)")
        role, reader = cursor.fetchone()
    return role, reader or ""


def test_everything_that_is_shared_has_a_wall():
    staffs_own = {Contact, ToldTopic, Conversation, Answer, Printout, Participant}

    assert set(walls.walled()) >= {
        *shared_models(),
        *staffs_own,
        AgreementReply,
        ConsentTalk,
    }


@on_postgresql
def test_each_wall_stands_in_the_database(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolbypassrls OR rolsuper OR rolcanlogin FROM pg_roles"
            " WHERE rolname = %s",
            [walls.ROLE],
        )
        (has_rights_of_its_own,) = cursor.fetchone()

    assert walls.standing(connection) == {
        model._meta.db_table for model in walls.walled()
    }
    assert not has_rights_of_its_own


PEOPLE = [
    "mette",
    "karen",
    "clara",
    "vera",
    "sysse",
    "tim",
    "liv",
    "bos",
    "anna",
    "rikke",
    "jens",
    "ole",
    "root",
]


@on_postgresql
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("model", [*shared_models(), AgreementReply, Contact])
def test_the_second_wall_hides_what_the_first_hides(cast, model, person):
    DiaryEntryFactory(
        resident=cast.bo,
        topic=Topic.HEALTH,
        recorded_by=cast.mette,
        replaced_at=NOON,
    )
    user = getattr(cast, person)
    allowed = set(model.objects.visible_to(user).values_list("pk", flat=True))

    assert behind(user, model) == allowed


@on_postgresql
@pytest.mark.parametrize("model", walls.walled())
def test_to_nobody_there_is_nothing(cast, model):
    assert behind(None, model) == set()
    if model in (Agreement, DiaryEntry, Contact, Conversation, ConsentTalk):
        assert everything(model)


@on_postgresql
def test_papers_and_talks_are_hidden_too(cast):
    for model in (Conversation, Printout, ConsentTalk):
        assert behind(cast.mette, model)
        assert not behind(cast.mette, model) & behind(cast.tim, model)
        assert behind(cast.anna, model) == behind(cast.ole, model) == set()
    assert behind(cast.bos, ConsentTalk) == behind(cast.mette, ConsentTalk)


@on_postgresql
def test_the_second_wall_is_as_exact_as_the_first(cast, move_clock):
    earlier, later = (
        DiaryEntryFactory(
            resident=cast.bo, topic=Topic.DAILY, recorded_by=cast.mette, recorded_at=at
        ).pk
        for at in (NOON - MOMENT, NOON)
    )
    move_clock(NOON - dt.timedelta(days=1))
    end = NOON + dt.timedelta(days=30)
    tell(cast.jenss, "daily", starts_at=NOON, ends_at=end, since=NOON, by=cast.mette)

    seen = []
    for moment in (NOON - MOMENT, NOON, end - MOMENT, end):
        move_clock(moment)
        seen.append(behind(cast.jens, DiaryEntry))

    assert seen == [set(), {later}, {later}, set()]
    assert {earlier, later} <= behind(cast.mette, DiaryEntry)


@on_postgresql
def test_a_stop_is_felt_behind_a_wall_that_stands_already(cast):
    answer = cast.annas.consents.get()
    with walls.seen_by(cast.anna):
        assert cast.dentist.pk in everything(Agreement)
        walls.lower(connection)
        consent.withdraw(answer, by=cast.mette)
        walls.raise_for(connection, cast.anna.pk)
        assert everything(Agreement) == {cast.idas_rent.pk}


# Whole pages with the first wall taken out


@pytest.fixture
def no_first_wall(monkeypatch):
    """Everybody cares for everybody, as far as Python knows."""
    monkeypatch.setattr(access, "_cared_for_by", lambda user: Q(pk__isnull=False))


PAGES = ["relatives:my-agreements", "news:everyday", "home"]


@pytest.mark.parametrize("page", PAGES)
@on_postgresql
def test_no_page_leaks_when_the_first_wall_is_gone(cast, sign_in, no_first_wall, page):
    text = sign_in(cast.anna).get(reverse(page)).content.decode()

    for secret in ("Pocket money", "A new purse", "A red purse"):
        assert (secret in text) is (
            secret == "A red purse" and page != "relatives:my-agreements"
        )


@on_postgresql
def test_no_address_leaks_when_the_first_wall_is_gone(cast, sign_in, no_first_wall):
    purse = reverse("news:entry", args=[cast.purse.address])
    checkup = reverse("news:entry", args=[cast.checkup.address])

    assert sign_in(cast.anna).get(checkup).status_code == 200
    assert sign_in(cast.anna).get(purse).status_code == 404
    assert sign_in(cast.ole).get(purse).status_code == 404
    assert sign_in(cast.mette).get(purse).status_code == 200


@on_postgresql
def test_without_either_wall_it_would_leak(cast, no_first_wall):
    """Or the tests above would say nothing."""
    entries = DiaryEntry.objects.visible_to(cast.anna)

    assert cast.purse in entries
    with walls.seen_by(cast.anna):
        assert cast.purse not in entries.all()


# Nobody's reader is left over


@on_postgresql
def test_the_wall_is_lowered_after_each_page(cast, sign_in):
    before = standing_at()
    sign_in(cast.anna).get(reverse("home"))
    assert standing_at() == before
    sign_in(None).get(reverse("account_login"))
    assert standing_at() == before
    assert before[0] != walls.ROLE


class Visitor:
    """A request, as far as the middleware looks at one."""

    path = "/"

    def __init__(self, user):
        self.user, self.COOKIES = user, {} if user is None else KNOWN


@pytest.fixture(autouse=True)
def known(settings):
    KNOWN[settings.SESSION_COOKIE_NAME] = "1"


KNOWN = {}


def fail(request):
    raise ZeroDivisionError


def break_the_transaction(request):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def leave_a_transaction_open(request):
    connection.set_autocommit(False)
    User.objects.count()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
    except DatabaseError:
        pass
    return HttpResponse()


def lose_the_connection(request):
    connection.close()
    assert standing_at() == (walls.ROLE, str(request.user.pk))
    return HttpResponse()


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "page", [fail, break_the_transaction, leave_a_transaction_open, lose_the_connection]
)
def test_no_reader_is_left_whatever_happens_on_the_page(page):
    user = UserFactory()
    try:
        behind_the_wall(page)(Visitor(user))
    except (ZeroDivisionError, DatabaseError):
        assert page in (fail, break_the_transaction)

    assert standing_at()[1] == ""
    assert standing_at()[0] != walls.ROLE


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_an_error_that_is_rolled_back_does_not_take_the_wall_along():
    user = UserFactory()

    def page(request):
        with pytest.raises(DatabaseError):
            break_the_transaction(request)
        return standing_at()

    assert behind_the_wall(page)(Visitor(user)) == (walls.ROLE, str(user.pk))


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_readers_at_the_same_time_stay_apart():
    users = [UserFactory() for _number in range(6)]
    wrong = []

    def reads(user):
        for _time in range(10):
            found = behind_the_wall(lambda request: standing_at())(Visitor(user))
            if found != (walls.ROLE, str(user.pk)):
                wrong.append(found)
        if standing_at()[1]:
            wrong.append("left over")
        connections.close_all()

    threads = [threading.Thread(target=reads, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_watchdog_needs_no_database(client):
    assert client.get("/healthz").status_code == 200
