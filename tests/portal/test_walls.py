"""The second wall, alone: what PostgreSQL hides when nobody asks visible_to()."""

import datetime as dt
import threading

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from community.models import Desk, Series
from consent import actions as consent
from consent.models import (
    Consent,
    ConsentTalk,
    DutyMet,
    PrintedQuestions,
    ScannedPaper,
    TalkWish,
    UnconsentedDisclosure,
)
from knowledge.models import (
    Article,
    Association,
    Check,
    Folder,
    Guide,
    Portrait,
    Presentation,
    Word,
)
from meetings.models import (
    AgendaItem,
    Conversation,
    ExtractItem,
    FirstDays,
    Meeting,
    Printout,
    Question,
    Section,
    Template,
)
from news.models import (
    Attachment,
    CalendarFeed,
    DiaryEntry,
    HouseEvent,
    NewsItem,
    Newsletter,
    NewsletterItem,
    NewsPicture,
    NewsRead,
)
from portal import drafts, walls
from portal.middleware import behind_the_wall
from portal.models import (
    AuditEvent,
    Department,
    Draft,
    Employment,
    Home,
    Invitation,
    Letterbox,
    Message,
    Notice,
    PrivacyShown,
    User,
)
from relatives.models import (
    Agreement,
    AgreementReply,
    Call,
    Contact,
    Part,
    RegisterUpload,
    Relation,
    Relative,
    Representation,
    Review,
)
from residents import access, ledger
from residents.models import AccessEvent, Resident, SampledRead
from residents.shared import shared_models
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import (
    CallFactory,
    DiaryEntryFactory,
    PartFactory,
    ReviewFactory,
    UserFactory,
)

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no second wall"
)
OURS = {
    "portal",
    "residents",
    "relatives",
    "consent",
    "meetings",
    "news",
    "community",
    "knowledge",
}
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


# Why these stand in front of the wall although they tell of a resident, or of a person.
IN_FRONT = {
    # Who lives here and who is theirs: pages, walls and house news ask it of everybody.
    Resident,
    Relation,
    Relative,
    # Numbers and categories alone, and written before it is known who it is that writes.
    AuditEvent,
    Message,
    Notice,
    Invitation,
    # Asked of everybody who is told something; an address and what they choose.
    Letterbox,
    # A version and a time.
    PrivacyShown,
    # About the house and those who work there.
    User,
    Home,
    Department,
    Employment,
    NewsItem,
    Template,
    Section,
    Question,
    FirstDays,
    Desk,
    Series,
    Attachment,
    NewsPicture,
    NewsRead,
    Newsletter,
    NewsletterItem,
    HouseEvent,
    Article,
    Check,
    Word,
    Association,
    Folder,
    Guide,
    Portrait,
    Presentation,
    # A calendar asks without a log-in; it holds what proves an address, and whose it is.
    CalendarFeed,
}


def test_everything_has_a_wall_that_is_not_in_front_of_it_for_a_reason():
    ours = {
        model
        for model in apps.get_models()
        if model._meta.managed and model._meta.app_label in OURS
    }

    assert ours - set(walls.walled()) == IN_FRONT
    assert set(walls.walled()) >= set(shared_models())


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
    "dora",
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
@pytest.mark.parametrize(
    "model",
    [
        *shared_models(),
        AgendaItem,
        AgreementReply,
        Contact,
        ExtractItem,
        Meeting,
        PrintedQuestions,
        ScannedPaper,
        TalkWish,
        UnconsentedDisclosure,
        Part,
        Review,
        Call,
    ],
)
def test_the_second_wall_hides_what_the_first_hides(cast, model, person):
    PartFactory(agreement=cast.dentist)
    ReviewFactory(agreement=cast.pocket_money)
    for relation in (cast.annas, cast.rikkes, cast.jenss, cast.idas):
        CallFactory(relation=relation, recorded_by=cast.mette)
    CallFactory(
        relation=cast.annas,
        event="hospital",
        recorded_by=cast.mette,
        ended_at=NOON,
        ended_by=cast.mette,
    )
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
    assert behind(None, model) == behind(cast.root, model) == set()
    if model in (Agreement, DiaryEntry, Contact, Conversation, ConsentTalk, Consent):
        assert everything(model)


@on_postgresql
def test_papers_and_talks_are_hidden_too(cast):
    for model in (Conversation, Printout, ConsentTalk):
        assert behind(cast.mette, model)
        assert not behind(cast.mette, model) & behind(cast.tim, model)
        assert behind(cast.anna, model) == behind(cast.ole, model) == set()
    assert behind(cast.bos, ConsentTalk) == behind(cast.mette, ConsentTalk)


@on_postgresql
def test_answers_are_for_the_resident_the_staff_and_whom_they_are_about(cast):
    bos = set(Consent.objects.filter(relation__resident=cast.bo).values_list("pk"))
    for reader in (cast.mette, cast.karen, cast.clara, cast.bos):
        assert {(pk,) for pk in behind(reader, Consent)} >= bos
    own = {one.pk for one in Consent.objects.filter(relation__relative__user=cast.anna)}
    assert behind(cast.anna, Consent) == own
    for stranger in (cast.jens, cast.ole, cast.vera, cast.sysse, cast.liv):
        assert behind(stranger, Consent) == set()
    assert not behind(cast.tim, Consent) & behind(cast.mette, Consent)


@on_postgresql
def test_a_representation_is_for_the_same(cast):
    for reader in (cast.mette, cast.bos, cast.jens):
        assert behind(reader, Representation) == {cast.guardianship.pk}
    for stranger in (cast.anna, cast.rikke, cast.tim, cast.vera, cast.liv):
        assert behind(stranger, Representation) == set()


@on_postgresql
def test_a_resident_hears_of_a_disclosure_when_they_were_told(cast):
    assert behind(cast.mette, UnconsentedDisclosure) == {cast.told.pk}
    assert behind(cast.bos, UnconsentedDisclosure) == set()

    met = consent.meet_duty(
        cast.told, kind="told", how="At breakfast", told_on=NOON.date(), by=cast.mette
    )

    for reader in (cast.mette, cast.bos):
        assert behind(reader, UnconsentedDisclosure) == {cast.told.pk}
        assert behind(reader, DutyMet) == {met.pk}
    assert behind(cast.tim, UnconsentedDisclosure) == {cast.idas_told.pk}
    for stranger in (cast.anna, cast.jens, cast.vera, cast.liv):
        assert behind(stranger, UnconsentedDisclosure) == set()
        assert behind(stranger, DutyMet) == set()


@on_postgresql
def test_a_resident_does_not_hear_of_one_that_they_must_not_hear_of(cast):
    met = consent.meet_duty(cast.told, kind="exempt", how="§ 43", by=cast.karen)

    assert behind(cast.bos, UnconsentedDisclosure) == behind(cast.bos, DutyMet) == set()
    assert behind(cast.karen, DutyMet) == {met.pk}


@on_postgresql
def test_who_has_looked_is_for_staff_the_resident_and_whoever_looked(cast):
    tims = AccessEvent.objects.get(sampled=cast.idas_sampled).pk
    mettes = AccessEvent.objects.get(sampled=cast.sampled).pk
    ledger.read(cast.anna, [cast.dentist])
    annas = AccessEvent.objects.get(user=cast.anna).pk

    for reader in (cast.mette, cast.karen, cast.bos):
        assert behind(reader, AccessEvent) == {mettes, annas}
    assert behind(cast.clara, AccessEvent) == {tims, mettes, annas}
    assert behind(cast.anna, AccessEvent) == {annas}
    for stranger in (cast.jens, cast.rikke, cast.vera, cast.sysse, cast.liv, cast.ole):
        assert behind(stranger, AccessEvent) == behind(stranger, SampledRead) == set()
    assert behind(cast.karen, SampledRead) == {cast.sampled.pk}


@on_postgresql
def test_what_one_has_begun_or_uploaded_is_nobody_elses(cast):
    begun = drafts.save(cast.mette, "/x/", QueryDict("note=Bo"))

    assert behind(cast.mette, Draft) == {begun.pk}
    assert behind(cast.karen, Draft) == behind(cast.anna, Draft) == set()
    assert behind(cast.clara, RegisterUpload) == {cast.register.pk}
    assert behind(cast.karen, RegisterUpload) == set()


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


@on_postgresql
def test_no_paper_leaks_when_the_first_wall_is_gone(cast, sign_in, monkeypatch):
    for model in (ScannedPaper, Consent, UnconsentedDisclosure):
        monkeypatch.setattr(
            type(model.objects.all()), "visible_to", lambda rows, user: rows.all()
        )
    client = sign_in(cast.tim)
    pages = (
        ("consent:scan", cast.scan),
        ("consent:disclosure", cast.told),
        ("consent:consent-in-error", cast.annas.consents.get()),
    )
    for page, row in pages:
        assert client.get(reverse(page, args=[row.uuid])).status_code == 404

    monkeypatch.setattr("portal.walls.raise_for", lambda *args: None)
    # Then it is found, and the log that finds no ground is all that is left.
    assert client.get(reverse("consent:scan", args=[cast.scan.uuid])).status_code == 403


@on_postgresql
def test_a_reader_within_a_reader_is_the_first_again_afterwards(cast):
    with walls.seen_by(cast.anna):
        with walls.seen_by(cast.mette):
            assert everything(Contact) == {cast.called.pk}
        assert everything(Contact) == set()
        assert everything(Agreement)
        with walls.seen_by(None):
            assert everything(Agreement) == set()
        assert everything(Agreement)
    assert standing_at()[0] != walls.ROLE


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
