"""A portal with so many shared items, built by the database itself in seconds.

Department 1 is the same at every size, item by item, so that its pages show the same
and only the rest of the portal grows: one resident for every hundred items, ten residents
to a department, five departments to a home, two relatives to a resident, each with four of
the topics. Resident 1 and relative 1 are the ordinary ones. The newest items of
resident 2, up to 50,000, are about what relative 3 may not see.
"""

from django.core.management.color import no_style
from django.db import connection, transaction

from bench import items
from bench.sizes import A_DEPARTMENT, A_HOME, CARERS, shared_with, spread
from bench.sql import Database, numbers
from consent.models import Consent, ConsentTalk
from news.models import DiaryEntry, NewsItem
from portal.models import Department, Employment, Home, User
from relatives.models import Agreement, AgreementReply, Contact, Relation, Relative
from residents.models import Resident
from residents.topics import Topic

MODELS = [
    *(Home, Department, User, Employment, Resident, Relative, Relation),
    *(ConsentTalk, Consent, DiaryEntry, Agreement, AgreementReply, Contact, NewsItem),
]


def fill(size):
    """The rows alone, into an empty, migrated database."""
    db = Database()
    residents, departments = spread(size)
    db.do("CREATE TABLE bench_topic (k integer PRIMARY KEY, name varchar(20))")
    for k, topic in enumerate(Topic.values):
        db.do("INSERT INTO bench_topic VALUES (%s, %s)", [k, topic])
    _people(db, residents, departments)
    if size:
        items.fill(db, size, residents, departments)
    db.do("ANALYZE")


def build(size):
    """Fill it as fast as it goes. Size 0 has the people and no items."""
    db = Database()
    # Every key is right; checking 10^6 of them takes longer than making them.
    if db.lite:
        db.do("PRAGMA foreign_keys = OFF")
        db.do("PRAGMA cache_size = -200000")
        with transaction.atomic():
            fill(size)
    else:
        db.do("SET session_replication_role = replica")
        fill(size)
        db.do("SET session_replication_role = DEFAULT")
        for sql in connection.ops.sequence_reset_sql(no_style(), MODELS):
            db.do(sql)
        db.do("VACUUM ANALYZE")


def _people(db, residents, departments):
    carers = departments * CARERS
    homes = -(-departments // A_HOME)
    first_staff = 2 * residents
    db.fill(
        Home,
        numbers(1, homes),
        id="i",
        name=f"'Hjem ' || {db.text('i')}",
        phone="'12 34 56 78'",
    )
    db.fill(
        Department,
        numbers(1, departments),
        id="i",
        home_id=f"1 + (i - 1) / {A_HOME}",
        name=f"'Hus ' || {db.text('i')}",
    )
    # Relatives first, then care workers, then a manager for each department.
    people = 2 * residents + carers + departments
    db.fill(
        User,
        numbers(1, people),
        id="i",
        email=f"'person' || {db.text('i')} || '@example.dk'",
        name=f"'Person ' || {db.text('i')}",
        password="'!'",
        previous_login=db.ago(24 * 3600),
    )
    db.fill(
        Employment,
        numbers(1, carers),
        id="i",
        user_id=f"{first_staff} + i",
        department_id=f"1 + (i - 1) / {CARERS}",
        home_id=f"1 + (i - 1) / {CARERS * A_HOME}",
    )
    db.fill(
        Employment,
        numbers(1, departments),
        id=f"{carers} + i",
        user_id=f"{first_staff + carers} + i",
        department_id="i",
        home_id=f"1 + (i - 1) / {A_HOME}",
        role="'manager'",
    )
    db.fill(
        Resident,
        numbers(1, residents),
        id="i",
        department_id=f"1 + (i - 1) / {A_DEPARTMENT}",
        home_id=f"1 + (i - 1) / {A_DEPARTMENT * A_HOME}",
        given_name="'Bo'",
        family_name=f"'Holm ' || {db.text('i')}",
        born_on="'1980-06-04'",
        moved_in_on="'2023-02-01'",
        register_id=db.text("i"),
        contact_person_id=f"{first_staff} + 1 + ((i - 1) / {A_DEPARTMENT}) * {CARERS}",
    )
    db.fill(
        Relative,
        numbers(1, 2 * residents),
        id="i",
        user_id="i",
        home_id=f"1 + (i - 1) / {2 * A_DEPARTMENT * A_HOME}",
        given_name="'Anna'",
        family_name=f"'Holm ' || {db.text('i')}",
        register_id=db.text("i"),
        confidentiality_accepted_at=db.ago(1000 * 24 * 3600),
    )
    db.fill(
        Relation,
        numbers(1, 2 * residents),
        id="i",
        relative_id="i",
        resident_id="(i + 1) / 2",
        kind="'sister'",
    )
    db.fill(
        ConsentTalk,
        numbers(1, 2 * residents),
        id="i",
        resident_id="(i + 1) / 2",
        form="'written'",
        how_informed="'read'",
        recorded_by_id=f"{first_staff} + 1",
    )
    shared = (
        f"bench_topic AS t JOIN {numbers(1, 2 * residents)} ON {shared_with('n.i')}"
    )
    db.fill(
        Consent,
        shared,
        talk_id="n.i",
        relation_id="n.i",
        topic="t.name",
        action="'see'",
        answer="'yes'",
        given_at=db.ago(100 * 24 * 3600),
        starts_at=db.ago(100 * 24 * 3600),
        ends_at=db.ago(-200 * 24 * 3600),
    )
