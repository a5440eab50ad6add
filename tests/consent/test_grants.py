"""What opens a topic and what does not, through every door that guardian has."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from guardian.core import ObjectPermissionChecker
from guardian.shortcuts import (  # noqa: TID251 -- the doors that must agree with the gate
    get_objects_for_user,
    get_perms,
    get_user_perms,
    get_users_with_perms,
)

from consent import actions as consent
from consent.models import Consent
from news.models import DiaryEntry
from portal import clock
from portal.models import Department, User
from relatives.models import Agreement, Relation, Representation, Telling
from residents import access
from residents.models import Grant, Resident
from residents.topics import HEALTH_TOPICS, Topic
from tests.conftest import tell
from tests.factories import (
    AgreementFactory,
    RelationFactory,
    ResidentFactory,
    UserFactory,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
# With microseconds: SQLite compares instants as text.
NOON = dt.datetime(2027, 3, 2, 11, 0, 0, 250_007, tzinfo=dt.UTC)
MOMENT = dt.timedelta(microseconds=1)


def granted(user, resident):
    return {
        grant.topic
        for grant in Grant.objects.filter(user=user, content_object=resident)
    }


def told(relation):
    return {telling.topic for telling in Telling.objects.filter(relation=relation)}


def doors(user, resident, topic):
    """What each of guardian's doors answers. They must all say the same."""
    codename = f"see_{topic}"
    user = User.objects.get(pk=user.pk)
    return {
        "has_perm": user.has_perm(f"residents.{codename}", resident),
        "get_perms": codename in get_perms(user, resident),
        "get_user_perms": codename in list(get_user_perms(user, resident)),
        "checker": ObjectPermissionChecker(user).has_perm(codename, resident),
        "get_objects_for_user": resident
        in get_objects_for_user(
            user,
            f"residents.{codename}",
            accept_global_perms=False,
            with_superuser=False,
        ),
        "get_users_with_perms": user
        in get_users_with_perms(resident, only_with_perms_in=[codename]),
        "visible_to": Agreement.objects.filter(resident=resident, topic=topic)
        .visible_to(user)
        .exists(),
    }


def test_grants_follow_consents(cast):
    assert granted(cast.anna, cast.bo) == {"health"}

    economy = tell(cast.annas, Topic.ECONOMY, by=cast.mette)
    assert granted(cast.anna, cast.bo) == {"health", "economy"}

    consent.withdraw(economy, by=cast.karen)
    assert granted(cast.anna, cast.bo) == {"health"}


def test_what_one_resident_shares_does_not_open_another(cast):
    assert granted(cast.anna, cast.ida) == {"economy"}
    assert set(Agreement.objects.visible_to(cast.anna)) == {
        cast.dentist,
        cast.idas_rent,
    }
    assert set(Agreement.objects.visible_to(cast.rikke)) == {
        cast.dentist,
        cast.pocket_money,
    }
    assert not Agreement.objects.visible_to(cast.jens).exists()


def test_staff_see_their_own_department_and_no_other(cast):
    bos = {cast.dentist, cast.pocket_money}
    assert set(Agreement.objects.visible_to(cast.mette)) == bos
    assert set(Agreement.objects.visible_to(cast.clara)) == {*bos, cast.idas_rent}
    assert set(Agreement.objects.visible_to(cast.tim)) == {cast.idas_rent}
    for outsider in (cast.vera, cast.sysse, cast.liv, cast.ole, cast.root):
        assert not Agreement.objects.visible_to(outsider).exists()


def test_the_resident_sees_all_topics_about_themselves_and_nobody_else(cast):
    assert granted(cast.bos, cast.bo) == set(Topic.values)
    assert set(Resident.objects.visible_to(cast.bos)) == {cast.bo}


@pytest.mark.parametrize("answer", ["no", "not_yet"])
def test_no_and_not_yet_are_answers_that_open_nothing(cast, answer):
    tell(cast.jenss, Topic.HEALTH, answer=answer, by=cast.mette)

    assert granted(cast.jens, cast.bo) == set()
    assert told(cast.jenss) == set()


@pytest.mark.parametrize("action", ["be_told", "be_contacted", "take_part"])
def test_only_a_yes_to_seeing_opens_the_portal(cast, action):
    tell(cast.jenss, Topic.HEALTH, action=action, by=cast.mette)

    assert granted(cast.jens, cast.bo) == set()
    assert told(cast.jenss) == ({"health"} if action == "be_told" else set())


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        (NOON - MOMENT, False),
        (NOON, True),
        (NOON + dt.timedelta(days=30) - MOMENT, True),
        (NOON + dt.timedelta(days=30), False),
    ],
    ids=[
        "just before it starts",
        "when it starts",
        "just before it ends",
        "at its end",
    ],
)
def test_a_consent_is_exact_to_the_microsecond_at_every_door(
    cast, move_clock, moment, open_
):
    move_clock(NOON - dt.timedelta(days=1))
    tell(
        cast.annas,
        Topic.DAILY,
        starts_at=NOON,
        ends_at=NOON + dt.timedelta(days=30),
        by=cast.mette,
    )
    AgreementFactory(resident=cast.bo, topic=Topic.DAILY, recorded_by=cast.mette)

    move_clock(moment)

    assert set(doors(cast.anna, cast.bo, "daily").values()) == {open_}
    assert ("daily" in told(cast.annas)) is open_


def test_a_whole_second_is_as_exact_as_any_other(cast, move_clock):
    noon = NOON.replace(microsecond=0)
    move_clock(noon - dt.timedelta(days=1))
    tell(
        cast.annas,
        Topic.DAILY,
        starts_at=noon,
        ends_at=noon + dt.timedelta(hours=1),
        by=cast.mette,
    )

    seen = []
    for moment in (noon - MOMENT, noon, noon + dt.timedelta(hours=1)):
        move_clock(moment)
        seen.append("daily" in granted(cast.anna, cast.bo))

    assert seen == [False, True, False]


def test_withdrawing_is_felt_at_once_at_every_door(cast):
    assert set(doors(cast.anna, cast.bo, "health").values()) == {True}

    consent.withdraw(cast.annas.consents.get(), by=cast.mette)

    assert set(doors(cast.anna, cast.bo, "health").values()) == {False}


def test_of_two_instants_for_one_topic_the_earlier_counts(cast):
    """The portal keeps one answer a question; whoever reads the grants relies on none."""
    earlier, later = cast.purse.recorded_at, cast.purse.recorded_at + MOMENT
    for instants in ((earlier, later), (later, earlier)):
        opened = [(cast.bo.pk, "economy", one) for one in instants]
        seen = DiaryEntry.objects.filter(access.would_be_shared(opened))
        assert set(seen) == {cast.purse}


def test_since_hides_what_was_written_before(cast, move_clock):
    earlier = AgreementFactory(
        resident=cast.bo,
        topic=Topic.DAILY,
        recorded_by=cast.mette,
        recorded_at=NOON - MOMENT,
    )
    later = AgreementFactory(
        resident=cast.bo, topic=Topic.DAILY, recorded_by=cast.mette, recorded_at=NOON
    )
    move_clock(NOON)

    tell(cast.annas, Topic.DAILY, since=NOON, by=cast.mette)

    daily = Agreement.objects.filter(topic=Topic.DAILY)
    assert set(daily.visible_to(cast.anna)) == {later}
    assert set(daily.visible_to(cast.mette)) == {earlier, later}


def close_the_relation(cast):
    Relation.objects.filter(pk=cast.annas.pk).update(
        ended_at=clock.now(), ended_by=cast.karen
    )


def move_out(cast):
    Resident.objects.filter(pk=cast.bo.pk).update(moved_out_on=clock.today())


def lock_out(cast):
    User.objects.filter(pk=cast.anna.pk).update(is_active=False)


def forget_confidentiality(cast):
    relative = cast.annas.relative
    relative.confidentiality_accepted_at = None
    relative.save()


@pytest.mark.parametrize(
    "event", [close_the_relation, move_out, lock_out, forget_confidentiality]
)
def test_what_ends_the_relation_ends_the_grants(cast, event):
    event(cast)

    assert granted(cast.anna, cast.bo) == set()
    assert not doors(cast.anna, cast.bo, "health")["visible_to"]
    assert granted(cast.rikke, cast.bo) == (
        set() if event is move_out else {"health", "economy"}
    )


def test_the_day_after_an_employment_nothing_is_open(cast, move_clock):
    assert cast.mette.has_perm("portal.work_in_department", cast.aakanden)
    assert not cast.mette.has_perm("portal.manage_department", cast.aakanden)
    assert cast.karen.has_perm("portal.manage_department", cast.aakanden)
    job = cast.mette.employments.get()
    job.ends_on = dt.date(2027, 3, 2)
    job.save()
    midnight = dt.datetime(2027, 3, 3, tzinfo=COPENHAGEN)

    seen = []
    for moment in (midnight - MOMENT, midnight):
        move_clock(moment)
        mette = User.objects.get(pk=cast.mette.pk)
        seen.append(
            (
                mette.has_perm("portal.work_in_department", cast.aakanden),
                mette.works_in(cast.aakanden),
                Resident.objects.visible_to(mette).exists(),
            )
        )

    assert seen == [(True, True, True), (False, False, False)]


def test_before_the_first_day_of_an_employment_nothing_is_open(cast, move_clock):
    cast.mette.employments.update(starts_on=dt.date(2027, 3, 3))

    move_clock(NOON)

    assert not Resident.objects.visible_to(cast.mette).exists()


def test_an_employee_who_may_not_sign_in_sees_nobody(cast):
    assert Resident.objects.visible_to(cast.mette).exists()
    User.objects.filter(pk=cast.mette.pk).update(is_active=False)

    assert not Resident.objects.visible_to(cast.mette).exists()


def test_a_centre_manager_manages_the_departments_of_one_home(cast):
    departments = Department.objects.of_work(cast.clara)

    assert set(departments) == {cast.aakanden, cast.bakken}


def test_grants_move_with_the_relative_to_another_user(cast):
    relative = cast.annas.relative
    relative.user = UserFactory()
    relative.save()

    assert granted(relative.user, cast.bo) == {"health"}
    assert granted(cast.anna, cast.bo) == set()


def test_the_latest_answer_to_a_question_is_the_one_that_counts(cast):
    tell(cast.annas, Topic.HEALTH, answer="no", by=cast.mette)

    assert granted(cast.anna, cast.bo) == set()
    first, second = Consent.objects.filter(relation=cast.annas)
    assert (first.closed_because, second.replaces) == ("replaced", first)


def young(cast, born_on, *, kind=Representation.Kind.SHARED_CUSTODY, **details):
    resident = ResidentFactory(department=cast.aakanden, born_on=born_on)
    relation = RelationFactory(resident=resident, kind=Relation.Kind.MOTHER)
    Representation.objects.create(
        relation=relation, kind=kind, starts_on=dt.date(2020, 1, 1), **details
    )
    return relation


WITHOUT_HEALTH = set(Topic.values) - set(HEALTH_TOPICS)


@pytest.mark.parametrize(
    ("birthday", "before", "from_then"),
    [
        (15, set(Topic.values), WITHOUT_HEALTH),
        (18, WITHOUT_HEALTH, set()),
    ],
)
@pytest.mark.parametrize(
    ("day", "turns"),
    [
        (dt.date(2010, 3, 3), dt.date(2010, 3, 3)),
        # Born on a leap day: a year older on 1 March in other years.
        (dt.date(2008, 2, 29), dt.date(2008, 3, 1)),
    ],
    ids=["an ordinary day", "29 February"],
)
def test_custody_ends_by_itself_at_midnight_in_denmark(
    cast, move_clock, birthday, before, from_then, day, turns
):
    relation = young(cast, day)
    midnight = dt.datetime(
        turns.year + birthday, turns.month, turns.day, tzinfo=COPENHAGEN
    )

    seen = []
    for moment in (midnight - MOMENT, midnight):
        move_clock(moment)
        seen.append(granted(relation.relative.user, relation.resident))
        assert seen[-1] == told(relation)

    assert seen == [before, from_then]


@pytest.mark.parametrize("kind", ["economic", "incapacitated", "joint"])
def test_an_economic_guardian_hears_of_the_economy_and_no_more(cast, kind):
    relation = young(cast, dt.date(1980, 1, 1), kind=kind, topics=["health"])

    assert granted(relation.relative.user, relation.resident) == {"economy"}


def test_a_personal_guardian_hears_of_what_the_guardianship_is_about(cast):
    relation = young(
        cast, dt.date(1980, 1, 1), kind="personal", topics=["health", "daily"]
    )

    assert granted(relation.relative.user, relation.resident) == {"health", "daily"}


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "holds"),
    [
        (dt.date(2027, 3, 2), None, True),
        (dt.date(2027, 3, 3), None, False),
        (dt.date(2027, 1, 1), dt.date(2027, 3, 2), True),
        (dt.date(2027, 1, 1), dt.date(2027, 3, 1), False),
    ],
)
def test_a_guardianship_holds_from_its_first_day_to_its_last(
    cast, move_clock, starts_on, ends_on, holds
):
    relation = young(cast, dt.date(1980, 1, 1), kind="economic")
    relation.representations.update(starts_on=starts_on, ends_on=ends_on)

    move_clock(NOON)

    assert bool(granted(relation.relative.user, relation.resident)) is holds


def test_each_grant_says_what_it_rests_on(cast):
    grant = Grant.objects.get(user=cast.anna, content_object=cast.bo)

    assert (grant.ground, grant.ground_id) == (
        "consent",
        cast.annas.consents.get().pk,
    )


def test_no_two_grants_have_the_same_number(cast):
    young(cast, dt.date(2014, 1, 1))
    tell(cast.jenss, Topic.DAILY, by=cast.mette)

    numbers = list(Grant.objects.values_list("pk", flat=True))

    assert len(numbers) == len(set(numbers)) > 20
