"""Nobody gets around a consent, and no consent is rewritten: the database refuses."""

import uuid

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import (
    DatabaseError,
    IntegrityError,
    connection,
    models,
    transaction,
)
from guardian.models import GroupObjectPermission, UserObjectPermission
from guardian.shortcuts import assign_perm  # noqa: TID251 -- the door that must be shut

from community.models import IdeaStep
from consent import actions as consent
from consent.models import Consent, ConsentTalk
from meetings.actions import expectations
from meetings.models import Expectation, ExpectationReply, HandOut, Printout
from news.models import AlsoInPhoto
from portal import chain, clock, refusals
from portal.models import AuditEvent, User
from relatives.models import ToldTopic
from residents.models import AccessEvent, Grant, Resident
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import (
    CallFactory,
    DiaryPhotoFactory,
    PartFactory,
    PrintedQuestionsFactory,
    ReviewFactory,
)


@pytest.fixture
def group(cast):
    group = Group.objects.create(name="Everybody")
    group.user_set.add(cast.jens)
    return group


@pytest.fixture
def permission(cast):
    return Permission.objects.get(codename="see_economy")


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def generic(cast, permission, **of):
    return {
        "permission": permission,
        "content_type": ContentType.objects.get_for_model(Resident),
        "object_pk": str(cast.bo.pk),
        **of,
    }


GIVING = {
    "guardian, one resident": lambda cast, group, permission: assign_perm(
        "see_economy", cast.jens, cast.bo
    ),
    "guardian, many residents": lambda cast, group, permission: assign_perm(
        "see_economy", cast.jens, Resident.objects.all()
    ),
    "guardian, many users": lambda cast, group, permission: assign_perm(
        "see_economy", [cast.jens, cast.anna], cast.bo
    ),
    "guardian, all residents": lambda cast, group, permission: assign_perm(
        "residents.see_economy", cast.jens
    ),
    "guardian, a group": lambda cast, group, permission: assign_perm(
        "see_economy", group, cast.bo
    ),
    "guardian, a group, all residents": lambda cast, group, permission: assign_perm(
        "residents.see_economy", group
    ),
    "guardian, a department": lambda cast, group, permission: assign_perm(
        "work_in_department", cast.jens, cast.aakanden
    ),
    "guardian's rows for anything": lambda cast, group, permission: (
        UserObjectPermission.objects.create(**generic(cast, permission, user=cast.jens))
    ),
    "guardian's rows, many at once": lambda cast, group, permission: (
        UserObjectPermission.objects.bulk_create(
            [UserObjectPermission(**generic(cast, permission, user=cast.jens))]
        )
    ),
    "guardian's rows for groups": lambda cast, group, permission: (
        GroupObjectPermission.objects.bulk_create(
            [GroupObjectPermission(**generic(cast, permission, group=group))],
            ignore_conflicts=True,
        )
    ),
    "our rows": lambda cast, group, permission: Grant.objects.create(
        user=cast.jens,
        permission=permission,
        content_object=cast.bo,
        topic="economy",
        ground="consent",
        ground_id=1,
    ),
    "the user's own": lambda cast, group, permission: cast.jens.user_permissions.add(
        permission
    ),
    "the group's own": lambda cast, group, permission: group.permissions.add(
        permission
    ),
    "raw SQL": lambda cast, group, permission: sql(
        "INSERT INTO portal_user_user_permissions (user_id, permission_id)"
        " VALUES (%s, %s)",
        cast.jens.pk,
        permission.pk,
    ),
    "superuser": lambda cast, group, permission: User.objects.create(
        email="root@example.dk", name="Root", is_superuser=True
    ),
    "superuser from now on": lambda cast, group, permission: User.objects.filter(
        pk=cast.jens.pk
    ).update(is_superuser=True),
}


@pytest.mark.parametrize("door", GIVING)
def test_no_door_gives_a_permission(cast, group, permission, door):
    with pytest.raises(DatabaseError, match=REASON), transaction.atomic():
        GIVING[door](cast, group, permission)

    jens = User.objects.get(pk=cast.jens.pk)
    assert not jens.has_perm("residents.see_economy", cast.bo)
    assert not jens.has_perm("residents.see_economy")
    assert not jens.has_perm("portal.work_in_department", cast.aakanden)
    assert not Grant.objects.filter(user=jens).exists()


# Ours, or PostgreSQL's own about a view.
REASON = "access follows|Grants follow|is employed there|cannot insert into view"


# These end in a view, which refuses by itself.
VIEWS = {
    "guardian, one resident",
    "guardian, many residents",
    "guardian, many users",
    "guardian, a department",
    "our rows",
}


@pytest.mark.parametrize("door", sorted(GIVING.keys() - VIEWS))
def test_without_the_refusals_those_doors_would_open(cast, group, permission, door):
    """Or the test above would say nothing."""
    with refusals.lifted():
        GIVING[door](cast, group, permission)


# What has been answered stands


def other(field, value):
    """Something else that the column could hold."""
    match field:
        case models.DateTimeField():
            return "2001-02-03 04:05:06"
        case models.DateField():
            return "2001-02-03"
        case models.UUIDField():
            return "0" * 32
        case models.BooleanField():
            return not value
        case models.BinaryField():
            return b"x"
        case models.JSONField():
            return '{"x": 1}'
        case models.PositiveSmallIntegerField():
            return 9_876
        case models.CharField() | models.TextField():
            return "x"
        case models.BinaryField():
            return b"x"
        case _:
            return 987_654_321


REFUSED = [model for model in apps.get_models() if hasattr(model, "refused")]
KEPT = [model for model in apps.get_models() if hasattr(model, "kept")]


@pytest.fixture
def one_of_each(cast):
    """A row of everything that is kept, and two answers of which one is closed."""
    consent.withdraw(cast.annas.consents.get(), by=cast.mette)
    tell(cast.jenss, Topic.DAILY, by=cast.mette)
    # Without answers: no foreign key holds it back.
    ConsentTalk.objects.create(
        resident=cast.bo, form="written", recorded_by=cast.mette, text_shown="May she?"
    )
    PrintedQuestionsFactory(
        relation=cast.annas,
        content={},
        printed_by=cast.mette,
        entered_at=clock.now(),
        talk=ConsentTalk.objects.first(),
    )
    Printout.objects.create(
        conversation=cast.talk,
        number=99,
        content={},
        printed_by=cast.mette,
        drawn_at=clock.now(),
        paper=b"%PDF",
        sha256="0" * 64,
    )
    expectations.talked(
        cast.differ,
        talked_on=clock.today(),
        outcome="We agree.",
        next_talk_on=None,
        uuid=uuid.uuid4(),
        by=cast.mette,
    )
    ExpectationReply.objects.create(
        expectation=cast.hope, kind="can", recorded_by=cast.mette
    )
    Expectation.objects.filter(pk=cast.hope.pk).update(
        ended_at=clock.now(), ended_by=cast.mette
    )
    ToldTopic.objects.create(contact=cast.called, topic="daily", ground_id=1)
    told = consent.record_disclosure(
        resident=cast.bo,
        uuid=uuid.uuid4(),
        recipient="The doctor on call",
        topics=["health"],
        what="Medicine",
        ground="health_interests",
        why="He fell.",
        decided_by="Mette",
        profession="Nurse",
        happened_at=cast.called.recorded_at,
        by=cast.mette,
    )
    consent.meet_duty(
        told, kind="told", how="At breakfast", told_on=clock.today(), by=cast.mette
    )
    HandOut.objects.filter(pk=cast.extract.pk).update(
        closed_at=clock.now(), closed_by=cast.mette, closed_why="Jane asked for it"
    )
    PartFactory(agreement=cast.dentist)
    ReviewFactory(agreement=cast.dentist)
    CallFactory(relation=cast.annas, ended_at=clock.now(), ended_by=cast.mette)
    AccessEvent.objects.bulk_create(
        [AccessEvent(user=cast.mette, resident=cast.bo, department=cast.aakanden)]
    )
    AlsoInPhoto.objects.create(photo=cast.photo, about=cast.bo, resident=cast.ida)
    DiaryPhotoFactory(
        entry=cast.checkup, recalled_at=clock.now(), recalled_by=cast.mette
    )
    asked = cast.annas.enquiries.first()
    asked.events.create(kind="taken", by=cast.mette)
    asked.participants.create(
        relation=cast.rikkes, added_by=cast.mette, left_at=clock.now()
    )
    asked.outcomes.create(contact=cast.called, made_by=cast.mette)
    IdeaStep.objects.create(
        idea=cast.idea, status="done", title="A swing", answer="Yes", by=cast.karen
    )
    cast.incident.steps.create(by=cast.mette, kind="note", text="The letter is back.")
    chain.settle(connection)


@pytest.mark.parametrize("model", KEPT)
def test_no_column_of_what_is_kept_is_rewritten(one_of_each, model):
    row, table = kept_row(model), model._meta.db_table

    rewritten = []
    for field in model._meta.concrete_fields:
        text = f"UPDATE {table} SET {field.column} = %s WHERE id = %s"  # noqa: S608
        try:
            with transaction.atomic():
                sql(text, other(field, getattr(row, field.attname)), row.pk)
                # It was let through; whether it points anywhere is not the question.
                transaction.set_rollback(True)
        except IntegrityError as error:
            assert model.kept.reason in str(error)  # noqa: PT017
        else:
            rewritten.append(field.column)
    assert rewritten == list(model.kept.free)


def kept_row(model):
    """A row that is closed already, where the model knows that."""
    rows = model.objects.order_by("pk")
    if model.kept.closing:
        rows = rows.exclude(**{model.kept.closing[0]: None})
    return rows.last()


# What hangs on it goes first, and is refused first.
NOT_REMOVED = (
    "never rewritten or removed|protected foreign keys|The log numbers its lines itself"
)
REMOVING = {
    "one": lambda row: models.Model.delete(row),
    "all": lambda row: type(row)._base_manager.all()._raw_delete("default"),
    "raw SQL": lambda row: sql(f"DELETE FROM {row._meta.db_table}"),  # noqa: S608
}
if connection.vendor == "sqlite":
    REMOVING["another in its place"] = lambda row: sql(
        f"INSERT OR REPLACE INTO {row._meta.db_table}"  # noqa: S608
        f" SELECT * FROM {row._meta.db_table} WHERE id = %s",
        row.pk,
    )
if connection.vendor == "postgresql":
    REMOVING["the whole table"] = lambda row: sql(
        f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {row._meta.db_table} CASCADE"
    )


@pytest.mark.parametrize("model", KEPT)
@pytest.mark.parametrize("way", REMOVING)
def test_nothing_that_is_kept_is_removed(one_of_each, way, model):
    row = model.objects.order_by("pk").last()

    with pytest.raises(IntegrityError, match=NOT_REMOVED), transaction.atomic():
        REMOVING[way](row)

    assert model.objects.filter(pk=row.pk).exists()


def test_an_answer_is_closed_once(cast):
    answer = cast.annas.consents.get()
    consent.withdraw(answer, by=cast.mette)
    closed = Consent.objects.filter(pk=answer.pk)

    for undone in (
        {"closed_at": None, "closed_by": None, "closed_because": ""},
        {"closed_because": "in_error"},
        {"closed_by": cast.karen},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            closed.update(**undone)
    assert closed.get().closed_by == cast.mette


def test_an_answer_is_not_rewritten_in_the_moment_it_is_closed(cast):
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        cast.annas.consents.update(
            closed_at=cast.annas.consents.get().given_at,
            closed_by=cast.mette,
            closed_because="replaced",
            answer="no",
        )


def test_what_stands_in_the_database_is_what_stands_in_the_code(db):
    wanted = {(one.name, one.table) for one in refusals.refusals(connection)}

    assert set(refusals.standing(connection)) == wanted
    assert {table for _name, table in wanted} == {
        *refusals.PERMISSIONS,
        "portal_user",
        *(model._meta.db_table for model in KEPT + REFUSED),
    }
    assert {Consent, ConsentTalk, AuditEvent} <= set(KEPT)


@pytest.mark.django_db(transaction=True)
def test_a_migration_leaves_them_standing():
    before = refusals.standing(connection)
    refusals.take_down(using="default")
    assert refusals.standing(connection) == {}

    call_command("migrate", verbosity=0)

    assert refusals.standing(connection) == before
