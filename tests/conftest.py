"""The cast. Every test about access uses these people and no others.

Bo lives in Åkanden at Solgården. Mette works there, Karen manages it, Clara is the
centre manager; Vera advises relatives and Sysse keeps the system running. Dora is the
data protection officer: she sees the logs and nothing else.
Anna is Bo's sister. Bo shares his health with her, and she asks for another dentist.
She and Jens have each said what they hope for; Bo has accepted neither at his meetings,
and Rikke at one of them.
She is also a friend of Ida, who shares her economy: what one resident shares must not open another's.
Jens is Bo's brother, and Bo shares nothing with him. He was Bo's guardian once.
Rikke is Bo's aunt and hears of his health and his economy, which Anna does not. She
manages another home's department: her job must not follow her home.
Ole works there too, and knows nobody at Solgården. Tim works at Solgården, in another
department than Bo's. Liv worked in Åkanden until yesterday.
Bo himself can log in. Root can log in too and is nothing to anybody.
Decoys come first, so that number 1 is never the one we mean.
"""

import datetime as dt
import shutil
import sqlite3
import threading
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase, override_settings

from consent import actions as consent
from meetings.models import ExtractItem, HandOut
from portal import clock, mail_times, postman, refusals
from portal.models import Employment
from relatives.register import actions as register
from residents.topics import Topic
from tests.factories import (
    AgendaItemFactory,
    AgreementFactory,
    AgreementReplyFactory,
    ArticleFactory,
    AssociationFactory,
    AttachmentFactory,
    ContactFactory,
    DepartmentFactory,
    DiaryEntryFactory,
    DiaryPhotoFactory,
    DisagreementFactory,
    EmploymentFactory,
    EnquiryFactory,
    EnquiryMessageFactory,
    ExpectationFactory,
    ExtractItemFactory,
    FirstTalkFactory,
    GatheringFactory,
    GuideFactory,
    HeldConversationFactory,
    HomeFactory,
    HouseEventFactory,
    IdeaFactory,
    IncidentFactory,
    LookupFactory,
    MeetingFactory,
    MinutesFactory,
    NewsItemFactory,
    NewsletterFactory,
    NewsPictureFactory,
    PortraitFactory,
    PresentationFactory,
    PrintedQuestionsFactory,
    PrintoutFactory,
    RelationFactory,
    RepresentationFactory,
    ResidentFactory,
    SampledReadFactory,
    ScannedPaperFactory,
    TalkWishFactory,
    ToldTopicFactory,
    UnconsentedDisclosureFactory,
    UserFactory,
    WordFactory,
)


@pytest.fixture(scope="session", autouse=True)
def plain_static_files():
    """Static files by their own names, without collecting them first."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """PostgreSQL's clock can be moved by a test; elsewhere the setting is not there."""
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "CREATE OR REPLACE FUNCTION portal_now() RETURNS timestamptz"
                    " LANGUAGE sql STABLE AS $$ SELECT coalesce(nullif(current_setting("
                    "'samspil.now', true), '')::timestamptz, statement_timestamp()) $$"
                )


@pytest.fixture(scope="session", autouse=True)
def only_tests_empty_the_database():
    """After a test with transactions of its own; to anybody else that is refused."""
    empty = TransactionTestCase._fixture_teardown

    def emptied(self):
        with refusals.lifted():
            empty(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield


def never_printed(printout):
    """As if the record had not been printed, and so handed to nobody."""
    with refusals.lifted():
        ExtractItem.objects.all().delete()
        HandOut.objects.all().delete()
        printout.delete()


@pytest.fixture
def move_clock(monkeypatch, db):
    """Move the clock by which the portal and its database decide to a given instant."""

    def move_clock(instant):
        monkeypatch.setattr(clock, "_read", lambda: instant)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('samspil.now', %s, true)", [instant.isoformat()]
                )

    return move_clock


@pytest.fixture(autouse=True)
def by_day(monkeypatch):
    """Late in the evening the tests say the same: only a clock that was moved has a night."""
    read, awake = clock._read, mail_times.awake

    def by_day(instant, *, rests=True):
        is_moved = clock._read is not read
        if is_moved or abs(instant - clock.now()) > dt.timedelta(hours=1):
            return awake(instant, rests=rests)
        return instant

    monkeypatch.setattr(mail_times, "awake", by_day)


@pytest.fixture
def apart(transactional_db, tmp_path):
    """Runs each task in a thread and on a connection of its own, all from one start.

    Returns what each gave back or raised. SQLite in memory knows no such thing, so the
    rows that are there when it is called move to a file.
    """

    def apart(*tasks):
        start, results = threading.Barrier(len(tasks)), [None] * len(tasks)

        def run(place, task):
            try:
                start.wait(timeout=60)
                results[place] = task()
            except Exception as error:
                results[place] = error
            finally:
                connections.close_all()

        threads = [
            threading.Thread(target=run, args=(place, task))
            for place, task in enumerate(tasks)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return results

    settings = connections.databases["default"]
    before = settings["NAME"]
    yield lambda *tasks: (_move_to_a_file(settings, tmp_path), apart(*tasks))[1]
    settings["NAME"] = before


def _move_to_a_file(settings, folder):
    file = folder / "together.sqlite3"
    if connection.vendor == "sqlite" and not file.exists():
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        # As a portal's file always is; several who change it at once get in each other's way.
        with closing(sqlite3.connect(file)) as connected:
            connected.execute("PRAGMA journal_mode=WAL")
        settings["NAME"] = str(file)


@pytest.fixture(scope="session", autouse=True)
def nobody_calls_the_postman():
    """Mails wait until a test empties the outbox, or says that it wants the postman."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postman, "call", lambda: None)
        yield


def tell(relation, topic, *, by, answer="yes", form="written", **details):
    """The resident answers one question about one relative."""
    talk = consent.record_talk(
        resident=relation.resident,
        form=form,
        text_version="test",
        text_shown="May she?",
        by=by,
    )
    return consent.record_answer(
        talk=talk, relation=relation, topic=topic, answer=answer, by=by, **details
    )


@pytest.fixture
def cast(db):
    elsewhere = DepartmentFactory(home=HomeFactory(name="Elsewhere"), name="Nord")
    solgaarden = HomeFactory(name="Solgården", phone="12 34 56 78")
    bakken = DepartmentFactory(home=solgaarden, name="Bakken")
    aakanden = DepartmentFactory(home=solgaarden, name="Åkanden")
    role = Employment.Role
    ole = EmploymentFactory(user__name="Ole", department=elsewhere).user
    rikke = EmploymentFactory(
        user__name="Rikke", department=elsewhere, role=role.MANAGER
    ).user
    tim = EmploymentFactory(user__name="Tim", department=bakken).user
    mette = EmploymentFactory(user__name="Mette", department=aakanden).user
    karen = EmploymentFactory(
        user__name="Karen", department=aakanden, role=role.MANAGER
    ).user
    liv = EmploymentFactory(
        user__name="Liv",
        department=aakanden,
        ends_on=clock.today() - dt.timedelta(days=1),
    ).user
    clara, vera, sysse, dora = (
        EmploymentFactory(
            user__name=name, department=None, home=solgaarden, role=kind
        ).user
        for name, kind in (
            ("Clara", role.CENTRE_MANAGER),
            ("Vera", role.ADVISER),
            ("Sysse", role.SYSTEM),
            ("Dora", role.PROTECTION),
        )
    )
    ResidentFactory(department=elsewhere)
    ida = ResidentFactory(given_name="Ida", department=bakken)
    bo = ResidentFactory(
        given_name="Bo", department=aakanden, user=UserFactory(name="Bo")
    )
    idas = RelationFactory(
        resident=ida, relative__given_name="Anna", relative__user__name="Anna"
    )
    annas = RelationFactory(resident=bo, relative=idas.relative)
    jens = RelationFactory(
        resident=bo, relative__given_name="Jens", relative__user__name="Jens"
    )
    rikkes = RelationFactory(
        resident=bo, relative__given_name="Rikke", relative__user=rikke
    )
    tell(annas, Topic.HEALTH, by=mette)
    idas_consent = tell(idas, Topic.ECONOMY, by=tim)
    tell(rikkes, Topic.HEALTH, by=mette)
    signed = tell(rikkes, Topic.ECONOMY, by=mette, form="paper").talk
    idas_scan = ScannedPaperFactory(talk=idas_consent.talk, scanned_by=tim)
    dentist = AgreementFactory(
        resident=bo, topic=Topic.HEALTH, text="Dentist", recorded_by=mette
    )
    idas_talk = HeldConversationFactory(resident=ida, chair=tim)
    talk = HeldConversationFactory(resident=bo, chair=karen)
    printed = PrintoutFactory(conversation=talk)
    idas_printed = PrintoutFactory(conversation=idas_talk)
    hope = ExpectationFactory(resident=bo, relation=annas, recorded_by=mette)
    jenss_hope = ExpectationFactory(resident=bo, relation=jens, recorded_by=mette)
    idas_hope = ExpectationFactory(resident=ida, recorded_by=tim)
    # Of two status meetings: what everybody there reads, and what is on a topic.
    meeting = MeetingFactory(resident=bo, chair=karen)
    meeting.participants.create(relation=rikkes, accepted_on=clock.today())
    idas_meeting = MeetingFactory(resident=ida, chair=tim)
    gathering = GatheringFactory(department=aakanden, chair=karen)
    # Anna asks for herself; one answer tells of Bo's health, one of nobody.
    enquiry = EnquiryFactory(
        relation=annas,
        department=aakanden,
        matter="health",
        status="answered",
        answers=2,
        answered_at=clock.now(),
    )
    idas_enquiry = EnquiryFactory(relation=idas, department=bakken)
    # Jens writes in confidence, for Bo shares nothing with him.
    jenss_enquiry = EnquiryFactory(relation=jens, department=aakanden, between_us=True)
    told = ToldTopicFactory(
        contact__resident=bo,
        contact__relative=annas.relative,
        contact__recorded_by=mette,
        ground_id=annas.consents.get().pk,
    )
    checkup = DiaryEntryFactory(
        resident=bo, topic=Topic.HEALTH, text="No cavities", recorded_by=mette
    )
    idas_purse = DiaryEntryFactory(
        resident=ida, topic=Topic.ECONOMY, text="A red purse", recorded_by=tim
    )
    party = NewsItemFactory(
        home=solgaarden,
        department=aakanden,
        title="Party",
        author=karen,
        important=True,
    )
    bakkens_party = NewsItemFactory(
        home=solgaarden, department=bakken, title="Bakken's party", author=tim
    )
    plans = NewsItemFactory(
        home=solgaarden,
        department=aakanden,
        title="Plans",
        author=mette,
        published_at=None,
    )
    letter = NewsletterFactory(
        home=solgaarden, author=karen, items=[party, bakkens_party]
    )
    next_letter = NewsletterFactory(
        home=solgaarden, author=karen, items=[party], sent_at=None
    )
    return SimpleNamespace(
        letter=letter,
        next_letter=next_letter,
        register=register.keep_upload(
            home=solgaarden,
            files=[("afdelinger.csv", "Afdeling\nÅkanden".encode())],
            by=clara,
        ),
        solgaarden=solgaarden,
        aakanden=aakanden,
        bakken=bakken,
        elsewhere=elsewhere,
        bo=bo,
        bos=bo.user,
        ida=ida,
        mette=mette,
        karen=karen,
        clara=clara,
        vera=vera,
        sysse=sysse,
        dora=dora,
        tim=tim,
        liv=liv,
        anna=annas.relative.user,
        annas=annas,
        idas=idas,
        jens=jens.relative.user,
        jenss=jens,
        ole=ole,
        rikke=rikke,
        rikkes=rikkes,
        root=UserFactory(name="Root"),
        nobody=None,
        guardianship=RepresentationFactory(
            relation=jens, ends_on=dt.date(2021, 1, 1), recorded_by=karen
        ),
        idas_sampled=SampledReadFactory(event__resident=ida, event__user=tim),
        idea=IdeaFactory(department=aakanden, written_by=annas.relative.user),
        enquiry=enquiry,
        idas_enquiry=idas_enquiry,
        jenss_enquiry=jenss_enquiry,
        answer=EnquiryMessageFactory(
            enquiry=enquiry, topic=Topic.HEALTH, recorded_by=mette
        ),
        general_answer=EnquiryMessageFactory(enquiry=enquiry, recorded_by=mette),
        incident=IncidentFactory(home=solgaarden, reported_by=mette),
        idas_lookup=LookupFactory(resident=ida, by=dora),
        lookup=LookupFactory(resident=bo, by=dora),
        sampled=SampledReadFactory(event__resident=bo, event__user=mette),
        idas_told=UnconsentedDisclosureFactory(resident=ida, recorded_by=tim),
        told=UnconsentedDisclosureFactory(resident=bo, recorded_by=mette),
        signed=signed,
        idas_scan=idas_scan,
        idas_questions=PrintedQuestionsFactory(relation=idas, printed_by=tim),
        asked_on_paper=PrintedQuestionsFactory(relation=annas, printed_by=mette),
        scan=ScannedPaperFactory(talk=signed, scanned_by=mette),
        pocket_money=AgreementFactory(
            resident=bo, topic=Topic.ECONOMY, text="Pocket money", recorded_by=mette
        ),
        dentist=dentist,
        wish=AgreementReplyFactory(agreement=dentist, relative=annas.relative),
        idas_rent=AgreementFactory(
            resident=ida, topic=Topic.ECONOMY, text="Rent", recorded_by=tim
        ),
        called=told.contact,
        idas_call=ContactFactory(
            resident=ida, relative=annas.relative, recorded_by=tim
        ),
        rules=ArticleFactory(home=solgaarden, title="House rules", author=clara),
        oles_rules=ArticleFactory(home=elsewhere.home, title="Their rules", author=ole),
        face=PresentationFactory(job=karen.employments.get()),
        rikkes_face=PortraitFactory(
            presentation__job=rikke.employments.get()
        ).presentation,
        guide=GuideFactory(home=solgaarden),
        oles_guide=GuideFactory(home=elsewhere.home),
        new_rules=ArticleFactory(
            home=solgaarden, title="New rules", author=clara, published_at=None
        ),
        word=WordFactory(home=solgaarden, term="handover", author=clara),
        oles_word=WordFactory(home=elsewhere.home, author=ole),
        friends=AssociationFactory(home=solgaarden, author=clara),
        oles_friends=AssociationFactory(home=elsewhere.home, author=ole),
        festival=HouseEventFactory(
            home=solgaarden, department=aakanden, title="Festival", author=karen
        ),
        bakkens_festival=HouseEventFactory(
            home=solgaarden, department=bakken, title="Bakken's festival", author=tim
        ),
        outing=HouseEventFactory(
            home=solgaarden,
            department=aakanden,
            title="Outing",
            author=mette,
            published_at=None,
        ),
        bakkens_party=bakkens_party,
        party=party,
        plans=plans,
        menu=AttachmentFactory(item=party),
        song=AttachmentFactory(item=plans),
        poster=NewsPictureFactory(item=party),
        bakkens_menu=AttachmentFactory(item=bakkens_party),
        bakkens_poster=NewsPictureFactory(item=bakkens_party),
        purse=DiaryEntryFactory(
            resident=bo, topic=Topic.ECONOMY, text="A new purse", recorded_by=mette
        ),
        checkup=checkup,
        idas_purse=idas_purse,
        # Nobody is let see photographs of either.
        idas_photo=DiaryPhotoFactory(entry=idas_purse),
        photo=DiaryPhotoFactory(entry=checkup),
        first_talk=FirstTalkFactory(conversation=talk),
        idas_first_talk=FirstTalkFactory(conversation=idas_talk),
        idas_hope=idas_hope,
        jenss_hope=jenss_hope,
        hope=hope,
        idas_differ=DisagreementFactory(expectation=idas_hope),
        differ=DisagreementFactory(expectation=hope),
        idas_meeting=idas_meeting,
        idas_point=MinutesFactory(
            item__meeting=idas_meeting, item__topic=Topic.ECONOMY
        ).item,
        bakkens_gathering=GatheringFactory(department=bakken, chair=tim),
        meeting=meeting,
        point=MinutesFactory(item__meeting=meeting).item,
        health_point=MinutesFactory(item__meeting=meeting, item__topic="health").item,
        police_point=MinutesFactory(item__meeting=meeting, item__topic="offences").item,
        gathering=gathering,
        gathering_point=AgendaItemFactory(meeting=gathering),
        idas_talk=idas_talk,
        talk=talk,
        idas_printed=idas_printed,
        printed=printed,
        idas_extract=ExtractItemFactory(
            hand_out__printout=idas_printed,
            hand_out__relation=idas,
            topic=Topic.ECONOMY,
        ).hand_out,
        extract=ExtractItemFactory(
            hand_out__printout=printed, hand_out__relation=annas
        ).hand_out,
        # Somebody has talked with them already.
        idas_wish=TalkWishFactory(resident=ida, wished_by=tim, talked_by=tim),
        talk_wish=TalkWishFactory(
            resident=bo, relation=annas, wished_by=bo.user, talked_by=mette
        ),
    )


@pytest.fixture
def sign_in(client):
    """Sign in as one of the cast; nobody signs out."""

    def sign_in(user):
        client.logout()
        if user:
            client.force_login(user, "portal.backends.Backend")
        return client

    return sign_in


def pytest_unconfigure():
    """Each process that tests has had a folder of its own (tests/environment.py)."""
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)
