"""What an answer would change: told before, and so when it has been given."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consent.changes import A_FEW, Preview
from news.models import DiaryEntry
from portal import clock
from portal.drafts import new_slip
from relatives.models import Agreement, Relation, Relative, Representation
from residents.models import Resident
from residents.shared import shared_models
from residents.topics import Topic
from tests.conftest import tell
from tests.factories import AgreementFactory, DiaryEntryFactory

LAST_YEAR = dt.timedelta(days=365)


def seen(user):
    """What the gate lets the user see about Bo."""
    return {
        (model.__name__, pk)
        for model in shared_models()
        for pk in model.objects.visible_to(user)
        .filter(resident__given_name="Bo")
        .values_list("pk", flat=True)
    }


@pytest.fixture
def full(cast):
    """Something old, something new, and something taken back about each of four topics."""
    for topic in (Topic.HEALTH, Topic.ECONOMY, Topic.DAILY, Topic.GOALS):
        for recorded_at in (clock.now(), clock.now() - LAST_YEAR):
            DiaryEntryFactory(
                resident=cast.bo,
                topic=topic,
                recorded_by=cast.mette,
                recorded_at=recorded_at,
            )
        AgreementFactory(resident=cast.bo, topic=topic, recorded_by=cast.mette)
        DiaryEntryFactory(
            resident=cast.bo,
            topic=topic,
            recorded_by=cast.mette,
            recalled_at=clock.now(),
            recalled_by=cast.mette,
            recall_reason="Wrong",
        )
    Representation.objects.create(
        relation=cast.jenss, kind=Representation.Kind.PERSONAL, topics=[Topic.GOALS]
    )
    tell(cast.rikkes, Topic.DAILY, by=cast.mette, since=clock.now() - LAST_YEAR / 2)
    tell(cast.annas, Topic.GOALS, by=cast.mette, answer="no")
    return cast


def numbers(side):
    return sum(number for number, _kind in side.kinds)


@pytest.mark.parametrize("whose", ["annas", "jenss", "rikkes"])
@pytest.mark.parametrize("late", [False, True])
def test_what_is_told_is_what_happens(full, whose, late):
    """Each topic and each answer, told first and then given; undone again after each."""
    relation = getattr(full, whose)
    user = relation.relative.user
    since = clock.now() - dt.timedelta(days=30) if late else None
    for topic in Topic:
        for answer in ("yes", "no", "not_yet"):
            told = Preview(relation, user=full.mette).if_answered(
                {topic.value: answer}, since=since
            )
            before = seen(user)
            point = transaction.savepoint()
            tell(relation, topic, by=full.mette, answer=answer, since=since)
            after = seen(user)
            transaction.savepoint_rollback(point)

            happened = len(after - before), len(before - after)
            assert (numbers(told.appears), numbers(told.disappears)) == happened


@pytest.mark.parametrize("whose", ["annas", "jenss", "rikkes"])
def test_the_table_tells_what_each_answer_would(full, whose):
    relation = getattr(full, whose)
    preview = Preview(relation, user=full.mette)

    for one in preview.outlook():
        yes = preview.if_answered({one.topic.value: "yes"})
        no = preview.if_answered({one.topic.value: "no"})
        assert one.if_yes == numbers(yes.appears), one.topic
        assert one.if_no == numbers(no.disappears), one.topic
    assert sum(one.now for one in preview.outlook()) == len(
        seen(relation.relative.user)
    )


def test_several_answers_at_once(full):
    told = Preview(full.annas, user=full.mette).if_answered(
        {"health": "no", "economy": "yes", "daily": "not_yet"}
    )

    # The dentist, the check-up, and the two and one from above.
    assert numbers(told.disappears) == 5
    assert numbers(told.appears) == 5
    assert {line.topic for line in told.disappears.newest} == {str(Topic.HEALTH.label)}


def test_the_law_keeps_open_what_a_no_would_close(full):
    told = Preview(full.jenss, user=full.mette).if_answered(
        {"goals": "no", "health": "no"}
    )

    assert told.is_nothing
    assert told.by_law == [Topic.GOALS.label]


def test_one_who_is_not_let_in_loses_nothing_and_the_page_says_so(full, sign_in):
    Relative.objects.filter(pk=full.annas.relative_id).update(user=None)
    relation = Relation.objects.get(pk=full.annas.pk)

    told = Preview(relation, user=full.mette).if_answered(
        {"health": "no", "economy": "yes"}
    )

    assert numbers(told.disappears) == 0
    assert numbers(told.appears) == 5
    path = reverse("consent:what-would-change", args=[relation.uuid])
    page = sign_in(full.mette).get(path)
    assert "consent/_not_let_in.html" in {one.name for one in page.templates}


def test_after_moving_out_no_answer_opens_anything(full):
    Resident.objects.filter(pk=full.bo.pk).update(moved_out_on=clock.today())
    relation = Relation.objects.get(pk=full.annas.pk)

    assert (
        Preview(relation, user=full.mette)
        .if_answered(dict.fromkeys(Topic.values, "yes"))
        .is_nothing
    )


def test_only_what_the_reader_may_see_is_told(full):
    yes = {"economy": "yes"}

    for name, count in (("mette", 5), ("bos", 5), ("tim", 0), ("vera", 0), ("jens", 0)):
        told = Preview(full.annas, user=getattr(full, name)).if_answered(yes)
        assert numbers(told.appears) == count, name


def test_the_newest_are_few_and_the_rest_is_a_number(full):
    for _one in range(9):
        DiaryEntryFactory(resident=full.bo, topic=Topic.SOCIAL, recorded_by=full.mette)

    told = Preview(full.annas, user=full.mette).if_answered({"social": "yes"})

    assert numbers(told.appears) == 9
    assert len(told.appears.newest) == A_FEW
    assert told.appears.more == 9 - A_FEW


def test_the_page_shows_the_chosen_topic_and_survives_nonsense(full, sign_in):
    client = sign_in(full.mette)
    path = reverse("consent:what-would-change", args=[full.annas.uuid])

    chosen = client.get(path, {"topic": "economy"})
    assert "Pocket money" in chosen.content.decode()
    for nonsense in ("", "everything", "\x00"):
        page = client.get(path, {"topic": nonsense})
        assert page.status_code == 200
        assert "Pocket money" not in page.content.decode()


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_costs_the_same_with_more_to_tell(full, sign_in, more):
    for _one in range(more):
        AgreementFactory(resident=full.bo, topic=Topic.ECONOMY, recorded_by=full.mette)
    client = sign_in(full.mette)
    path = reverse("consent:what-would-change", args=[full.annas.uuid])
    client.get(path)

    with CaptureQueriesContext(connection) as asked:
        client.get(path, {"topic": "economy"})

    assert len(asked) <= 16


def test_nothing_changes_by_telling(full, sign_in):
    before = seen(full.anna)
    path = reverse("consent:what-would-change", args=[full.annas.uuid])

    sign_in(full.mette).get(path, {"topic": "health"})

    assert seen(full.anna) == before


def test_the_cast_has_both_kinds():
    assert {Agreement, DiaryEntry} <= set(shared_models())


def marked(user, **answers):
    return {
        "slip": new_slip(user),
        "how_informed": "With pictures.",
        "reload": "changes",
        **{f"answer_{topic}": answer for topic, answer in answers.items()},
    }


def test_the_form_tells_it_and_keeps_what_is_written(full, sign_in):
    before = seen(full.anna)
    path = reverse("consent:consent-ask", args=[full.annas.uuid])
    form = marked(full.mette, economy="yes", health="no", daily="nonsense")

    page = sign_in(full.mette).post(path, form | {"earlier_too": "on"})

    told = page.context["changes"]
    assert (numbers(told.appears), numbers(told.disappears)) == (5, 5)
    text = page.content.decode()
    assert "With pictures." in text
    assert "Pocket money" in text
    assert page.context["form"]["answer_economy"].value() == "yes"
    assert seen(full.anna) == before


def test_without_the_tick_nothing_from_before_is_told_and_the_tick_stays_off(
    full, sign_in
):
    path = reverse("consent:consent-ask", args=[full.annas.uuid])

    page = sign_in(full.mette).post(path, marked(full.mette, economy="yes"))

    assert page.context["changes"].is_nothing
    assert page.context["form"]["earlier_too"].value() is False


def test_the_form_tells_nothing_unasked(full, sign_in):
    path = reverse("consent:consent-ask", args=[full.annas.uuid])

    assert sign_in(full.mette).get(path).context["changes"] is None
