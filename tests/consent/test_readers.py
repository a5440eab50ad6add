"""Who can see one thing, and why: as the gate has it, for staff and for the resident."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from consent import actions as consent
from consent import readers
from news.models import DiaryEntry
from portal import clock, rooms
from portal.models import User
from relatives.models import Agreement, Relation, Representation
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import DiaryEntryFactory, RelationFactory


def who(row, *, to_resident=False):
    """Name to why: of those who see it, and of those who do not."""
    known = readers.of(row, to_resident=to_resident)
    return tuple(
        {one.relation.relative.given_name: one.why for one in people}
        for people in (known.see, known.do_not)
    )


def last_day(relation, topic):
    return date_format(relation.consents.standing().get(topic=topic).last_day)


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


def test_each_is_named_with_the_ground_and_the_rest_with_why_not(cast, in_english):
    day = last_day(cast.annas, Topic.HEALTH)
    guardian = RelationFactory(resident=cast.bo, relative__given_name="Niels")
    Representation.objects.create(relation=guardian, kind=Representation.Kind.ECONOMIC)
    late = RelationFactory(resident=cast.bo, relative__given_name="Late")
    tell(late, Topic.HEALTH, by=cast.mette, since=clock.now())
    closed = RelationFactory(resident=cast.bo, relative__given_name="Closed")
    User.objects.filter(pk=closed.relative.user_id).update(is_active=False)
    unread = RelationFactory(
        resident=cast.bo,
        relative__given_name="Unread",
        relative__confidentiality_accepted_at=None,
    )
    tell(unread, Topic.HEALTH, by=cast.mette)
    RelationFactory(resident=cast.bo, relative__given_name="Paper", relative__user=None)

    since = date_format(clock.today())
    assert who(cast.checkup) == (
        {
            "Anna": [f"consent until and including {day}"],
            "Rikke": [f"consent until and including {day}"],
        },
        {
            "Closed": ["has no log-in"],
            "Jens": ["it is not shared with them"],
            "Late": [f"sees only what was written from {since} on"],
            "Niels": ["it is not shared with them"],
            "Paper": ["has no log-in"],
            "Unread": ["has not read about confidentiality yet"],
        },
    )
    assert who(cast.purse)[0] == {
        "Niels": ["economic guardianship (§ 5)"],
        "Rikke": [f"consent until and including {day}"],
    }
    assert who(cast.purse, to_resident=True)[0] == {
        "Niels": ["The law says so: economic guardianship (§ 5)."],
        "Rikke": [f"You have said yes, until and including {day}."],
    }


def test_two_grounds_are_both_told(cast):
    Representation.objects.create(
        relation=cast.rikkes, kind=Representation.Kind.ECONOMIC
    )

    see, _do_not = who(cast.purse)

    assert len(see["Rikke"]) == 2


def test_what_was_taken_back_nobody_sees(cast):
    DiaryEntry.objects.filter(pk=cast.checkup.pk).update(
        recalled_at=clock.now(), recalled_by=cast.mette, recall_reason="Wrong"
    )

    see, do_not = who(DiaryEntry.objects.get(pk=cast.checkup.pk))

    assert see == {}
    assert do_not.keys() == {"Anna", "Jens", "Rikke"}


def test_a_stop_is_told_at_once(cast):
    consent.withdraw(cast.annas.consents.get(), by=cast.mette)

    see, do_not = who(cast.dentist)

    assert see.keys() == {"Rikke"}
    assert "Anna" in do_not


def test_what_is_said_is_what_the_gate_does(cast):
    """For every thing about Bo and every relative: named as a reader if and only if."""
    tell(cast.jenss, Topic.ECONOMY, by=cast.mette, since=clock.now())
    DiaryEntryFactory(resident=cast.bo, topic=Topic.ECONOMY, recorded_by=cast.mette)
    DiaryEntryFactory(
        resident=cast.bo,
        topic=Topic.ECONOMY,
        recorded_by=cast.mette,
        recorded_at=clock.now() - dt.timedelta(days=400),
    )
    rows = [
        row
        for model in (Agreement, DiaryEntry)
        for row in model.objects.filter(resident=cast.bo)
    ]
    relations = list(Relation.objects.filter(resident=cast.bo))

    said = {
        (row, one.relation)
        for row in rows
        for one in readers.of(row, to_resident=False).see
    }
    is_so = {
        (row, relation)
        for row in rows
        for relation in relations
        # At home: Rikke's job is in another home and opens nothing here.
        if type(row)
        .objects.visible_to(relation.relative.user)
        .filter(pk=row.pk)
        .exists()
    }
    assert said == is_so
    assert len(rows) == 6
    assert 0 < len(said) < len(rows) * len(relations)


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_questions_does_not_grow(
    cast, more, django_assert_max_num_queries
):
    for _one in range(more):
        relation = RelationFactory(resident=cast.bo)
        tell(relation, Topic.HEALTH, by=cast.mette)
        Representation.objects.create(
            relation=relation,
            kind=Representation.Kind.PERSONAL,
            topics=[Topic.HEALTH],
        )

    with django_assert_max_num_queries(5):
        readers.of(cast.checkup, to_resident=False)


@pytest.mark.parametrize("page", ["relatives:agreement", "news:entry"])
@pytest.mark.parametrize("person", ["mette", "karen", "bos", "anna", "rikke"])
def test_staff_and_the_resident_read_it_and_no_relative(cast, sign_in, page, person):
    number = {
        "relatives:agreement": cast.dentist.uuid,
        "news:entry": cast.checkup.address,
    }[page]

    response = sign_in(getattr(cast, person)).get(reverse(page, args=[number]))

    told = 'id="who-sees"' in response.content.decode()
    assert told == (person in ("mette", "karen", "bos"))
    if not told:
        assert "Jens" not in response.content.decode()


def test_nobody_else_is_told(cast):
    for name in ("mette", "karen", "clara", "bos"):
        assert rooms.who_sees(getattr(cast, name), cast.checkup), name
    for name in ("vera", "sysse", "tim", "liv", "anna", "rikke", "jens", "ole", "root"):
        assert rooms.who_sees(getattr(cast, name), cast.checkup) is None, name


def test_what_has_run_out_is_no_ground(cast, move_clock):
    longer = {"ends_at": clock.now() + dt.timedelta(days=30)}
    tell(cast.annas, Topic.HEALTH, by=cast.mette, **longer)

    move_clock(longer["ends_at"])

    assert who(cast.checkup)[0].keys() == {"Rikke"}
