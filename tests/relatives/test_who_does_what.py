"""What an agreement is for, who helps, and that no child is given a task."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from portal import clock
from portal.drafts import new_slip
from portal.models import Draft
from relatives import actions
from relatives.models import Agreement, Part
from residents.topics import Topic
from tests.factories import AgreementFactory, RelationFactory


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def storm(cast):
    """Somebody who turns 18 tomorrow."""
    tomorrow = clock.today() + dt.timedelta(days=1)
    return RelationFactory(
        resident=cast.bo,
        relative__given_name="Storm",
        relative__born_on=tomorrow.replace(year=tomorrow.year - 18),
    ).relative


def filled_in(user, **changes):
    return {
        "slip": new_slip(user),
        "text": "Bo goes to the swimming bath on Sundays.",
        "topic": "health",
        "responsible": "staff",
        **changes,
    }


def record(client, cast, **changes):
    return client.post(
        reverse("relatives:agreement-record", args=[cast.bo.uuid]),
        filled_in(cast.mette, **changes),
    )


def swim(cast, *, parts=(), **details):
    return actions.record_agreement(
        resident=cast.bo,
        topic=Topic.HEALTH,
        text="Bo goes to the swimming bath on Sundays.",
        parts=parts,
        by=cast.mette,
        **details,
    )


def of_relative(relation, task="Drives"):
    return {"who": "relative", "relative": relation.relative, "task": task}


def page(client, agreement):
    response = client.get(reverse("relatives:agreement", args=[agreement.uuid]))
    return response.content.decode()


def test_an_agreement_says_what_it_is_for_why_and_who_helps(cast, sign_in):
    client = sign_in(cast.mette)

    response = record(
        client,
        cast,
        goal="Bo sleeps better.",
        reason="Water calms him.",
        involvement="develop",
        participation="support",
        part_0_who=f"relative:{cast.annas.relative.uuid}",
        part_0_task="Drives there and back",
        part_1_who="resident",
        part_1_task="Packs the bag",
    )

    agreement = Agreement.objects.get(goal="Bo sleeps better.")
    assert response.url == reverse("relatives:agreement", args=[agreement.uuid])
    assert (agreement.involvement, agreement.participation) == ("develop", "support")
    assert list(agreement.parts.values_list("who", "relative", "task")) == [
        ("relative", cast.annas.relative.pk, "Drives there and back"),
        ("resident", None, "Packs the bag"),
    ]
    text = page(client, agreement)
    for said in (
        "Bo sleeps better.",
        "Water calms him.",
        "Find a way together with us",
    ):
        assert said in text
    assert "Anna Holm</th><td>Drives there and back" in text


def test_one_relative_reads_what_another_does_and_not_who_it_is(cast, sign_in):
    agreement = swim(cast, parts=[of_relative(cast.jenss), of_relative(cast.annas)])

    text = page(sign_in(cast.anna), agreement)

    assert "Another relative</th>" in text
    assert "You</th>" in text
    assert "Jens" not in text
    assert "Jens" in page(sign_in(cast.bos), agreement)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"part_0_who": "resident"}, "part_0_task"),
        ({"part_0_task": "Packs"}, "part_0_who"),
        ({"part_0_who": "nobody", "part_0_task": "Packs"}, "part_0_who"),
        ({"part_0_who": "resident", "part_0_task": "x" * 301}, "part_0_task"),
        ({"part_0_who": "resident", "part_0_task": "a\x00b"}, "part_0_task"),
        ({"goal": "x" * 301}, "goal"),
        ({"involvement": "obey"}, "involvement"),
        ({"participation": "not"}, "participation_note"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cast, sign_in, changes, field):
    response = record(sign_in(cast.mette), cast, **changes)

    assert field in response.context["form"].errors
    assert "Bo goes to the swimming bath" in response.content.decode()


def test_one_more_helper_is_one_more_row_and_loses_nothing(cast, sign_in):
    response = record(
        sign_in(cast.mette),
        cast,
        reload="part",
        part_0_who="resident",
        part_0_task="Packs the bag",
    )

    form = response.context["form"]
    assert len(form.part_rows) == 2
    assert "Packs the bag" in response.content.decode()
    assert form.errors == {}


def test_a_draft_keeps_the_helpers(cast, sign_in):
    path = reverse("relatives:agreement-record", args=[cast.bo.uuid])
    Draft.objects.create(
        user=cast.mette,
        form=path,
        fields={"part_0_who": ["staff"], "part_1_who": [""], "part_1_task": ["Sings"]},
    )

    response = sign_in(cast.mette).get(path)

    assert "Sings" in response.content.decode()
    assert len(response.context["form"].part_rows) == 2


def test_a_changed_helper_is_a_new_version_and_an_unchanged_one_is_none(cast, sign_in):
    agreement = swim(cast, parts=[of_relative(cast.annas)], goal="Sleep")
    client, path = sign_in(cast.mette), ["relatives:agreement-change"]
    path = reverse(*path, args=[agreement.uuid])
    same = filled_in(
        cast.mette,
        goal="Sleep",
        part_0_who=f"relative:{cast.annas.relative.uuid}",
        part_0_task="Drives",
    )

    unchanged = client.post(path, same)
    client.post(path, same | {"part_0_task": "Drives and swims"})

    assert unchanged.context["form"].has_error("__all__", code="unchanged")
    new = Agreement.objects.get(replaces=agreement)
    assert [part.task for part in new.parts.all()] == ["Drives and swims"]
    text = page(client, new)
    assert "Anna Holm: Drives</td>" in text
    assert "Anna Holm: Drives and swims</td>" in text


# Children


def test_a_child_is_no_helper_until_the_day_they_are_18(
    cast, sign_in, storm, move_clock
):
    client = sign_in(cast.mette)
    asked = {"part_0_who": f"relative:{storm.uuid}", "part_0_task": "Interprets"}

    refused = record(client, cast, **asked)
    move_clock(clock.now() + dt.timedelta(days=1))
    record(client, cast, **asked)

    [said] = refused.context["form"].errors["part_0_who"]
    assert said.startswith("Storm is under 18.")
    assert Part.objects.get().relative == storm


def test_the_action_gives_no_child_a_task(cast, storm):
    with pytest.raises(ValueError, match="under 18"):
        swim(cast, parts=[{"who": "relative", "relative": storm, "task": "Drives"}])
    with pytest.raises(ValueError, match="not the resident's"):
        swim(cast, parts=[of_relative(RelationFactory(resident=cast.ida))])
    with pytest.raises(ValueError, match="under 18"):
        actions.change_agreement(
            cast.dentist,
            uuid=uuid.uuid4(),
            topic=Topic.HEALTH,
            text="Dentist",
            parts=[{"who": "relative", "relative": storm, "task": "Drives"}],
            by=cast.mette,
        )


def test_the_database_gives_no_child_a_task_whoever_writes(cast, storm):
    with pytest.raises(IntegrityError, match="under 18"), transaction.atomic():
        Part.objects.bulk_create(
            [
                Part(
                    agreement=cast.dentist,
                    who="relative",
                    relative=storm,
                    task="Drives",
                )
            ]
        )
    with pytest.raises(IntegrityError, match="under 18"), transaction.atomic():
        AgreementFactory(
            resident=cast.bo,
            responsible="relative",
            responsible_relative=storm,
            recorded_by=cast.mette,
        )


def test_somebody_whose_age_nobody_knows_may_help_until_it_is_known(cast, sign_in):
    agreement = swim(cast, parts=[of_relative(cast.annas)])
    said = "Anna is under 18 and must not have a task."
    client = sign_in(cast.mette)

    before = page(client, agreement)
    cast.annas.relative.born_on = clock.today() - dt.timedelta(days=5000)
    cast.annas.relative.save()

    assert agreement.parts.count() == 1
    assert said not in before
    assert said in page(client, agreement)


def test_who_helps_is_never_rewritten(cast):
    agreement = swim(cast, parts=[of_relative(cast.annas)])

    for change in (
        lambda: agreement.parts.update(task="Cooks"),
        lambda: agreement.parts.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_helpers_are_seen_by_those_who_see_the_agreement(cast):
    agreement = swim(cast, parts=[of_relative(cast.annas)])
    people = ["mette", "karen", "clara", "tim", "bos", "anna", "rikke", "jens", "ole"]

    seen = [p for p in people if Part.objects.visible_to(getattr(cast, p)).exists()]

    assert seen == ["mette", "karen", "clara", "bos", "anna", "rikke"]
    assert agreement.parts.count() == 1
